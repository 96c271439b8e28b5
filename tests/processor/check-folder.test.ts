import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFolder, type CheckOptions } from '../../scripts/campaign/processor/check-folder';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { ROOT } from '../../scripts/lib/package-root';
import type { RunEvent } from '../../scripts/session/run-events';
import { failureOf } from '../helpers/failure-of';
import { makeUpCampaign, type MadeUp } from '../helpers/made-up-campaign';
import { runCli, temporaryFolder } from '../helpers/run-cli';

const TABLE = path.join(ROOT, 'tests/fixtures/task-tables/plain.xml');
const LEVEL0 = [
  'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
  'S3A_OL_0_EFR____20240301T213410_20240301T213610_20240301T225532_0119_109_302______PS1_O_NR_002.SEN3.zip',
];

function olci(changes: Partial<MadeUp> = {}): string {
  const folder = temporaryFolder();
  makeUpCampaign({ folder, mission: 'S3OLCI', productType: 'L1EFR', level0: LEVEL0, ...changes });
  return folder;
}

async function check(place: string, options: Partial<CheckOptions> = {}) {
  const events: RunEvent[] = [];
  const exitCode = await checkFolder(
    place,
    { taskTable: [TABLE], failOnEmpty: false, everyProduct: true, ...options },
    {
      ...{ environment: {}, redactor: createRedactor(), signal: new AbortController().signal, now: () => new Date() },
      listener: (event) => events.push(event),
    },
  );
  const errors = events.flatMap((event) => (event.type === 'finding' ? [event.error] : []));
  const notes = events.flatMap((event) => (event.type === 'note' ? [event.text] : []));
  const tables = events.flatMap((event) => (event.type === 'checked-table' ? [event.checked] : []));
  const products = events.flatMap((event) => (event.type === 'checked-level0' ? [event.checked] : []));
  const [sentence] = events.flatMap((event) => (event.type === 'run-finished' ? [event.sentence] : []));
  return { exitCode, errors, notes, tables, products, sentence };
}

describe('auxflow check', () => {
  test('says for every input which file fills it, by which alternative and over which interval', async () => {
    const folder = olci();
    const { exitCode, stdout, stderr } = await runCli(['check', folder, '--task-table', TABLE, '--json']);
    expect([exitCode, stderr]).toEqual([0, '']);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as RunEvent);
    const products = events.flatMap((event) => (event.type === 'checked-level0' ? [event.checked] : []));
    expect(products.map(({ level0 }) => level0)).toEqual(LEVEL0);
    expect(products[0]?.inputs.map(({ task, mode, type, state, order }) => [task, mode, type, state, order])).toEqual([
      ['FIRST', 'ALWAYS', 'OL_0_EFR___', 'level0', 1],
      ['FIRST', 'ALWAYS', 'AX___FRO_AX', 'filled', 1],
      ['FIRST', 'NRT', 'AX___MF1_AX', 'filled', 1],
      ['FIRST', 'NTC', 'AX___MA1_AX', 'filled', 1],
      ['SECOND', 'ALWAYS', 'AX___FRO_AX', 'filled', 1],
      ['SECOND', 'ALWAYS', 'OL_1_EFRINT', 'processor', 1],
    ]);
    expect(products[0]?.inputs[1]).toMatchObject({
      files: [expect.stringMatching(/^S3A_AX___FRO_AX_/)],
      interval: { from: '2024-03-01T01:04:03.200Z', to: '2024-03-01T01:06:18.800Z' },
    });
    const [table] = events.flatMap((event) => (event.type === 'checked-table' ? [event.checked] : []));
    expect(table).toMatchObject({
      ...{ processor: 'S3A_TEST 01.00', modes: ['NRT', 'NTC'], decidingModes: ['NTC'], level0: 2 },
      differences: expect.arrayContaining([
        {
          fileType: 'AX___FRO_AX',
          processor: { retrievalMode: 'LatestValCover', t0: 8.8, t1: 8.8 },
          service: { type: 'AX___FRO_AX', rule: 'LatestValCover', delta0: 0.5, delta1: 0 },
          ...{ inRule: false, inInterval: 'narrower' },
        },
      ]) as unknown,
      unused: expect.arrayContaining(['OL_1_CAL_AX']) as unknown,
    });
    expect(table?.differences.map(({ fileType }) => fileType)).not.toContain('AX___MA1_AX');
  });

  test('names what is missing in words, and takes the next alternative where the first is not there', async () => {
    const folder = olci({ without: ['AX___MA1_AX'], notHere: ['AX___FRO_AX'] });
    const { exitCode, stdout } = await runCli(['check', folder, '--task-table', TABLE, '--verbose']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      'S3A_TEST 01.00 lacks AX___MA1_AX, mandatory for FIRST in mode NTC, for 2 of 2 Level-0 products.',
    );
    expect(stdout).toContain('AX___MA1_AX: the baseline names no file');
    expect(stdout).toMatch(/✓ AX___FRO_AX \| AX___FPO_AX: by AX___FPO_AX, S3A_AX___FPO_AX_/);
    expect(stdout).toContain('Exit code 1.');
  });

  test.each<[string, Partial<MadeUp>, number, string[]]>([
    ['a mode that does not decide', { without: ['AX___MF1_AX'] }, 0, []],
    ['the mode that decides', { without: ['AX___MA1_AX'] }, 1, ['AX___MA1_AX']],
    ['both alternatives', { without: ['AX___FRO_AX', 'AX___FPO_AX'] }, 1, ['AX___FRO_AX', 'AX___FRO_AX']],
    ['a type that nobody asks for', { without: ['OL_1_CAL_AX'] }, 0, []],
    ['another type than the request has', { productType: 'L2LFR' }, 0, []],
  ])('without %s', async (_what, changes, expected, types) => {
    const { exitCode, errors } = await check(olci(changes));
    const missing = errors.map((error) => (error.code === 'INPUT_MISSING' ? error.types[0] : error.code));
    expect([exitCode, missing]).toEqual([expected, types]);
  });

  test('a number of files that the table wants is counted: too few are missing, too many are a doubt', async () => {
    const folder = olci();
    const table = path.join(folder, 'counted.xml');
    const counted = async (counts: string) => {
      const type = '<File_Type>AX___MA1_AX</File_Type>';
      writeFileSync(table, readFileSync(TABLE, 'utf8').replace(type, `${counts}${type}`));
      return check(folder, { taskTable: [table] });
    };
    expect((await counted('<minResults>2</minResults><maxResults>2</maxResults>')).exitCode).toBe(0);
    const few = await counted('<minResults>3</minResults>');
    expect(few.exitCode).toBe(1);
    expect(few.errors).toMatchObject([
      {
        ...{ code: 'INPUT_MISSING', types: ['AX___MA1_AX'], level0: 2 },
        example: {
          why: ['AX___MA1_AX: the processor wants at least 3 files for the time that is needed, and 2 apply'],
        },
      },
    ]);
    const many = await counted('<maxResults>1</maxResults>');
    expect([many.exitCode, many.products[0]?.inputs[3]?.state, many.products[0]?.inputs[3]?.why]).toEqual([
      0,
      'unclear',
      ['AX___MA1_AX: 2 files apply and the processor takes at most 1, so which ones it takes is not judged'],
    ]);
    expect(many.sentence).toMatch(/1 input could not be judged[.]$/);
  });

  test('a table of another processor, of whose inputs the campaign has none, is no success', async () => {
    const folder = olci();
    const table = path.join(folder, 'other.xml');
    writeFileSync(table, readFileSync(TABLE, 'utf8').replaceAll(/(<File_Type>)[^<]+/g, '$1AUX_PP1'));
    const { exitCode, errors } = await check(folder, { taskTable: [table] });
    expect([exitCode, errors]).toEqual([1, [{ code: 'TABLE_UNRELATED', processor: 'S3A_TEST 01.00' }]]);
  });

  test('a mode may be asked for, also one that the table does not have', async () => {
    const folder = olci({ without: ['AX___MF1_AX'] });
    expect((await check(folder, { mode: 'nrt' })).exitCode).toBe(1);
    const strange = await check(folder, { mode: 'STC' });
    expect([strange.exitCode, strange.notes]).toEqual([
      0,
      ['S3A_TEST 01.00: the table has no mode STC, only NRT, NTC: what it always needs is judged'],
    ]);
  });

  test('the rest is judged where something cannot be: tables, names, modes, satellites, unfinished campaigns', async () => {
    const folder = olci({ changes: { complete: false } });
    const [half, custom] = ['half.xml', 'custom.xml'].map((name) => path.join(folder, name));
    const xml = readFileSync(TABLE, 'utf8');
    writeFileSync(half!, xml.slice(0, 2000));
    const strange = xml.replace('S3A_TEST', 'S3B_TEST').replaceAll('>LatestValCover<', '>Custom<');
    writeFileSync(custom!, strange.replaceAll('AX___MA1_AX', 'XX___NEW_AX'));
    const { exitCode, errors, notes, tables } = await check(folder, { taskTable: [half!, custom!, TABLE] });
    expect([exitCode, errors.map(({ code }) => code)]).toEqual([2, ['FILE_MALFORMED']]);
    expect(notes).toEqual([
      expect.stringContaining('never answered'),
      expect.stringContaining('for S3B, the campaign for S3A'),
    ]);
    const states = tables.map(({ inputs }) => inputs.map(({ level0 }) => Object.keys(level0).join()));
    expect(states).toEqual([
      ['level0', 'unclear', 'filled', 'elsewhere', 'unclear', 'processor'],
      ['level0', 'filled', 'filled', 'filled', 'filled', 'processor'],
    ]);
    const alone = await check(folder, { taskTable: [custom!] });
    expect([alone.exitCode, alone.sentence]).toEqual([
      0,
      'Every other mandatory input of 1 task table that the services have files for is filled, for 2 Level-0 products. 2 inputs could not be judged.',
    ]);
    expect(tables[0]?.inputs[1]?.unclear?.why[0]).toMatch(/retrieval mode is the processor's own/);
  });

  test('names of products and files that say no time are told, not guessed', async () => {
    const folder = temporaryFolder();
    const lock = makeUpCampaign({ folder, mission: 'S3OLCI', productType: 'L1EFR', level0: LEVEL0 });
    const [first] = lock.level0;
    const strange = lock.files.map((file) => ({
      ...file,
      name: file.name.replace(/(AX___FRO_AX_)\d{8}/, '$100000000'),
    }));
    const level0 = [{ ...first!, name: 'S3A_SOMETHING' }, ...lock.level0.slice(1)];
    makeUpCampaign({
      folder,
      mission: 'S3OLCI',
      productType: 'L1EFR',
      level0: LEVEL0,
      changes: { files: strange, level0 },
    });
    const { products } = await check(folder);
    expect(products[0]?.inputs.map(({ state }) => state)).toEqual([
      ...['elsewhere', 'unclear', 'unclear', 'unclear', 'unclear', 'processor'],
    ]);
    expect(products[0]?.inputs[2]?.why?.[0]).toMatch(/the Level-0 product says no sensing time/);
    expect(products[1]?.inputs[1]?.state).toBe('filled');
  });

  test('half a lock, no lock, an empty one and a file that was cut off', async () => {
    const folder = olci();
    const lock = path.join(folder, 'auxflow.lock.json');
    const text = readFileSync(lock, 'utf8');
    const adf = /"path":"(S3A_AX___FRO_AX[^"]+)"/.exec(text)?.[1] ?? '';
    writeFileSync(path.join(folder, adf), 'cut');
    expect((await check(folder)).products[0]?.inputs[1]).toMatchObject({
      type: 'AX___FPO_AX',
      why: [`AX___FRO_AX: ${adf} is not here, verified`],
    });
    writeFileSync(lock, text.slice(0, text.length / 2));
    expect(await failureOf(check(folder))).toMatchObject({ code: 'LOCK_BROKEN' });
    rmSync(lock);
    expect(await failureOf(check(folder))).toMatchObject({ code: 'LOCK_MISSING' });
    const empty = temporaryFolder();
    makeUpCampaign({ folder: empty, mission: 'S3OLCI', productType: 'L1EFR', level0: [] });
    const { exitCode, errors } = await check(empty);
    expect([exitCode, errors.map(({ code }) => code)]).toEqual([1, ['NOTHING_TESTED']]);
  });

  test('without a task table it says what it wants', async () => {
    const { exitCode, stderr } = await runCli(['check', temporaryFolder()]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--task-table')]);
  });
});
