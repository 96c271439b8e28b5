import { describe, expect, test } from 'vitest';
import { builtinCatalogue, makeBuiltinCatalogue } from '../../../scripts/sandbox/catalogue/builtin';
import { missionOfAdf, parseAdfName } from '../../../scripts/sentinel/adf-name';
import { isWanted, typesOfMission } from '../../../scripts/sentinel/adf-types';
import { parseLevel0Name } from '../../../scripts/sentinel/level0-name';
import { MISSIONS } from '../../../scripts/sentinel/missions';
import { chooseFiles } from '../../../scripts/sentinel/select-adfs';
import { baselineOf } from './select';

const catalogue = builtinCatalogue();

const OLCI = 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const OLCI_LATER =
  'S3A_OL_0_EFR____20240301T013410_20240301T013610_20240301T025532_0119_109_302______PS1_O_NR_002.SEN3.zip';
const SAR = 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip';
const SAR_UNKNOWN = 'S1A_IW_RAW__0NDV_20201001T062556_20201001T063833_034599_040733_8B28.SAFE.zip';
const MSI = 'S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar';

/** Types of which nothing is published, nor how their files are named. */
const WITHOUT_FILES = {
  S1: 'ASA_INS ASA_XCA ASA_XCH AUX_OBMEMC AUX_RDB____MPC AUX_RESORB_S1 AUX_TIM AUX_ECE',
  S2: 'AUX_ATMCOR AUX_ECMWFT AUX_GPS___ AUX_GRIXXX AUX_RESORB_S2 AUX_SADATA AUX_SXXYYY DEM_GEOIDF DEM_GLOBEF DEM_SRTMFO GIP_CLOPAR GIP_HRTPAR GIP_R2DEBA GIP_R2MACO L2A_GIPP MPL_ORBPRE MPL_ORBRES MPL_ORBSCT PRD_HKTM__',
  S3: '',
};

const SAMPLES: [string, string, string, number][] = [
  [SAR, 'S1SAR', 'L1SLC', 5],
  [SAR, 'S1SAR', 'L1GRD', 5],
  [SAR, 'S1SAR', 'L2OCN', 6],
  [SAR.replace('SDV', 'SDH'), 'S1SAR', 'L2OCN', 6],
  [SAR_UNKNOWN, 'S1SAR', 'L1SLC', 5],
  [MSI, 'S2MSI', 'L1A', 40],
  [MSI, 'S2MSI', 'L1B', 40],
  [MSI, 'S2MSI', 'L1C', 40],
  [MSI, 'S2MSI', 'L2A', 8],
  [OLCI, 'S3OLCI', 'L1EFR', 25],
  [OLCI, 'S3OLCI', 'L1ERR', 25],
  [OLCI, 'S3OLCI', 'L2LFR', 25],
  [OLCI, 'S3OLCI', 'L2LRR', 25],
  [OLCI, 'S3SYN', 'L1MISR', 21],
  [OLCI, 'S3SYN', 'L2', 34],
];

for (const [kind, mission] of [
  ['SL_0_SLT', 'S3SLSTR'],
  ['SR_0_SRA', 'S3SRAL'],
  ['MW_0_MWR', 'S3MWR'],
] as const) {
  const counts: Record<string, number> = { L1RBT: 61, L2LST: 53, L2FRP: 53, L1SRA: 30, L2LAN: 103, L1MWR: 23 };
  const day = [Date.parse('2024-03-01T00:00:00Z'), Date.parse('2024-03-02T00:00:00Z')] as const;
  const level0 = catalogue.level0Within(`S3A_${kind}`, ...day)[1]?.name ?? '';
  for (const productType of MISSIONS[mission] ?? []) {
    const count = productType === 'L1CAL' ? { S3SRAL: 30, S3MWR: 23, S3SLSTR: 0 }[mission] : counts[productType];
    SAMPLES.push([level0, mission, productType, count ?? 0]);
  }
}

describe('sample calls of the tutorial and the manuals', () => {
  test.each(SAMPLES)('%s %s %s: %i types', (level0, mission, productType, count) => {
    const chosen = baselineOf(catalogue, level0, mission, productType);
    expect(chosen).toHaveLength(count);
    const without = WITHOUT_FILES[mission.slice(0, 2) as 'S1' | 'S2' | 'S3'].split(' ');
    const wanted = typesOfMission(catalogue.types, mission).filter((type) => isWanted(type, productType));
    // By the published rows of attributes: one type for each polarization.
    const otherPolarization = level0.charAt(15) === 'V' ? 'AMH_ERRMAT_MPC' : 'AMV_ERRMAT_MPC';
    const expected = wanted
      .map(({ longName }) => longName)
      .filter((name) => !without.includes(name) && name !== otherPolarization);
    expect(chosen.map(({ type }) => type.longName)).toEqual(expected);
  });

  test('every product type of every mission is among them', () => {
    const tried = new Set(SAMPLES.map(([, mission, productType]) => `${mission} ${productType}`));
    const all = Object.entries(MISSIONS).flatMap(([mission, types]) => types.map((type) => `${mission} ${type}`));
    expect(all.filter((pair) => !tried.has(pair))).toEqual([]);
  });

  test.each(SAMPLES)('%s %s %s: as the plain rules choose', (level0, mission, productType) => {
    const { t0 = 0, t1 = 0 } = mission === 'S2MSI' ? dataTake(level0) : (parseLevel0Name(level0) ?? {});
    for (const { type, files } of baselineOf(catalogue, level0, mission, productType)) {
      const all = catalogue.adfsOfType(type, level0.slice(0, 2), level0.charAt(2));
      expect(files).toEqual(chooseFiles(all, type.rule, { t0, t1, delta0: 0, delta1: 0 }));
    }
  });

  function dataTake(level0: string) {
    const record = catalogue.findLevel0(level0);
    return { t0: record?.start, t1: record?.stop };
  }

  test('the two files of the tutorial, with their ids', () => {
    const files = baselineOf(catalogue, OLCI_LATER, 'S3OLCI', 'L2LFR').flatMap((chosen) => chosen.files);
    const ids = new Map(files.map(({ name, id }) => [name, id]));
    const tail = '___________________MPC_O_AL_00';
    expect(ids.get(`S3A_OL_2_PPP_AX_20160216T000000_20991231T235959_20170609T120000${tail}5.SEN3.zip`)).toBe(
      'cca2209c-cc89-483f-9346-08aa624c602d',
    );
    expect(ids.get(`S3A_OL_2_CLP_AX_20160216T000000_20991231T235959_20170210T120000${tail}3.SEN3.zip`)).toBe(
      '776e261b-ff38-4087-a51a-f83402e65a0f',
    );
  });

  test('thirteen band files of a Sentinel-2 type', () => {
    const chosen = baselineOf(catalogue, MSI, 'S2MSI', 'L1C').find(({ type }) => type.longName === 'GIP_R2DENT');
    const bands = chosen?.files.map(({ name }) => parseAdfName(name)?.band).sort();
    expect(bands).toEqual(['B01', 'B02', 'B03', 'B04', 'B05', 'B06', 'B07', 'B08', 'B09', 'B10', 'B11', 'B12', 'B8A']);
  });
});

describe('Level-0 products', () => {
  const day = [Date.parse('2024-02-29T23:59:59Z'), Date.parse('2024-03-02T00:00:00Z')] as const;

  test('the tutorial’s interval: 311 granules, its two among them, each a real name', () => {
    const names = catalogue.level0Within('S3A_OL_0_EFR', ...day).map(({ name }) => name);
    expect(names).toHaveLength(311);
    expect(names).toEqual(expect.arrayContaining([OLCI, OLCI_LATER]));
    expect(names.filter((name) => !parseLevel0Name(name))).toEqual([]);
  });

  test('every granule of the interval has all 25 types', () => {
    const counts = catalogue
      .level0Within('S3A_OL_0_EFR', ...day)
      .map(({ name }) => baselineOf(catalogue, name, 'S3OLCI', 'L2LFR').length);
    expect(new Set(counts)).toEqual(new Set([25]));
  });

  test('known and unknown', () => {
    expect(catalogue.findLevel0(SAR)?.name).toBe(SAR);
    expect(catalogue.findLevel0(MSI)).toMatchObject({ start: Date.parse('2021-03-01T00:17:14Z') });
    expect(catalogue.findLevel0(SAR_UNKNOWN)).toBeUndefined();
  });
});

describe('entries of auxip.svc', () => {
  const products = [...catalogue.products()];

  test('one for every file, with an id and a name of its own', () => {
    expect(products).toHaveLength(catalogue.productCount());
    expect(new Set(products.map(({ id }) => id)).size).toBe(products.length);
    expect(new Set(products.map(({ name }) => name)).size).toBe(products.length);
    for (const adf of catalogue.adfs?.() ?? []) expect(catalogue.product(adf.id)?.name).toBe(adf.name);
  });

  test('small files, and not much of them in the tutorial’s interval', () => {
    expect(products.filter(({ contentLength }) => contentLength < 2_000 || contentLength > 2_000_000)).toEqual([]);
    const level0s = catalogue.level0Within(
      'S3A_OL_0_EFR',
      Date.parse('2024-03-01T00:00:00Z'),
      Date.parse('2024-03-02T00:00:00Z'),
    );
    const ids = new Set(
      level0s.flatMap(({ name }) =>
        baselineOf(catalogue, name, 'S3OLCI', 'L2LFR').flatMap(({ files }) => files.map(({ id }) => id)),
      ),
    );
    const bytes = [...ids].reduce((sum, id) => sum + (catalogue.product(id)?.contentLength ?? 0), 0);
    expect(bytes).toBeLessThan(40_000_000);
  });

  test('the product of the recordings', () => {
    expect(catalogue.product('7fc282fc-4a00-417f-b77c-4e851440105a')).toEqual({
      id: '7fc282fc-4a00-417f-b77c-4e851440105a',
      name: 'S2A_OPER_GIP_R2DENT_MPC__20150605T094742_V20150622T000000_21000101T000000_B06.TGZ',
      contentLength: 6177,
      originDate: '2015-06-05T09:47:42Z',
      publicationDate: '2021-03-04T11:44:30.18Z',
      contentStart: '2015-06-22T00:00:00Z',
      contentEnd: '2100-01-01T00:00:00Z',
    });
  });

  test('the same after every start', () => {
    const again = makeBuiltinCatalogue('small');
    expect([...again.products()]).toEqual(products);
    expect(again.types).toEqual(catalogue.types);
  });

  test('documented sizes', () => {
    const documented = builtinCatalogue({ sizes: 'documented' });
    const sizeOf = (id: string) => documented.product(id)?.contentLength;
    expect(sizeOf('cca2209c-cc89-483f-9346-08aa624c602d')).toBe(9_380_000);
    expect(sizeOf('7fc282fc-4a00-417f-b77c-4e851440105a')).toBe(6177);
    const [ma1] = [...(documented.productsByNamePrefix?.('S3__AX___MA1_AX') ?? [])];
    expect(ma1?.contentLength).toBe(820_000_000);
  });
});

test('the mission of a file is told by its name as the type table tells it', () => {
  const told = catalogue.types.map(({ longName, mission }) => [
    longName,
    missionOfAdf({ platform: mission.slice(0, 2) as 'S1' | 'S2' | 'S3', type: longName }),
  ]);
  expect(told).toEqual(catalogue.types.map(({ longName, mission }) => [longName, mission]));
});
