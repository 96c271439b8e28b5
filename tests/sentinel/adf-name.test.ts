import { describe, expect, test } from 'vitest';
import { ADF_NAME_PATTERN, parseAdfName } from '../../scripts/sentinel/adf-name';

/** The names of reprocessing.md#adf-names and auxip.md#attributes: family, unit, type, start, stop, creation. */
const NAMES: [string, string, string, string, string, string, string][] = [
  ['S1A_AUX_PP1_V20150519T120000_G20171003T120730.SAFE.zip', 'SAFE', 'A', 'AUX_PP1', '2015-05-19T12:00:00Z', '2100-01-01T00:00:00Z', '2017-10-03T12:07:30Z'],
  ['S1__AUX_WND_V20220121T150000_G20220121T174615.SAFE.zip', 'SAFE', 'X', 'AUX_WND', '2022-01-21T15:00:00Z', '2022-01-22T15:00:00Z', '2022-01-21T17:46:15Z'],
  ['S1__AUX_ICE_V20240429T120000_G20240430T042034.SAFE.zip', 'SAFE', 'X', 'AUX_ICE', '2024-04-29T12:00:00Z', '2024-04-30T12:00:00Z', '2024-04-30T04:20:34Z'],
  ['S1__AUX_SCS_V20140406T133000_G20200623T142050.SAFE', 'SAFE', 'X', 'AUX_SCS', '2014-04-06T13:30:00Z', '2100-01-01T00:00:00Z', '2020-06-23T14:20:50Z'],
  ['S1A_OPER_AUX_POEORB_OPOD_20220212T081613_V20220122T225942_20220124T005942.EOF.zip', 'EOF', 'A', 'AUX_POEORB', '2022-01-22T22:59:42Z', '2022-01-24T00:59:42Z', '2022-02-12T08:16:13Z'],
  ['S1B_OPER_AMV_ERRMAT_MPC__20161230T040024_V20000101T000000_20161229T234420.EOF.zip', 'EOF', 'B', 'AMV_ERRMAT', '2000-01-01T00:00:00Z', '2016-12-29T23:44:20Z', '2016-12-30T04:00:24Z'],
  ['S2A_OPER_GIP_R2DENT_MPC__20150605T094742_V20150622T000000_21000101T000000_B06.TGZ', 'TGZ', 'A', 'GIP_R2DENT', '2015-06-22T00:00:00Z', '2100-01-01T00:00:00Z', '2015-06-05T09:47:42Z'],
  ['S2__OPER_AUX_ECMWFD_ADG__20240116T000000_V20240116T090000_20240118T030000.TGZ', 'TGZ', 'X', 'AUX_ECMWFD', '2024-01-16T09:00:00Z', '2024-01-18T03:00:00Z', '2024-01-16T00:00:00Z'],
  ['S2A_OPER_GIP_R2EQOG_MPC__20170206T150140_V20170206T065850_99999999T999999_B8A.TGZ', 'TGZ', 'A', 'GIP_R2EQOG', '2017-02-06T06:58:50Z', '9999-12-31T23:59:59Z', '2017-02-06T15:01:40Z'],
  ['S3A_OL_2_PPP_AX_20160216T000000_20991231T235959_20170609T120000___________________MPC_O_AL_005.SEN3.zip', 'SEN3', 'A', 'OL_2_PPP_AX', '2016-02-16T00:00:00Z', '2099-12-31T23:59:59Z', '2017-06-09T12:00:00Z'],
  ['S3B_SL_1_VSC_AX_20201228T191445_20500101T000000_20201228T213335___________________LN2_O_NN____.SEN3.zip', 'SEN3', 'B', 'SL_1_VSC_AX', '2020-12-28T19:14:45Z', '2050-01-01T00:00:00Z', '2020-12-28T21:33:35Z'],
  ['S3__SR_2_RMO_AX_20160131T180000_20160131T180000_20160302T090035___________________CNE_O_NT_001.SEN3.zip', 'SEN3', 'X', 'SR_2_RMO_AX', '2016-01-31T12:00:00Z', '2016-02-01T00:00:00Z', '2016-03-02T09:00:35Z'],
]; // prettier-ignore

describe('names of auxiliary files (reprocessing.md#adf-names)', () => {
  test.each(NAMES)('%s', (name, family, unit, type, start, stop, creation) => {
    const platform = name.slice(0, 2);
    const times = { start: Date.parse(start), stop: Date.parse(stop), creation: Date.parse(creation) };
    expect(parseAdfName(name)).toMatchObject({ family, platform, unit, type, ...times });
    expect(new RegExp(ADF_NAME_PATTERN, 'u').test(name)).toBe(true);
  });

  test('only band files have a band', () => {
    expect(parseAdfName(NAMES[6]![0])?.band).toBe('B06');
    expect(parseAdfName(NAMES[7]![0])?.band).toBeUndefined();
    expect(parseAdfName(NAMES[9]![0])?.band).toBeUndefined();
  });

  const name = NAMES[9]![0];
  test.each([
    '',
    '.',
    '..',
    `../${name}`,
    `/tmp/${name}`,
    `${name}/x`,
    `x${name}`,
    `${name} `,
    `${name}\n`,
    `${name}\0`,
    name.replace('OL_2', 'OL/2'),
    name.replace('OL_2', String.raw`OL\2`),
    name.replace('PPP', 'ppp'),
    name.replace('S3A', 'S4A'),
    name.replace('.SEN3.zip', '.exe'),
    name.replaceAll('_', '%5F'),
    NAMES[6]![0].replace('_B06', '_B13'),
  ])('no file name: %j', (unsafe) => {
    expect(parseAdfName(unsafe)).toBeUndefined();
    expect(new RegExp(ADF_NAME_PATTERN, 'u').test(unsafe)).toBe(false);
  });

  test('a date that does not exist', () => {
    expect(parseAdfName(name.replace('20170609T', '20170631T'))).toBeUndefined();
  });
});
