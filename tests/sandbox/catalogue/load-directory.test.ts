import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../scripts/sandbox/catalogue/load-directory';

const PPP = 'S3A_OL_2_PPP_AX_20160216T000000_20991231T235959_20170609T120000___________________MPC_O_AL_005.SEN3.zip';
const RMO = 'S3__SR_2_RMO_AX_20160131T180000_20160131T180000_20160302T090035___________________CNE_O_NT_001.SEN3.zip';
const UNKNOWN_TYPE =
  'S3A_SR___MDO_AX_20160223T215524_20160225T002324_20160304T094750___________________CNE_O_ST_001.SEN3.zip';
const EFR = 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const MSI = 'S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar';
const ID = 'cca2209c-cc89-483f-9346-08aa624c602d';
const OTHER_ID = '776e261b-ff38-4087-a51a-f83402e65a0f';

const type = (longName: string, mission: string) => ({
  LongName: longName,
  ShortName: longName,
  Mission: mission,
  ProductTypes: ['L2LFR'],
  Rule: 'LatestValIntersect',
  Variability: 'Static',
  Validity: 'AnyTime',
  Format: 'NCDF',
});
const TYPES = JSON.stringify([type('OL_2_PPP_AX', 'S3OLCI'), type('SR_2_RMO_AX', 'S3SRAL')]);

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'catalogue-'))));
afterEach(() => rm(directory, { recursive: true }));

/** Files by name; `.gz` ones are packed, folders made. */
async function folder(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(directory, name, '..'), { recursive: true });
    await writeFile(join(directory, name), name.endsWith('.gz') ? gzipSync(text) : text);
  }
}

describe('a folder of lists', () => {
  test('names, ids and Level-0 products, packed or not, one folder deep', async () => {
    await folder({
      'aux-types.json': TYPES,
      'level0.txt': `${EFR}\n`,
      'level0-2021/s2.txt.gz': `${MSI};20210301T001714\n`,
      's3-aux-names.txt.gz': `${PPP}\r\n${RMO}\n${UNKNOWN_TYPE}\n\n`,
      's3-aux-ids.txt': `${PPP} : ${ID.toUpperCase()}\n`,
      'README.md': 'not a list',
    });
    const { catalogue, report } = await loadCatalogue(directory);
    expect(report).toEqual({
      files: ['level0-2021/s2.txt.gz', 'level0.txt', 's3-aux-ids.txt', 's3-aux-names.txt.gz'],
      types: 2,
      level0s: 2,
      adfs: 3,
      untypedAdfs: 1,
      products: 3,
      conflictingIds: 0,
      unreadableCount: 0,
      unreadable: [],
    });
    expect(catalogue.findLevel0(MSI)?.start).toBe(Date.parse('2021-03-01T00:17:14Z'));
    expect(catalogue.findLevel0(EFR)?.stop).toBe(Date.parse('2024-03-01T01:06:10Z'));
    expect(catalogue.product(ID)?.name).toBe(PPP);
    const [ppp, rmo] = catalogue.types;
    expect(catalogue.adfsOfType(ppp!, 'S3', 'A')).toMatchObject([
      { name: PPP, id: ID, creation: Date.parse('2017-06-09T12:00:00Z') },
    ]);
    expect(catalogue.adfsOfType(ppp!, 'S3', 'B')).toEqual([]);
    expect(catalogue.adfsOfType(rmo!, 'S3', 'B')).toMatchObject([
      { start: Date.parse('2016-01-31T12:00:00Z'), stop: Date.parse('2016-02-01T00:00:00Z') },
    ]);
  });

  test('unreadable lines are counted, and the first named', async () => {
    const long = 'x'.repeat(500);
    await folder({
      'aux-types.json': TYPES,
      'level0.txt': `${EFR}\n${EFR.slice(1)}\n${MSI};yesterday\n`,
      'aux-ids.txt': `${PPP} : not-a-uuid\n../../etc/passwd : ${ID}\n${long}\n`,
      'aux-names.txt': Array.from({ length: 40 }, () => 'nothing').join('\n'),
    });
    const { report } = await loadCatalogue(directory);
    expect(report.unreadableCount).toBe(45);
    expect(report.unreadable).toHaveLength(20);
    expect(report.unreadable[0]).toEqual({ file: 'level0.txt', line: 2, text: EFR.slice(1) });
    expect(report.unreadable[4]).toEqual({ file: 'aux-ids.txt', line: 3, text: 'x'.repeat(120) });
    expect(report.adfs).toBe(0);
  });

  test('two ids for one name: the first counts', async () => {
    await folder({ 'aux-types.json': TYPES, 'aux-ids.txt': `${PPP} : ${ID}\n${PPP} : ${OTHER_ID}\n` });
    const { catalogue, report } = await loadCatalogue(directory);
    expect(report).toMatchObject({ adfs: 1, conflictingIds: 1 });
    expect(catalogue.product(ID)).toBeDefined();
    expect(catalogue.product(OTHER_ID)).toBeUndefined();
  });

  test('whole entries, whatever their names, and Level-0 rows with times of their own', async () => {
    const entry = (id: string, name: string) =>
      JSON.stringify({
        Id: id,
        Name: name,
        ContentLength: 7,
        OriginDate: '2017-06-09T12:00:00Z',
        PublicationDate: '2021-03-04T11:44:30.18Z',
        ContentDate: { Start: '2016-02-16T00:00:00Z', End: '2099-12-31T23:59:59Z' },
      });
    await folder({
      'aux-types.json': TYPES,
      'aux-names.txt': PPP,
      'products.jsonl': `${entry(ID, PPP)}\n${entry(OTHER_ID, '../../evil')}\n{"Id":1}\n`,
      'level0.jsonl': `${JSON.stringify({ name: EFR, start: '2024-03-01T00:00:00Z', stop: '2024-03-01T00:01:00Z' })}\n`,
    });
    const { catalogue, report } = await loadCatalogue(directory);
    expect(report).toMatchObject({ adfs: 1, products: 2, level0s: 1, unreadableCount: 1 });
    expect(catalogue.product(ID)).toMatchObject({ contentLength: 7, publicationDate: '2021-03-04T11:44:30.18Z' });
    expect(catalogue.product(OTHER_ID)?.name).toBe('../../evil');
    expect(catalogue.adfs?.().map(({ id }) => id)).toEqual([ID]);
    expect(catalogue.findLevel0(EFR)?.stop).toBe(Date.parse('2024-03-01T00:01:00Z'));
  });

  test('deltas, zero where nothing is said', async () => {
    await folder({
      'aux-types.json': TYPES,
      'aux-names.txt': PPP,
      'deltas.json': JSON.stringify([{ mission: 'S3OLCI', type: 'OL_2_PPP_AX', delta0: 60, delta1: -5 }]),
    });
    const { catalogue } = await loadCatalogue(directory);
    const [ppp] = catalogue.types;
    expect(catalogue.deltasOf?.('S3OLCI', ppp!)).toEqual({ delta0: 60, delta1: -5 });
    expect(catalogue.deltasOf?.('S3SYN', ppp!)).toEqual({ delta0: 0, delta1: 0 });
  });
});

describe('a folder that is none', () => {
  test.each([
    ['no types', { 'aux-names.txt': PPP }, 'FILE_UNREADABLE'],
    ['types that are no JSON', { 'aux-types.json': '[', 'aux-names.txt': PPP }, 'FILE_MALFORMED'],
    [
      'an unknown rule',
      { 'aux-types.json': TYPES.replace('LatestValIntersect', 'Best'), 'aux-names.txt': PPP },
      'FILE_MALFORMED',
    ],
    ['no lists', { 'aux-types.json': TYPES }, 'FILE_MALFORMED'],
    [
      'deltas without seconds',
      { 'aux-types.json': TYPES, 'aux-names.txt': PPP, 'deltas.json': '[{}]' },
      'FILE_MALFORMED',
    ],
  ])('%s', async (_, files, code) => {
    await folder(files);
    await expect(loadCatalogue(directory)).rejects.toMatchObject({ detail: { code } });
  });

  test('a pipe among its lists, which nobody writes to, is not waited for', async () => {
    await folder({ 'aux-types.json': TYPES, 'aux-names.txt': PPP });
    execFileSync('mkfifo', [join(directory, 'level0.txt')]);
    const reason = expect.stringContaining('is not a regular file') as string;
    await expect(loadCatalogue(directory)).rejects.toMatchObject({ detail: { code: 'FILE_UNREADABLE', reason } });
  });

  test('a broken archive, a missing folder', async () => {
    await folder({ 'aux-types.json': TYPES });
    await writeFile(join(directory, 'aux-names.txt.gz'), PPP);
    await expect(loadCatalogue(directory)).rejects.toMatchObject({ detail: { code: 'FILE_UNREADABLE' } });
    const missing = join(directory, 'missing');
    await expect(loadCatalogue(missing)).rejects.toMatchObject({ detail: { code: 'FILE_UNREADABLE', path: missing } });
  });
});
