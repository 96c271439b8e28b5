import { describe, expect, test } from 'vitest';
import {
  fitsSatellite,
  LEVEL0_EXAMPLES,
  LEVEL0_NAME_PATTERN,
  level0Prefix,
  missionsOfLevel0,
  parseLevel0Name,
  sensingTimes,
  withSensingTimes,
} from '../../scripts/sentinel/level0-name';
import { VECTORS } from './vectors';

const [S1, S2, S3] = [LEVEL0_EXAMPLES.S1, LEVEL0_EXAMPLES.S2, LEVEL0_EXAMPLES.S3];

describe('T0 and T1 as the service reads them (rdb.md#level-0-names)', () => {
  test.each(VECTORS.l0_t0_t1_observed)('$l0_name', ({ l0_name: name, t0 = '', t1 = '', error_message: error }) => {
    const expected = error === undefined ? { t0: Date.parse(t0), t1: Date.parse(t1) } : { error };
    expect(sensingTimes(name)).toEqual(expected);
  });

  const at = (time: string) => `S1A_IW_RAW__0SDV_${time}_20201102T203421_035074_0417B3_02B4.SAFE.zip`;
  const invalid = (field: string, range: string, value: number, time: string) =>
    `Text '${time}' could not be parsed: Invalid value for ${field} (valid values ${range}): ${value}`;

  test.each([
    ['20200001T203348', invalid('MonthOfYear', '1 - 12', 0, '20200001T203348')],
    ['20200132T203348', invalid('DayOfMonth', '1 - 28/31', 32, '20200132T203348')],
    ['20200100T203348', invalid('DayOfMonth', '1 - 28/31', 0, '20200100T203348')],
    ['20200101T240001', invalid('HourOfDay', '0 - 23', 24, '20200101T240001')],
    ['20200101T206048', invalid('MinuteOfHour', '0 - 59', 60, '20200101T206048')],
    ['20200101T203360', invalid('SecondOfMinute', '0 - 59', 60, '20200101T203360')],
    ['20201301T250000', invalid('MonthOfYear', '1 - 12', 13, '20201301T250000')],
    ['2020AA01T203348', "Text '2020AA01T203348' could not be parsed at index 4"],
    ['20200101T2033AA', "Text '20200101T2033AA' could not be parsed at index 13"],
  ])('%s', (time, error) => {
    expect(sensingTimes(at(time))).toEqual({ error });
  });

  test('the last day of a month stands for later ones', () => {
    expect(sensingTimes(at('20200431T000000'))).toMatchObject({ t0: Date.parse('2020-04-30T00:00:00Z') });
    expect(sensingTimes(at('20190230T000000'))).toMatchObject({ t0: Date.parse('2019-02-28T00:00:00Z') });
  });

  test('any other platform is read as Sentinel-1', () => {
    expect(sensingTimes(`XX${S1.slice(2)}`)).toEqual(sensingTimes(S1));
  });
});

describe('well-formed names', () => {
  test.each([
    [S1, 'S1', 'A', 'IW_RAW__0SDV', '2020-11-02T20:33:48Z', '2020-11-02T20:34:21Z'],
    [S2, 'S2', 'A', 'MSI_L0__DS', '2021-03-01T00:17:21Z', '2021-03-01T00:17:21Z'],
    [S3, 'S3', 'A', 'OL_0_EFR', '2024-03-01T01:04:12Z', '2024-03-01T01:06:10Z'],
  ])('%s', (name, platform, unit, kind, t0, t1) => {
    expect(parseLevel0Name(name)).toEqual({ platform, unit, kind, t0: Date.parse(t0), t1: Date.parse(t1) });
  });

  test.each([
    'S1A_IW_RAW__0NDV_20201001T062556_20201001T063833_034599_040733_8B28.SAFE.zip',
    'S1A_S3_RAW__0SSH_20210301T000000_20210301T002000_036799_045388_9F41.SAFE.zip',
    'S1A_N1_RAW__0SVH_20200120T153500_20200120T153600_030883_038B4A_0A1B',
    'S2A_OPER_MSI_L0__LT_MTI__20150725T193419_S20150725T181440_N01.01',
    'S2A_OPER_MSI_L0__GR_EPA__20160605T115612_S20160605T083459_D01_B01_N02.02',
    'S3B_OL_0_EFR____20210418T201042_20210418T201242_20210418T215110_0119_051_242______LN1_O_NR_002.SEN3',
  ])('with or without extensions: %s', (name) => {
    expect(parseLevel0Name(name)).toBeDefined();
  });

  test.each([
    ` ${S1}`,
    `${S1} `,
    `${S3}\n`,
    S1.toLowerCase(),
    `../${S1}`,
    S1.replace('20201102', '20201302'),
    S1.replace('20201102', '20200230'),
    S3.replace('.zip', '.tar'),
    S2.slice(0, 30),
    `${S1},${S1}`,
    'S3A_OL_2_PPP_AX_20160216T000000_20991231T235959_20170609T120000___________________MPC_O_AL_005.SEN3.zip',
    '',
  ])('refused: %j', (name) => {
    expect(parseLevel0Name(name)).toBeUndefined();
  });

  test('the pattern is anchored and holds in unicode mode, as JSON Schema validators use it', () => {
    const pattern = new RegExp(LEVEL0_NAME_PATTERN, 'u');
    expect([S1, S2, S3].every((name) => pattern.test(name))).toBe(true);
    expect(pattern.test(`x${S1}`) || pattern.test(`${S3}x`) || pattern.test(`${S2}\n`)).toBe(false);
  });
});

describe('whom a Level-0 serves', () => {
  test.each([
    [S1, ['S1SAR']],
    [S2, ['S2MSI']],
    [S3, ['S3OLCI', 'S3SYN']],
    [S3.replace('OL_0_EFR', 'SL_0_SLT'), ['S3SLSTR', 'S3SYN']],
    [S3.replace('OL_0_EFR', 'SR_0_SRA'), ['S3SRAL']],
    [S3.replace('OL_0_EFR', 'MW_0_MWR'), ['S3MWR']],
  ])('%s', (name, missions) => {
    const parsed = parseLevel0Name(name);
    expect(parsed && missionsOfLevel0(parsed)).toEqual(missions);
  });

  test.each([
    ['the same platform and unit', S1, 'S1SAR', 'A', true],
    ['another unit', S1, 'S1SAR', 'B', false],
    ['the unit in lower case', S1, 'S1SAR', 'a', false],
    ['another platform', S1, 'S2MSI', 'A', false],
    ['any Sentinel-3 product for SYN', S3.replace('OL_0_EFR', 'MW_0_MWR'), 'S3SYN', 'A', true],
    ['a short name', 'X', 'S1SAR', 'A', { error: 'begin 0, end 2, length 1' }],
    ['a name of two letters', 'S1', 'S1SAR', 'A', { error: 'begin 2, end 3, length 2' }],
    ['no mission', S1, '', 'A', { error: 'begin 0, end 2, length 0' }],
  ])('the service takes %s', (_, name, mission, unit, expected) => {
    expect(fitsSatellite(name, mission, unit)).toEqual(expected);
  });

  test.each([
    ['S1SAR', 'A', 'L1SLC', 'S1A'],
    ['S2MSI', 'B', 'L1C', 'S2B'],
    ['S3OLCI', 'A', 'L2LFR', 'S3A_OL_0_EFR'],
    ['S3SLSTR', 'B', 'L1RBT', 'S3B_SL_0_SLT'],
    ['S3MWR', 'A', 'L1CAL', 'S3A_MW_0_MWR'],
    ['S3SRAL', 'A', 'L1SRA', 'S3A_SR_0_SRA'],
    ['S3SRAL', 'A', 'L1CAL', 'S3A_SR_0_CAL'],
    ['S3SYN', 'A', 'L2', 'S3A_SY_0_EFR'],
    ['S3XX', '%', 'L2', 'S3%_XX_0_SRA'],
    ['S1', 'A', 'L1SLC', { error: 'begin 2, end 4, length 2' }],
  ])('names of %s %s %s begin with %j', (mission, unit, productType, prefix) => {
    expect(level0Prefix(mission, unit, productType)).toEqual(prefix);
  });
});

test.each(Object.values(LEVEL0_EXAMPLES))('%s with other times is a name with those times', (name) => {
  const t0 = Date.parse('2031-12-31T23:59:58Z');
  const t1 = t0 + 3000;
  const moved = withSensingTimes(name, t0, t1);
  expect(parseLevel0Name(moved)).toEqual({ ...parseLevel0Name(name), t0, t1: name.startsWith('S2') ? t0 : t1 });
  expect(moved).toHaveLength(name.length);
});
