import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openGrantLedger } from '../../scripts/download/grant-ledger';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import { sampleOf } from '../helpers/budget';
import { SMALL_REQUEST, valuesAsked } from '../helpers/campaign';
import { drawTests } from '../helpers/draw-tests';
import { environmentFile } from '../helpers/environment-file';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

drawTests(6);

const FILES = 5;

/** Ids of `$value` that were granted, whatever their case: each is charged to the quota. */
const granted = ({ requests }: Sandbox): string[] =>
  requests.flatMap(({ url, status }) =>
    status === 302 ? (/Products\(([0-9a-f-]+)\)\/\$value$/i.exec(url)?.[1]?.toLowerCase() ?? []) : [],
  );

const signatures = (text: string): string[] =>
  [...text.matchAll(/X-Amz-Signature=([0-9a-f]+)/g)].map(([, item = '']) => item);

function textsBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'utf8'))
    .join('\n');
}

describe('run --download-limit asks for exactly so many $value, each once', () => {
  test.each(sampleOf([undefined, 0, 1, 2, 4, 5, 6, 1000], 2))('%s', async (limit) => {
    const sandbox = await withSandbox();
    const folder = temporaryFolder();
    const words = limit === undefined ? [] : ['--download-limit', String(limit)];
    const ended = await runCli(['run', '--site-url', sandbox.siteUrl, ...SMALL_REQUEST, ...words, ...placesIn(folder)]);
    const asked = valuesAsked(sandbox);
    const expected = Math.min(limit ?? FILES, FILES);
    expect([ended.exitCode, asked.length, new Set(asked).size]).toEqual([0, expected, expected]);
    expect(readdirSync(path.join(folder, 'out')).length).toBe(expected);
    // The first KiB and the whole file came from one address, which is in no report.
    const atStore = sandbox.requests.filter(({ origin }) => origin === 'store').map(({ url }) => url);
    expect([atStore.length, new Set(signatures(atStore.join('\n'))).size]).toEqual([2 * expected, expected]);
    expect(signatures(`${ended.stdout}${ended.stderr}${textsBelow(path.join(folder, 'reports'))}`)).toEqual([]);
  });

  test('of more files than Newman looks at, and over several calls', async () => {
    const sandbox = await withSandbox();
    const interval = ['-t0', '2024-03-01T00:00:00Z', '-t1', '2024-03-01T02:00:00Z'];
    const request = ['-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR', ...interval, '--download-limit', '9'];
    const { exitCode } = await runCli([
      'run',
      '--site-url',
      sandbox.siteUrl,
      ...request,
      ...placesIn(temporaryFolder()),
    ]);
    const asked = valuesAsked(sandbox);
    expect([exitCode, asked.length, new Set(asked).size]).toEqual([0, 9, 9]);
  });

  test('an address that is dead by then is asked for once more, and no other', async () => {
    const sandbox = await withSandbox({ scenario: 'single-use-url' });
    const words = ['run', '--site-url', sandbox.siteUrl, ...SMALL_REQUEST, ...placesIn(temporaryFolder())];
    expect((await runCli(words)).exitCode).toBe(0);
    const asked = valuesAsked(sandbox);
    expect([new Set(asked).size, asked.length <= 2 * FILES]).toEqual([FILES, true]);
  });
});

describe('every grant is in the ledger, with the size of its file', () => {
  async function stage() {
    const sandbox = await withSandbox();
    const folder = temporaryFolder();
    const env = environmentFile(folder, { site_url: sandbox.siteUrl });
    const state = path.join(folder, 'state');
    const environment = { ...ACCOUNT, AUXFLOW_STATE: state };
    const reports = ['--reports', path.join(folder, 'reports')];
    const ledger = openGrantLedger(state, { siteUrl: sandbox.siteUrl, username: 'user' });
    const booked = () => ledger.exclusively((grants) => Promise.resolve(grants));
    return { sandbox, folder, environment, booked, site: ['--env', env], reports };
  }

  test('of run', async () => {
    const { sandbox, folder, environment, booked, site } = await stage();
    const words = ['run', ...site, ...SMALL_REQUEST, '--download-limit', '3', ...placesIn(folder)];
    const { exitCode, stdout } = await runCli(words, { environment });
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('3 verified')]);
    const grants = await booked();
    expect(grants.map(({ id }) => id).sort()).toEqual([...granted(sandbox)].sort());
    expect(grants.length).toBe(3);
    expect(grants.filter(({ bytes }) => bytes === 0)).toEqual([]);
  });

  test('of contract', async () => {
    const { sandbox, environment, booked, site, reports } = await stage();
    await runCli(['contract', ...site, '--folder', 'downloads', ...reports], { environment });
    const grants = await booked();
    expect(grants.map(({ id }) => id).sort()).toEqual([...granted(sandbox)].sort());
    expect([grants.length > 0, grants.filter(({ bytes }) => bytes === 0)]).toEqual([true, []]);
  });

  test('of doctor', async () => {
    const { sandbox, environment, booked, site } = await stage();
    expect((await runCli(['doctor', ...site], { environment })).exitCode).toBe(0);
    expect([(await booked()).map(({ id }) => id), granted(sandbox).length]).toEqual([granted(sandbox), 1]);
  });

  test('run does not go on beyond the budget that they leave', async () => {
    const { sandbox, folder, environment, booked, site } = await stage();
    const ledger = openGrantLedger(environment.AUXFLOW_STATE, { siteUrl: sandbox.siteUrl, username: 'user' });
    await ledger.book({ at: Date.now() - 3_600_000, id: 'earlier', bytes: 100e9 });
    const words = ['run', ...site, ...SMALL_REQUEST, '--download-limit', '2', ...placesIn(folder)];
    const { exitCode, stdout } = await runCli(words, { environment });
    expect([exitCode, stdout]).toEqual([8, expect.stringMatching(/budget[^]*Try again at/)]);
    expect([valuesAsked(sandbox), (await booked()).length]).toEqual([[], 1]);
  });
});
