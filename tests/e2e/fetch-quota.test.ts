import path from 'node:path';
import { expect, test } from 'vitest';
import { openGrantLedger } from '../../scripts/download/grant-ledger';
import { checkMd5Sums, lockIn, SMALL_REQUEST, valuesAsked } from '../helpers/campaign';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';

const OLCI = ['-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR', '-t0', '2024-03-01T00:00:00Z', '-t1', '2024-03-01T02:00:00Z'];

test('two processes of one account keep its pace together: the service refuses nothing', async () => {
  const sandbox = await withSandbox({ quota: { parallelDownloads: 6, parallelDownloadsDeltaSeconds: 1 } });
  const state = temporaryFolder();
  const fetchIt = (request: string[]) =>
    runCli(
      [
        'fetch',
        '--site-url',
        sandbox.siteUrl,
        '--quota-run',
        '6',
        '--quota-pause',
        '1.2',
        ...request,
        ...placesIn(temporaryFolder()),
      ],
      { environment: { AUXFLOW_STATE: state } },
    );
  const [item, two] = await Promise.all([fetchIt(SMALL_REQUEST), fetchIt(OLCI)]);
  expect([item.exitCode, two.exitCode]).toEqual([0, 0]);
  expect(`${item.stdout}${two.stdout}`).toMatch(/waiting for the quota until \d\d:\d\d:\d\d UTC/);
  const statuses = sandbox.requests.filter(({ url }) => url.endsWith('/$value')).map(({ status }) => status);
  expect([statuses.length > 12, new Set(statuses)]).toEqual([true, new Set([302])]);
});

test('a budget ends the run cleanly with the time to come back, and outlives it', async () => {
  const sandbox = await withSandbox();
  const folder = temporaryFolder();
  const environment = { AUXFLOW_STATE: path.join(folder, 'state') };
  const words = (files: number) => [
    'fetch',
    '--site-url',
    sandbox.siteUrl,
    '--budget-files',
    String(files),
    ...OLCI,
    ...placesIn(folder),
  ];
  const first = await runCli(words(3), { environment });
  const inEightDays = new Date(Date.now() + 8 * 86_400_000).toISOString().slice(0, 10);
  expect([first.exitCode, first.stdout]).toEqual([8, expect.stringMatching(`Come back at ${inEightDays}T`)]);
  const states = () => lockIn(path.join(folder, 'out')).files.map(({ state }) => state);
  expect(states().filter((state) => state === 'verified').length).toBe(3);
  expect([valuesAsked(sandbox).length, checkMd5Sums(path.join(folder, 'out'))]).toEqual([3, 3]);

  expect((await runCli(words(3), { environment })).exitCode).toBe(8);
  expect(valuesAsked(sandbox).length).toBe(3);
  expect((await runCli(words(1000), { environment })).exitCode).toBe(0);
  expect([new Set(states()), valuesAsked(sandbox).length]).toEqual([new Set(['verified']), states().length]);
});

test('a clock that was wrong once does not block the account', async () => {
  const sandbox = await withSandbox();
  const folder = temporaryFolder();
  const state = path.join(folder, 'state');
  const ledger = openGrantLedger(state, { siteUrl: sandbox.siteUrl, username: 'user' });
  const future = Date.now() + 3650 * 86_400_000;
  for (let place = 0; place < 10; place++) await ledger.book({ at: future + place, id: String(place), bytes: 1e9 });
  const words = ['--site-url', sandbox.siteUrl, '--quota-run', '6', '--budget-gb', '5', '--json', ...SMALL_REQUEST];
  const { exitCode, stdout } = await runCli(['fetch', ...words, ...placesIn(folder)], {
    environment: { AUXFLOW_STATE: state },
  });
  expect([exitCode, stdout.includes('"waiting"'), stdout.includes('"granted":{"files":0')]).toEqual([0, false, true]);
});

test('plan says what it comes to and asks for no file; a budget that no wait can meet is refused', async () => {
  const sandbox = await withSandbox();
  const folder = temporaryFolder();
  const environment = { AUXFLOW_STATE: path.join(folder, 'state') };
  const site = ['--site-url', sandbox.siteUrl, '--budget-gb', '0.001', ...OLCI, ...placesIn(folder)];
  const plan = await runCli(['plan', '--json', ...site], { environment });
  const event = plan.stdout.split('\n').find((line) => line.includes('"type":"plan"')) ?? '';
  const { files } = lockIn(path.join(folder, 'out'));
  const bytes = files.reduce((sum, file) => sum + (file.bytes ?? 0), 0);
  expect(plan.exitCode).toBe(0);
  expect(JSON.parse(event)).toMatchObject({
    plan: {
      files: files.length,
      bytes,
      toFetch: { files: files.length, bytes },
      disk: { needed: bytes },
      charge: bytes * 1e-8,
      quota: { granted: { files: 0 }, budget: { bytes: 1e6 } },
    },
  });
  const impossible = await runCli(['fetch', ...site], { environment });
  expect([impossible.exitCode, impossible.stderr]).toEqual([
    2,
    expect.stringMatching(/has no room for S3[^]*Raise --budget-gb/),
  ]);
  expect(valuesAsked(sandbox)).toEqual([]);
});
