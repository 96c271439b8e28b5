import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished } from 'vitest';
import { rounds } from '../helpers/budget';
import { inTurns } from '../helpers/in-turns';
import { environmentFile } from '../helpers/environment-file';
import { temporaryFolder } from '../helpers/run-cli';
import { findingLines, runContract } from '../helpers/run-contract';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';
import { orderSandbox } from '../helpers/order-sandbox';

const testInTurn = inTurns(6);

/** What depends on time. */
const FOLDERS = ['--folder', 'Quota', 'Expiry', 'Downloads'];
const A_DAY = 86_400_000;

/** Threads that do nothing but keep the cores busy until the test is over. */
function keepBusy(threads: number): void {
  const workers = Array.from({ length: threads }, () => new Worker('for (;;);', { eval: true }));
  onTestFinished(async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  });
}

async function timeOf(siteUrl: string): Promise<number> {
  return Date.parse((await fetch(siteUrl)).headers.get('date') ?? '');
}

async function orderClock(siteUrl: string, body: string): Promise<void> {
  expect((await orderSandbox(siteUrl, 'clock', body)).status).toBe(204);
}

describe('folders that depend on time', { timeout: 1_800_000 }, () => {
  testInTurn(
    'again and again on one sandbox, on a busy machine, with another clock than here: always green',
    async () => {
      const sandbox = await withSandbox({ scenario: 'documented-quota', clock: () => Date.now() + 3 * A_DAY });
      const env = environmentFile(temporaryFolder(), { site_url: sandbox.siteUrl, quota_run: '5' });
      keepBusy(rounds(1, 4));
      for (let time = 1; time <= rounds(1, 20); time += 1) {
        const { findings, exitCode, cases } = await runContract(['--env', env, ...FOLDERS], { environment: ACCOUNT });
        expect([time, findingLines(findings), exitCode]).toEqual([time, [], 0]);
        expect(cases.filter(({ verdict }) => verdict === 'untested')).toEqual([]);
      }
    },
  );

  testInTurn('an earlier hand on the clock does not matter, and it is left as it was', async () => {
    const { siteUrl } = await withSandbox({ scenario: 'documented-quota', clock: () => Date.UTC(2031, 0, 1) });
    await orderClock(siteUrl, '100000');
    const before = await timeOf(siteUrl);
    const env = environmentFile(temporaryFolder(), { site_url: siteUrl, quota_run: '5' });
    for (const folders of [FOLDERS, ['--folder', 'Quota'], ['--folder', 'Quota']]) {
      const { findings, exitCode } = await runContract(['--env', env, ...folders], { environment: ACCOUNT });
      expect([findingLines(findings), exitCode, await timeOf(siteUrl)]).toEqual([[], 0, before]);
    }
  });

  testInTurn('--bail between stopping and resuming: the clock goes on all the same', async () => {
    const { siteUrl } = await withSandbox({ scenario: 'documented-quota@3', clock: () => Date.UTC(2031, 0, 1) });
    const before = await timeOf(siteUrl);
    const env = environmentFile(temporaryFolder(), { site_url: siteUrl, quota_run: '5' });
    const words = ['--env', env, '--folder', 'Quota', '--bail'];
    const { exitCode, cases } = await runContract(words, { environment: ACCOUNT });
    expect([exitCode, cases.at(-1)?.name, await timeOf(siteUrl)]).toEqual([1, '$value 4 of a run is granted', before]);
  });
});
