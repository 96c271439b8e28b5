import type { ChildProcess } from 'node:child_process';
import { cpSync, readdirSync, rmSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../scripts/lib/redact/redact';
import type { CampaignLock } from '../../scripts/campaign/lock/campaign-lock';
import { fetchCampaign } from '../../scripts/campaign/fetch-campaign';
import { openGrantLedger } from '../../scripts/download/grant-ledger';
import { sampleOf } from '../helpers/budget';
import { checkMd5Sums, lockIn, S1, SMALL_REQUEST, valuesAsked } from '../helpers/campaign';
import { expectTruth } from '../helpers/campaign-truth';
import { createTestServer, sendPage, type RecordedRequest } from '../helpers/create-test-server';
import { drawTests } from '../helpers/draw-tests';
import { environmentFile } from '../helpers/environment-file';
import { QUICK_PATIENCE } from '../helpers/quick-patience';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

drawTests(8);

/** How often each id stands in the list. */
function counted(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

const TWO_DAYS = [
  ...['-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR'],
  ...['-t0', '2024-02-29T23:59:59Z', '-t1', '2024-03-02T00:00:00Z'],
];

/** Bytes of each part; a part may be named while they are looked at. */
function partsIn(folder: string): number[] {
  const parts = readdirSync(folder).filter((name) => name.endsWith('.part'));
  return parts.map((name) => statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
}

describe('killed at any moment, the same line again', () => {
  // Milliseconds after the first byte of the store; files of some 100 kB at 200 kB/s take about a second each.
  test.each(sampleOf([0, 150, 400, 900, 1700], 2, (delay) => (delay < 900 ? 'early' : 'late')))(
    'SIGKILL %i ms into the transfers',
    async (delay) => {
      const sandbox = await withSandbox({ scenario: 'slow-stream@200000:always' });
      const folder = temporaryFolder();
      const out = path.join(folder, 'out');
      const frozen = ['--frozen', await sharedCampaign('small')];
      const words = ['fetch', '--site-url', sandbox.siteUrl, '--parallel', '2', ...frozen, ...placesIn(folder)];
      let child: ChildProcess | undefined;
      const killed = runCli(words, { started: (started) => (child = started) });
      const patience = Date.now() + 30_000;
      while (Date.now() < patience && !sandbox.requests.some(({ origin }) => origin === 'store'))
        await new Promise((done) => setTimeout(done, 5));
      await new Promise((done) => setTimeout(done, delay));
      // On a busy machine nothing may have been written yet of the one large file, which takes seconds.
      while (
        delay >= 900 &&
        Date.now() < patience &&
        !partsIn(out).some((bytes) => bytes > 50_000 && bytes < 1_000_000)
      )
        await new Promise((done) => setTimeout(done, 1));
      child?.kill('SIGKILL');
      await killed;

      const whole = new Set(readdirSync(out).filter((name) => /^S1/.test(name) && !name.endsWith('.part')));
      const lock = lockIn(out);
      for (const { path: name, state } of lock.files) if (state === 'verified') expect(whole.has(name!)).toBe(true);
      const idsOfWhole = lock.files.filter(({ path: name }) => whole.has(name!)).map(({ id }) => id);
      const parts = readdirSync(out).filter((name) => name.endsWith('.part')).length;

      sandbox.setScenario('healthy');
      const again = await runCli(words);
      const after = lockIn(out);
      expect([again.exitCode, again.stderr, checkMd5Sums(out)]).toEqual([0, '', after.files.length]);
      expect(readdirSync(out).filter((name) => /\.(part|tmp)$|downloading/.test(name))).toEqual([]);
      const asked = counted(valuesAsked(sandbox));
      for (const id of idsOfWhole) expect(asked.get(id)).toBe(1);
      // Only what was on its way when the process died is charged a second time: its address died with it.
      expect([...asked.values()].reduce((sum, count) => sum + count - 1, 0)).toBeLessThanOrEqual(Math.max(parts, 2));
      if (delay >= 900) expect(sandbox.requests.some(({ headers }) => headers.range?.startsWith('bytes='))).toBe(true);
    },
  );

  const SIGNALS = [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const;

  test.each(sampleOf(SIGNALS, 1))('%s: what is verified stays, the lists say so', async (signal, code) => {
    const sandbox = await withSandbox({ scenario: 'slow-stream@100000:always' });
    const folder = temporaryFolder();
    const out = path.join(folder, 'out');
    let child: ChildProcess | undefined;
    const frozen = ['--frozen', await sharedCampaign('small')];
    const words = ['fetch', '--json', '--site-url', sandbox.siteUrl, '--parallel', '2', ...frozen, ...placesIn(folder)];
    const stopped = runCli(words, {
      started: (started) => {
        child = started;
        started.stdout?.on('data', (text: Buffer) => {
          if (text.includes('"type":"file"') && !child?.killed) child?.kill(signal);
        });
      },
    });
    expect((await stopped).exitCode).toBe(code);
    const states = lockIn(out).files.map(({ state }) => state);
    expect(states).toContain('verified');
    expect(states.some((state) => state !== 'verified')).toBe(true);
    expect(checkMd5Sums(out)).toBe(states.filter((state) => state === 'verified').length);
  });
});

test('what an earlier run verified stays verified in the lock when a run stops before it comes to it', async () => {
  const sandbox = await withSandbox();
  const folder = temporaryFolder();
  const out = path.join(folder, 'out');
  cpSync(await sharedCampaign('small'), out, { recursive: true });
  const words = ['fetch', '--site-url', sandbox.siteUrl, '--parallel', '1', '--frozen', out, ...placesIn(folder)];
  const [first, ...others] = lockIn(out).files.map(({ path: name }) => name!);
  rmSync(path.join(out, first!));
  const stopped = await runCli([...words, '--budget-files', '1', '--quota-run', '5', '--quota-pause', '1'], {
    environment: { AUXFLOW_STATE: await spentState(folder, sandbox.siteUrl) },
  });
  expect([stopped.exitCode, stopped.stderr]).toEqual([8, '']);
  const finals = await expectTruth(folder, sandbox, { exitCode: stopped.exitCode, output: stopped.stdout });
  expect(finals.sort()).toEqual(others.sort());
});

/** The state of an account that was granted a file just now. */
async function spentState(folder: string, siteUrl: string): Promise<string> {
  const state = path.join(folder, 'state');
  await openGrantLedger(state, { siteUrl, username: 'user' }).book({ at: Date.now(), id: 'x', bytes: 1 });
  return state;
}

describe('baselines that do not come at once', () => {
  test.each(sampleOf(['baseline-504', 'baseline-504:2', 'dropped-connection', 'cut-answer@100'], 2))(
    '%s: asked again',
    async (scenario) => {
      const sandbox = await withSandbox({ scenario });
      const folder = temporaryFolder();
      const { exitCode, stdout } = await runCli([
        'fetch',
        '--site-url',
        sandbox.siteUrl,
        ...SMALL_REQUEST,
        ...placesIn(folder),
      ]);
      expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/again 1 of the baseline calls/)]);
      expect(lockIn(path.join(folder, 'out')).complete).toBe(true);
    },
  );

  test('only the call that met trouble is asked again, and its answer takes its place', async () => {
    const sandbox = await withSandbox();
    const calls: string[] = [];
    const rdb = await createTestServer((request, response) => {
      calls.push(request.url);
      if (calls.length === 1) sendPage(response, '<html>504</html>', 504);
      else void relay(request, response, sandbox.siteUrl);
    });
    const folder = temporaryFolder();
    const env = environmentFile(folder, { site_url: sandbox.siteUrl, rdb_root_uri: `${rdb.origin}/rdb.svc` });
    const words = ['fetch', ...TWO_DAYS, '-d', 'FALSE', '--reports', path.join(folder, 'reports')];
    const asked = await runCli([...words, '--env', env, '--out', path.join(folder, 'out')], { environment: ACCOUNT });
    expect([asked.exitCode, asked.stderr]).toEqual([0, '']);
    // The last ones look whether products lie in gaps.
    const [first, second, again, ...looks] = calls;
    expect([again, new Set([first, second, ...looks]).size]).toEqual([first, calls.length - 1]);

    const sound = await runCli([...words, '--site-url', sandbox.siteUrl, '--out', path.join(folder, 'sound')]);
    const [lock, soundLock] = [lockIn(path.join(folder, 'out')), lockIn(path.join(folder, 'sound'))];
    const digests = ({ answers }: CampaignLock) => answers.map(({ sha256 }) => sha256).sort();
    expect([sound.exitCode, lock.complete, digests(lock)]).toEqual([0, true, digests(soundLock)]);
    expect(new Set(lock.level0.map(({ name }) => name))).toEqual(new Set(soundLock.level0.map(({ name }) => name)));
    expect(readdirSync(path.join(folder, 'out', 'answers')).length).toBe(2);
  });

  test('a service that stays away is asked as often as patience says, and the exit code says to come back', async () => {
    const sandbox = await withSandbox({ scenario: 'baseline-504:always' });
    const folder = temporaryFolder();
    const exitCode = await fetchCampaign(
      {
        ...{ env: 'sandbox', siteUrl: sandbox.siteUrl, mode: 'fetch', parallel: 5, failOnEmpty: false },
        ...{ out: path.join(folder, 'out'), reports: path.join(folder, 'reports') },
        words: { mission: 'S1SAR', unit: 'A', productType: 'L1SLC', level0Names: [{ name: S1 }] },
      },
      {
        environment: {},
        redactor: createRedactor(),
        listener: () => undefined,
        signal: new AbortController().signal,
        now: () => new Date(),
        patience: { ...QUICK_PATIENCE, busy: { ...QUICK_PATIENCE.busy, attempts: 3 } },
      },
    );
    const calls = sandbox.requests.filter(({ url }) => url.includes('getReprocessingDataBaseline'));
    expect([exitCode, calls.length, lockIn(path.join(folder, 'out')).complete]).toEqual([5, 3, false]);
  });

  test('a refused password is sent once', async () => {
    const sandbox = await withSandbox();
    const words = [
      'fetch',
      '--site-url',
      sandbox.siteUrl,
      '-u',
      'user',
      '-pw',
      'wrong-word',
      ...SMALL_REQUEST,
      ...placesIn(temporaryFolder()),
    ];
    const { exitCode, stdout, stderr } = await runCli(words);
    expect([exitCode, `${stdout}${stderr}`]).toEqual([3, expect.not.stringContaining('wrong-word')]);
    expect(sandbox.requests.filter(({ method }) => method === 'POST').length).toBe(1);
  });
});

/** Passes a call on to the sandbox. */
async function relay({ url, headers }: RecordedRequest, response: ServerResponse, siteUrl: string): Promise<void> {
  const { authorization = '' } = headers;
  const answer = await fetch(siteUrl + url, { headers: { authorization }, redirect: 'manual' });
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
}
