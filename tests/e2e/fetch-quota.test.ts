import path from 'node:path';
import { expect, test } from 'vitest';
import { openGrantLedger } from '../../scripts/download/grant-ledger';
import { checkMd5Sums, lockIn, valuesAsked } from '../helpers/campaign';
import { drawTests } from '../helpers/draw-tests';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { OLCI_REQUEST, sharedCampaign } from '../helpers/shared-campaign';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(4);

/** For the data plane alone, which is what quota and ledger are about. */
const frozen = async (name: 'small' | 'olci'): Promise<string[]> => ['--frozen', await sharedCampaign(name)];

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
  const [small, olci] = [await frozen('small'), await frozen('olci')];
  const [first, second] = await Promise.all([fetchIt(small), fetchIt(olci)]);
  expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
  expect(`${first.stdout}${second.stdout}`).toMatch(/waiting for the quota until \d\d:\d\d:\d\d UTC/);
  const statuses = sandbox.requests.filter(({ url }) => url.endsWith('/$value')).map(({ status }) => status);
  expect([statuses.length > 12, new Set(statuses)]).toEqual([true, new Set([302])]);
});

test('a budget ends the run cleanly with the time to come back, and outlives it', async () => {
  const sandbox = await withSandbox();
  const folder = temporaryFolder();
  const environment = { AUXFLOW_STATE: path.join(folder, 'state') };
  const olci = await frozen('olci');
  const words = (files: number) => [
    ...['fetch', '--site-url', sandbox.siteUrl, '--budget-files', String(files)],
    ...[...olci, ...placesIn(folder)],
  ];
  const first = await runCli(words(3), { environment });
  const inEightDays = new Date(Date.now() + 8 * 86_400_000).toISOString().slice(0, 10);
  expect([first.exitCode, first.stdout]).toEqual([8, expect.stringMatching(`Try again at ${inEightDays}T`)]);
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
  const words = ['--site-url', sandbox.siteUrl, '--quota-run', '6', '--budget-gb', '5', '--json'];
  const { exitCode, stdout } = await runCli(['fetch', ...words, ...(await frozen('small')), ...placesIn(folder)], {
    environment: { AUXFLOW_STATE: state },
  });
  expect([exitCode, stdout.includes('"waiting"'), stdout.includes('"granted":{"files":0')]).toEqual([0, false, true]);
});

test('plan says what it comes to and asks for no file; a budget that no wait can meet is refused', async () => {
  const sandbox = await withSandbox();
  const folder = temporaryFolder();
  const environment = { AUXFLOW_STATE: path.join(folder, 'state') };
  const site = ['--site-url', sandbox.siteUrl, '--budget-gb', '0.001', ...placesIn(folder)];
  const plan = await runCli(['plan', '--json', ...OLCI_REQUEST, ...site], { environment });
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
  const impossible = await runCli(['fetch', '--frozen', path.join(folder, 'out'), ...site], { environment });
  expect([impossible.exitCode, impossible.stderr]).toEqual([
    2,
    expect.stringMatching(/S3[^]*exceeds the download budget[^]*Raise --budget-gb/),
  ]);
  expect(valuesAsked(sandbox)).toEqual([]);
});
