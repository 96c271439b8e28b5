/** Ctrl-C of verbs that read large files: each ends at once and leaves no output, also where reading or judging holds the thread. */
import { mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { LOCK_NAME, lockText, readLock } from '../../scripts/campaign/lock/campaign-lock';
import { SMALL_REQUEST } from '../helpers/campaign';
import { createTcpServer } from '../helpers/create-test-server';
import { drawTests } from '../helpers/draw-tests';
import { runCli, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { tableXml } from '../helpers/task-tables';
import { sampleCase, sampleContract } from '../reports/sample-contract';

let folder: string;

/** What takes seconds to read, and for `check` to judge. */
beforeAll(async () => {
  const undo: (() => void)[] = [];
  folder = temporaryFolder((remove) => void undo.push(remove as () => void));
  for (const name of ['large', 'shards', 'shards/1', 'shards/2']) mkdirSync(path.join(folder, name));
  const lock = (await readLock(path.join(await sharedCampaign('small'), LOCK_NAME)))!;
  const [row] = lock.level0;
  const level0 = Array.from({ length: 200_000 }, (_none, index) => ({ ...row!, name: `L0_${index}` }));
  writeFileSync(path.join(folder, 'large', LOCK_NAME), [...lockText({ ...lock, level0 })].join(''));
  const table = { processor: 'P', version: '1', rows: [] };
  writeFileSync(path.join(folder, 'large', 'table.xml'), tableXml(table));
  const cases = Array.from({ length: 20_000 }, (_none, index) => sampleCase({ name: `case ${index}` }));
  for (const index of [1, 2]) {
    const report = { ...sampleContract({ cases }), shard: { index, of: 2 } };
    writeFileSync(path.join(folder, 'shards', String(index), 'contract.json'), JSON.stringify(report));
  }
  before = files();
  return () => {
    for (const remove of undo) remove();
  };
});

let before: readonly string[];
const files = (): string[] => readdirSync(folder, { recursive: true }).map(String).sort();

/** Sends the signal as soon as the process has opened a large file. */
function interruptWhenReading(child: ChildProcess): void {
  const fds = `/proc/${child.pid}/fd`;
  const look = setInterval(() => {
    if (openFiles(fds).some((file) => LARGE.test(file))) child.kill('SIGINT');
    else if (child.exitCode === null) return;
    clearInterval(look);
  }, 1);
}

const LARGE = /auxflow\.lock\.json$|contract\.json$/;

function openFiles(fds: string): string[] {
  try {
    return readdirSync(fds).map((fd) => readlinkSync(path.join(fds, fd)));
  } catch {
    return [];
  }
}

describe.skipIf(process.platform !== 'linux')('Ctrl-C', () => {
  drawTests(2);

  test.each([
    ['diff', 'large', 'large'],
    ['impact', 'large', '--adf', 'x'],
    ['export', 'large', '--format', 'metalink', '--site-url', 'http://127.0.0.1:1'],
    ['verify', 'large'],
    ['check', 'large', '--task-table', 'large/table.xml'],
  ])('auxflow %s says so', async (...words) => {
    const { exitCode, stdout, stderr } = await runCli(words, { cwd: folder, started: interruptWhenReading });
    expect([exitCode, stdout, stderr]).toEqual([130, '', expect.stringMatching(/Stopped by/)]);
    expect(files()).toEqual(before);
  });

  // Ended by the signal itself, which a shell tells as 130.
  test.each([
    ['merge-reports', 'shards', '--reports', 'reports'],
    ['report', 'shards/1'],
  ])('auxflow %s is ended', async (...words) => {
    const { exitCode, stdout } = await runCli(words, { cwd: folder, started: interruptWhenReading });
    expect([exitCode, stdout]).toEqual([null, '']);
    expect(files()).toEqual(before);
  });
});

describe('Ctrl-C while a server that takes connections says nothing', () => {
  drawTests(10);
  const queue = ['--queue', 'redis://SILENT'];
  const site = ['--site-url', 'http://SILENT'];
  const places = [...site, '--out', 'silent', '--reports', 'silent'];

  test.each([
    ['run', ...SMALL_REQUEST, ...places],
    ['plan', ...SMALL_REQUEST, ...places],
    ['fetch', ...SMALL_REQUEST, ...places],
    ['contract', ...site, '--reports', 'silent'],
    ['doctor', ...site],
    ['drift', ...site],
    ['record', ...site, '--out', 'silent'],
    ['worker', ...site, ...queue],
    ['status', 'x', ...queue],
    ['ledger', 'import', ...site, ...queue],
  ])('auxflow %s', async (...words) => {
    let asked = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const silent = await createTcpServer((socket) => void socket.once('data', asked));
    let since = Infinity;
    const { exitCode, stderr } = await runCli(
      words.map((word) => word.replace('SILENT', new URL(silent).host)),
      {
        cwd: folder,
        environment: { ADG_USER: 'user', ADG_PASSWORD: 'password' },
        started: (child) =>
          void isAsked.then(() => {
            since = performance.now();
            child.kill('SIGINT');
          }),
      },
    );
    expect([exitCode, stderr]).toEqual([130, expect.stringMatching(/Stopped by/)]);
    // A second, and what a busy machine makes of it.
    expect(performance.now() - since).toBeLessThan(4000);
  });
});
