/** Ctrl-C of verbs that read large locks: each is told at once, ends with 130, and leaves no output. */
import { mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { LOCK_NAME, lockText } from '../../scripts/campaign/lock/campaign-lock';
import { lockIn } from '../helpers/campaign';
import { runCli, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';

let folder: string;

/** A lock that takes seconds to read. */
beforeAll(async () => {
  const lock = lockIn(await sharedCampaign('small'));
  const [row] = lock.level0;
  const level0 = Array.from({ length: 200_000 }, (_none, index) => ({ ...row!, name: `L0_${index}` }));
  const undo: (() => void)[] = [];
  folder = temporaryFolder((remove) => void undo.push(remove as () => void));
  mkdirSync(path.join(folder, 'large'));
  writeFileSync(path.join(folder, 'large', LOCK_NAME), [...lockText({ ...lock, level0 })].join(''));
  return () => {
    for (const remove of undo) remove();
  };
});

/** Sends the signal as soon as the process has opened the lock. */
function interruptWhenReading(child: ChildProcess): void {
  const files = `/proc/${child.pid}/fd`;
  const look = setInterval(() => {
    if (openFiles(files).some((file) => file.endsWith(LOCK_NAME))) child.kill('SIGINT');
    else if (child.exitCode === null) return;
    clearInterval(look);
  }, 1);
}

function openFiles(fds: string): string[] {
  try {
    return readdirSync(fds).map((fd) => readlinkSync(path.join(fds, fd)));
  } catch {
    return [];
  }
}

test.skipIf(process.platform !== 'linux').each([
  ['diff', 'large', 'large'],
  ['impact', 'large', '--adf', 'x'],
  ['export', 'large', '--format', 'metalink', '--site-url', 'http://127.0.0.1:1'],
  ['verify', 'large'],
])('auxflow %s', async (...words) => {
  const { exitCode, stdout, stderr } = await runCli(words, { cwd: folder, started: interruptWhenReading });
  expect([exitCode, stdout, stderr]).toEqual([130, '', expect.stringMatching(/Stopped by/)]);
  expect(readdirSync(folder, { recursive: true })).toEqual(['large', path.join('large', LOCK_NAME)]);
});
