/** Names and times in every form, through live answers: each costs its own row, and what auxflow writes it can read again. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { inGroups } from '../../scripts/lib/in-groups';
import type { BaselineAnswer } from '../../scripts/services/schema/types/BaselineAnswer';
import { isSafeFileName } from '../../scripts/sentinel/safe-name';
import { sampleOf } from '../helpers/budget';
import { checkMd5Sums, lockIn } from '../helpers/campaign';
import { createForwarder } from '../helpers/create-forwarder';
import { fetchInProcess } from '../helpers/fetch-in-process';
import { runCli, temporaryFolder, type CliResult } from '../helpers/run-cli';
import { OLCI_REQUEST } from '../helpers/shared-campaign';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  long: ['A'.repeat(220), 'A'.repeat(221), 'A'.repeat(255), 'B'.repeat(300), '\u00e9'.repeat(120), 'x'.repeat(70_000)],
  'equal but for case': ['Case_Name.zip', 'case_name.zip', 'CASE_NAME.ZIP'],
  'equal once normalised': ['caf\u00e9.zip', 'cafe\u0301.zip', 'K.zip', '\u212a.zip', '\ufb01le.zip', '\uff21.zip'],
  'not UTF-16': ['lone\ud800x', '\udc00'],
  'that act': [
    'S1A_\u202eTXT.exe',
    'S1A\u200b.zip',
    '\u001b]0;X\u0007',
    'a\nb',
    'a\rb',
    'a\u0000b',
    'a\u2028b',
    'a\u009bb',
  ],
  reserved: ['con', 'AUX.SAFE.zip', 'nul.txt', 'com1.zip', 'LPT9', 'com\u00b9', 'CONIN$'],
  'of auxflow': ['MD5SUMS', 'md5sums', 'Auxflow.Lock.json', 'answers', 'per-l0', 'x.part', 'X.TMP', 'A~1.part'],
  'that are paths': ['../x', '..', '.', '/x', 'a/b', 'a\\b', 'C:x', '..%2fx', '~', '-rf', '.hidden'],
  'that end oddly': ['trail.', 'trail..', ' lead', 'end\u00a0', 'end\ufeff'],
  'of prototypes': ['__proto__', 'constructor', 'toString', 'valueOf'],
  'that another reads': ['=cmd', '+1', '@x', 'a,b', 'a"b', "a'b", '<script>', '$(id)', '{{access_token}}', '%00'],
  'of types': ['MD5SUMS', 'ANSWERS', 'UNKNOWN'].map((type) => `S1A_${type}_V20240101T000000_G20240101T000000.SAFE`),
  'of odd times': [
    'V00000101T000000_G99991231T235959',
    'V20161231T235960_G20161231T235960',
    'V99999999T999999_G00000000T000000',
  ].map((times) => `S1A_AUX_PP1_${times}.SAFE`),
};

const TIMES: readonly unknown[] = [
  ...['1969-01-01T00:00:00Z', '9999-12-31T23:59:59.999999Z', '0000-01-01T00:00:00Z', '+275760-09-13T00:00:00Z'],
  ...['2016-12-31T23:59:60Z', '2024-02-30T00:00:00Z', 'Tue, 15 Nov 1994 08:12:31 GMT', '2024-01-01T00:00:00+02:00'],
  ...['2024-01-01\n00:00:00Z', `2024-01-01T00:00:00.${'1'.repeat(30)}Z`, '1700000000', '1.5', '-1', '\u001b[31m', ''],
  ...['\u202e2024-01-01T00:00:00Z', null, 0, {}],
];

const LEVEL0 = [
  'a\nb',
  '\u001b[31mred',
  '\u202eabc',
  ' ',
  '__proto__',
  '../../x',
  'x'.repeat(600),
  'name.zip\n',
  '\ud800',
];

const HARMFUL = new RegExp(String.raw`[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]`);

/** A sandbox whose files have these names, wherever they are told, and whose entries have these times. */
async function siteWith(names: readonly string[], times: readonly unknown[]): Promise<string> {
  const { siteUrl } = await withSandbox();
  const given = new Map<string, string>();
  let entries = 0;
  const forwarder = await createForwarder(siteUrl, ({ url }, answer) => {
    const body = answer.body.replaceAll(siteUrl, forwarder.origin);
    const nameOf = (id: string): string | undefined => {
      if (!given.has(id) && given.size < names.length) given.set(id, names[given.size] ?? '');
      return given.get(id);
    };
    if (url.includes('getReprocessingDataBaseline(') && answer.status === 200) {
      const baseline = JSON.parse(body) as BaselineAnswer;
      for (const file of baseline.value.flatMap(({ AuxDataFiles }) => AuxDataFiles))
        file.Name = nameOf(/Products\(([^)]+)/.exec(file.AuxipLink)?.[1] ?? '') ?? file.Name;
      const [first] = baseline.value;
      if (first && baseline.value.length > 3) baseline.value.push(...LEVEL0.map((Level0) => ({ ...first, Level0 })));
      return JSON.stringify(baseline);
    }
    const [, id = ''] = /Products\(([^)]+)\)(?:\?|$)/.exec(url) ?? [];
    if (id === '' || answer.status !== 200) return { ...answer, body };
    const entry = JSON.parse(body) as Record<string, unknown>;
    const time = times[entries++ % Math.max(1, times.length)];
    return JSON.stringify({
      ...{ ...entry, Name: given.get(id) ?? entry.Name },
      ...(times.length > 0 && { PublicationDate: time, EvictionDate: time, OriginDate: time }),
    });
  });
  return forwarder.origin;
}

function expectOrderly({ exitCode, stdout, stderr }: CliResult, folder: string): void {
  const said = stdout + stderr;
  expect([exitCode, said]).toEqual([
    expect.toBeOneOf([0, 1, 6]),
    expect.not.stringMatching(/Internal error|^ {4}at /m),
  ]);
  const found = HARMFUL.exec(said);
  expect(found && JSON.stringify(said.slice(Math.max(0, found.index - 80), found.index + 20))).toBeNull();
  expect(readdirSync(folder).filter((name) => !['out', 'reports', 'again'].includes(name))).toEqual([]);
}

const FETCHES: readonly (readonly string[])[] = [
  [],
  ['--layout', 'type'],
  ['--unpack', '--per-l0', 'hardlink', '--verbose'],
  ['--layout', 'mission-type', '--per-l0', 'list', '--json'],
];

/** So many files has the campaign, at least. */
const FILES = 26;

/** Kind after kind, so that each campaign has some of each: two names of a kind, at night all of them in some campaigns. */
function campaigns(): (readonly string[])[] {
  const kinds = Object.values(NAMES).map((names) => sampleOf(names, 2));
  const longest = Math.max(...kinds.map((names) => names.length));
  const mixed = Array.from({ length: longest }, (_none, place) =>
    kinds.flatMap((names) => names.slice(place, place + 1)),
  );
  return [...inGroups(mixed.flat(), FILES)];
}

describe.each(sampleOf(FETCHES, 1).map((words) => ({ words })))('auxflow fetch $words', ({ words }) => {
  test.each(campaigns().map((names, place) => ({ names, place })))(
    'names of every form, campaign $place: what is safe is fetched, and the lock can be read by all',
    async ({ names }) => {
      const folder = temporaryFolder();
      const inFolder = (name: string): string => path.join(folder, name);
      const siteUrl = await siteWith(names, []);
      const run = (...all: string[]) => runCli(all, { environment: ACCOUNT, cwd: folder });
      const places = ['--site-url', siteUrl, '--reports', inFolder('reports')];
      const fetched = await run('fetch', ...OLCI_REQUEST, ...places, '--out', inFolder('out'), ...words);
      expectOrderly(fetched, folder);
      const { files } = lockIn(inFolder('out'));
      const verified = files.filter(({ state }) => state === 'verified').map(({ name }) => name);
      const safe = names.slice(0, files.length).filter((name) => isSafeFileName(name));
      expect(safe.filter((name) => !verified.includes(name))).toEqual([]);
      expect(verified.length).toBeGreaterThanOrEqual(Math.min(9, safe.length));
      expect(checkMd5Sums(inFolder('out'))).toBe(verified.length);
      const reading = { verify: [], export: ['--site-url', siteUrl, '--format', 'stac'], impact: ['--adf', 'x'] };
      for (const [verb, more] of Object.entries(reading)) {
        const { exitCode, stderr, stdout } = await run(verb, inFolder('out'), ...more);
        expect(stderr + stdout, verb).not.toContain('damaged');
        expect([0, 1, 4], verb).toContain(exitCode);
      }
    },
  );
});

test('times of every form in the catalogue: what has one that is understood is fetched, and the lock is read again', async () => {
  const folder = temporaryFolder();
  const siteUrl = await siteWith([], TIMES);
  const options = { words: wordsOfOlci(), parallel: 3 };
  const { output, errors } = await fetchInProcess({ folder, siteUrl, options, environment: ACCOUNT });
  expect(errors).not.toContain('INTERNAL');
  expect(output).not.toMatch(/LOCK_BROKEN/);
  const { files } = lockIn(path.join(folder, 'out'));
  const verified = files.filter(({ state }) => state === 'verified');
  expect(verified.length).toBeGreaterThan(4);
  const again = { ...options, words: {}, frozen: path.join(folder, 'out'), out: path.join(folder, 'again') };
  const repeated = await fetchInProcess({ folder, siteUrl, options: again, environment: ACCOUNT });
  expect(repeated.errors).not.toContain('LOCK_BROKEN');
  expect(lockIn(path.join(folder, 'again')).files.filter(({ state }) => state === 'verified')).toHaveLength(
    verified.length,
  );
});

function wordsOfOlci() {
  return {
    mission: 'S3OLCI',
    unit: 'A',
    productType: 'L2LFR',
    start: '2024-03-01T00:00:00Z',
    stop: '2024-03-01T02:00:00Z',
  };
}
