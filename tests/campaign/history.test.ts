/** diff and impact on locks that are made here: no service. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareLocks } from '../../scripts/campaign/history/compare-locks';
import { usersOfAdf } from '../../scripts/campaign/history/users-of-adf';
import { lockText, type CampaignLock } from '../../scripts/campaign/lock/campaign-lock';
import type { RunEvent } from '../../scripts/session/run-events';
import { stemOf } from '../../scripts/sentinel/adf-name';
import { runCli, temporaryFolder } from '../helpers/run-cli';

interface Row {
  readonly level0: string;
  readonly files: readonly string[];
}

const typeOf = (name: string): string => name.slice(4, 15);
const adf = (type: string, version: number, end = '.SEN3.zip'): string =>
  `S3A_${type}_20160216T000000_20991231T235959_2017011${version}T120000___________________MPC_O_AL_00${version}${end}`;

const level0 = (place: number): string =>
  `S3A_OL_0_EFR____20240301T${String(100_000 + place)}_20240301T235959_20240302T000000_0118_109_301______PS1_O_NR_002.SEN3.zip`;

function lockOf(
  rows: readonly Row[],
  more: Partial<CampaignLock> = {},
  md5s: Readonly<Record<string, string>> = {},
): CampaignLock {
  const names = [...new Set(rows.flatMap(({ files }) => files))];
  return {
    ...{ lockVersion: 1, campaign: 'made', auxflow: '0.1.0', updatedAt: '2024-03-01T00:00:00.000Z' },
    site: { environment: 'sandbox', siteUrl: 'http://127.0.0.1:1', auxipRoot: 'http://127.0.0.1:1/auxip.svc' },
    request: {
      mission: 'S3OLCI',
      unit: 'A',
      productType: 'L2LFR',
      start: '2024-03-01T00:00:00Z',
      stop: '2024-03-02T00:00:00Z',
    },
    ...{ layout: 'flat', complete: true, answers: [] },
    level0: rows.map(({ level0: name, files }) => ({
      name,
      known: true,
      files: files.map((file) => names.indexOf(file)),
    })),
    files: names.map((name, place) => ({
      ...{
        id: `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`,
        name,
        type: typeOf(name),
        path: name,
        bytes: 1,
      },
      ...{ md5: md5s[name] ?? createHash('md5').update(name).digest('hex'), state: 'wanted' as const },
    })),
    ...more,
  };
}

function write(lock: CampaignLock, folder: string, name = 'auxflow.lock.json'): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(file, [...lockText(lock)].join(''));
  return file;
}

const [CAL, PPP, CLP] = ['OL_1_CAL_AX', 'OL_2_PPP_AX', 'OL_2_CLP_AX'];

describe('impact', () => {
  test('is what brute force says, for random campaigns and names that contain each other', async () => {
    const folder = temporaryFolder();
    const file = fc
      .tuple(fc.constantFrom(CAL, PPP, CLP), fc.integer({ min: 0, max: 9 }))
      .map(([type, version]) => adf(type, version));
    const short = fc.constantFrom('A', 'A1', 'A11', '1', '11', 'A_B').map((name) => `${name}.EOF`);
    const rows = fc.uniqueArray(
      fc.record({
        place: fc.integer({ min: 0, max: 400 }),
        files: fc.uniqueArray(fc.oneof(file, short), { maxLength: 25 }),
      }),
      {
        selector: ({ place }) => place,
        maxLength: 40,
      },
    );
    await fc.assert(
      fc.asyncProperty(rows, fc.array(fc.oneof(file, short), { minLength: 1, maxLength: 3 }), async (made, names) => {
        const lock = lockOf(made.map(({ place, files }) => ({ level0: level0(place), files })));
        const stems = new Set(names.map(stemOf));
        const users = lock.level0.filter(({ files }) =>
          files.some((place) => stems.has(stemOf(lock.files[place]!.name))),
        );
        const found = await usersOfAdf(write(lock, folder), names);
        expect(found.level0).toEqual(users.map(({ name }) => name));
        expect(found.of).toBe(lock.level0.length);
        // The same, laid out by an editor.
        const other = path.join(folder, 'other.json');
        writeFileSync(other, JSON.stringify(JSON.parse([...lockText(lock)].join('')), null, 4));
        expect(await usersOfAdf(other, names)).toEqual(found);
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  test('many campaigns, one half-written, one changed, one gone: each is said, the rest is judged', async () => {
    const folder = temporaryFolder();
    const rows = [0, 1, 2].map((place) => ({
      level0: level0(place),
      files: [adf(PPP, place === 2 ? 2 : 1), adf(CAL, 1)],
    }));
    write(lockOf(rows), path.join(folder, 'a'));
    const b = write(lockOf(rows.slice(0, 1), { campaign: 'b', complete: false }), path.join(folder, 'b'));
    const text = readFileSync(b, 'utf8');
    writeFileSync(path.join(folder, 'half.json'), text.slice(0, text.length / 2));
    writeFileSync(path.join(folder, 'changed.json'), text.replace('"known":true', '"known":false'));
    const places = ['a', 'b', 'half.json', 'changed.json', 'gone'].map((name) => path.join(folder, name));
    const result = await runCli(['impact', ...places, '--json', '--adf', adf(PPP, 1, '')]);
    const events = result.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RunEvent);
    const told = events.flatMap((event) =>
      event.type === 'impact' ? [[event.campaign, event.complete, event.level0, event.of]] : [],
    );
    expect(told).toEqual([
      ['made', true, [level0(0), level0(1)], 3],
      ['b', false, [level0(0)], 1],
    ]);
    const codes = events.flatMap((event) => (event.type === 'finding' ? [event.error.code] : []));
    expect([codes, result.exitCode]).toEqual([['LOCK_BROKEN', 'LOCK_BROKEN', 'FILE_UNREADABLE'], 2]);
    expect(events.at(-1)).toMatchObject({
      sentence: expect.stringMatching(/^2 Level-0 products used .*, in 2 of 2 locks of 5\.$/) as string,
    });

    const unused = await runCli(['impact', path.join(folder, 'a'), '--adf', adf(PPP, 9)]);
    expect([unused.exitCode, unused.stdout]).toEqual([4, expect.stringContaining('0 Level-0 products used')]);
    const broken = await runCli(['diff', path.join(folder, 'a'), path.join(folder, 'half.json')]);
    expect([broken.exitCode, broken.stderr]).toEqual([6, expect.stringContaining('half.json')]);
  });
});

describe('diff', () => {
  const before = lockOf(
    [0, 1, 2, 3].map((place) => ({ level0: level0(place), files: [adf(CAL, 1), adf(PPP, 1), adf(CLP, 1)] })),
  );

  test('superseded, removed, added, replaced: per type, with the Level-0 products whose product is stale', async () => {
    const rows = [1, 2, 3, 4].map((place) => ({
      level0: level0(place),
      files: [
        adf(CAL, 1),
        ...(place === 3 ? [] : [adf(PPP, place === 1 ? 1 : 2)]),
        ...(place === 4 ? [adf(CLP, 3)] : [adf(CLP, 1)]),
      ],
    }));
    const after = lockOf(rows, { complete: false }, { [adf(CAL, 1)]: 'f'.repeat(32) });
    const difference = await compareLocks(before, after);
    expect(difference.types).toEqual([
      { type: CAL, added: [], removed: [], superseded: [], replaced: [stemOf(adf(CAL, 1))], level0: 3 },
      { type: CLP, added: [adf(CLP, 3)], removed: [], superseded: [], replaced: [], level0: 0 },
      {
        type: PPP,
        added: [],
        removed: [],
        superseded: [{ old: stemOf(adf(PPP, 1)), new: stemOf(adf(PPP, 2)), level0: 1 }],
        replaced: [],
        level0: 2,
      },
    ]);
    expect(difference.affected).toEqual([
      { level0: level0(1), types: [CAL] },
      { level0: level0(2), types: [CAL, PPP] },
      { level0: level0(3), types: [CAL, PPP] },
    ]);
    expect([difference.level0Added, difference.level0Removed]).toEqual([[level0(4)], [level0(0)]]);
    expect(difference.notes).toEqual([expect.stringContaining('A part of the new request was never answered')]);

    const folder = temporaryFolder();
    write(before, path.join(folder, 'old'));
    const now = write(after, path.join(folder, 'new'));
    const { exitCode, stdout, stderr } = await runCli(['diff', path.join(folder, 'old'), now]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`  ~ ${stemOf(adf(PPP, 1))} → ${stemOf(adf(PPP, 2))} for 1`);
    expect(stdout).toMatch(/Level-0 products with other files: 3\n[^]*L2LFR of 3 of 3 Level-0 products is stale\./);
    expect(stderr).toBe('');
    const same = await runCli(['diff', now, path.join(folder, 'new'), '--json']);
    expect([same.exitCode, same.stdout]).toEqual([
      0,
      expect.stringContaining('The same 5 files for the same 4 Level-0 products.'),
    ]);
  });

  test('names with and without extension, in any order, are the same files', async () => {
    const bare = lockOf(
      [3, 1, 0, 2].map((place) => ({ level0: level0(place), files: [adf(CLP, 1, ''), adf(CAL, 1), adf(PPP, 1)] })),
      {},
      { [adf(CLP, 1, '')]: before.files[2]?.md5 ?? '' },
    );
    expect(await compareLocks(before, bare)).toMatchObject({
      types: [],
      affected: [],
      level0Added: [],
      level0Removed: [],
      notes: [],
    });
  });
});
