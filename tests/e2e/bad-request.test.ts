import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { drawTests } from '../helpers/draw-tests';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';

drawTests(4);

const S3 = 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const OLCI = ['-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR'];
const DAY = ['-t0', '2024-03-01T00:00:00Z', '-t1', '2024-03-02T00:00:00Z'];

interface Case {
  words: string[];
  /** What the message must name, and what it must say to do. */
  says: RegExp[];
}

const cases: [string, Case][] = [
  ['unknown mission', { words: ['-m', 'S4X', '-su', 'A', '-pt', 'L1C', ...DAY], says: [/"S4X"/, /S1SAR, S2MSI/] }],
  [
    'product type of another mission',
    { words: ['-m', 'S3OLCI', '-su', 'A', '-pt', 'L1SLC', ...DAY], says: [/"L1SLC"/, /belongs to S1SAR/] },
  ],
  ['unknown unit', { words: ['-m', 'S3OLCI', '-su', 'Z', '-pt', 'L2LFR', ...DAY], says: [/"Z"/, /A, B, C, D/] }],
  [
    'unit that does not match the L0',
    { words: ['-m', 'S3OLCI', '-su', 'B', '-pt', 'L2LFR', '-l0', S3], says: [/unit B/, /unit A/] },
  ],
  [
    'mission that does not match the L0',
    { words: ['-m', 'S1SAR', '-su', 'A', '-pt', 'L1SLC', '-l0', S3], says: [/mission S1SAR/, /S3OLCI/] },
  ],
  [
    'malformed L0 name',
    {
      words: [...OLCI, '-l0', 'S3A_OL_0_EFR_nonsense.zip'],
      says: [/S3A_OL_0_EFR_nonsense/, /a name such as S3A_OL_0_EFR____/],
    },
  ],
  ['blank-padded L0 name', { words: [...OLCI, '-l0', `${S3}, ${S3}`], says: [/spaces/, /Remove the spaces/] }],
  ['both names and interval', { words: [...OLCI, '-l0', S3, ...DAY], says: [/Both Level-0 names and an interval/] }],
  ['neither names nor interval', { words: OLCI, says: [/Neither Level-0 names nor an interval/] }],
  ['half an interval', { words: [...OLCI, '-t0', '2024-03-01T00:00:00Z'], says: [/--stop/] }],
  [
    'start after stop',
    { words: [...OLCI, '-t0', '2024-03-02T00:00:00Z', '-t1', '2024-03-01T00:00:00Z'], says: [/ends before it starts/] },
  ],
  [
    'a day that does not exist',
    {
      words: [...OLCI, '-t0', '2024-02-30T00:00:00Z', '-t1', '2024-03-02T00:00:00Z'],
      says: [/2024-02-30/, /UTC such as/],
    },
  ],
  [
    'a time without a zone',
    { words: [...OLCI, '-t0', '2024-03-01T00:00:00', '-t1', '2024-03-02T00:00:00Z'], says: [/T00:00:00"/, /offset/] },
  ],
  ['a mission left out', { words: ['-su', 'A', '-pt', 'L2LFR', ...DAY], says: [/--mission is missing/] }],
  [
    'a list of names that is not there',
    { words: [...OLCI, '-l0', '@/nowhere/names.txt'], says: [/\/nowhere\/names\.txt/, /ENOENT/] },
  ],
  [
    'an environment file that is not there',
    { words: ['--env', '/nowhere/env.json', ...OLCI, ...DAY], says: [/\/nowhere\/env\.json/, /ENOENT/] },
  ],
  [
    'http to another host',
    {
      words: ['--env', 'production', '--site-url', 'http://example.org', ...OLCI, ...DAY],
      says: [/http:\/\/example\.org/, /https/],
    },
  ],
  ['a URL that is none', { words: ['--site-url', 'nonsense', ...OLCI, ...DAY], says: [/nonsense/] }],
  ['an unknown option', { words: ['--frobnicate'], says: [/frobnicate/, /--help/] }],
  ['a number that is none', { words: ['--parallel', 'many', ...OLCI, ...DAY], says: [/--parallel/, /"many"/] }],
];

describe('a bad request is refused before anything is sent or written', () => {
  test.each(cases)('%s', async (_name, { words, says }) => {
    const folder = temporaryFolder();
    const { exitCode, stdout, stderr } = await runCli(['run', ...words, ...placesIn(folder)]);
    for (const sentence of says) expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(/\n {2}next +\S/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('an environment file that is no environment', async () => {
  const folder = temporaryFolder();
  for (const [name, text, problem] of [
    ['not-json.json', '{', /not JSON/],
    ['other.json', '{"name":"x"}', /"values"/],
    ['bare.json', '{"values":[{"key":"site_url","value":"https://x.example"}]}', /rdb_root_uri is missing/],
  ] as const) {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    const { exitCode, stderr } = await runCli(['run', '--env', file, ...OLCI, ...DAY, ...placesIn(folder)]);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(problem)]);
  }
});

test('production without an account, and nobody to ask', async () => {
  const folder = temporaryFolder();
  const { exitCode, stderr } = await runCli(['run', '--env', 'production', ...OLCI, ...DAY, ...placesIn(folder)]);
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/ADG_USER and ADG_PASSWORD/)]);
  expect(existsSync(path.join(folder, 'out'))).toBe(false);
});

test('with --json an error is a line for machines too', async () => {
  const { exitCode, stdout } = await runCli(['run', '--json', ...OLCI, '-t0', 'yesterday', '-t1', 'today']);
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    2,
    {
      type: 'finding',
      error: { code: 'TIME_MALFORMED', option: 'start', value: 'yesterday' },
      time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      version: 1,
    },
  ]);
});

test('no command, help and version', async () => {
  const nothing = await runCli([]);
  expect([nothing.exitCode, nothing.stderr]).toEqual([2, expect.stringMatching(/--help/)]);
  const help = await runCli(['run', '--help']);
  expect([help.exitCode, help.stdout]).toEqual([0, expect.stringMatching(/--l0_names[^]*-t0 2024-02-29T23:59:59Z/)]);
  const version = await runCli(['--version']);
  expect([version.exitCode, version.stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
});
