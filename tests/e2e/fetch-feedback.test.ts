import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../scripts/session/run-events';
import { lockIn } from '../helpers/campaign';
import { drawTests } from '../helpers/draw-tests';
import { BIN, placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(4);

/** 1.85 MB of one file at 400 kB/s: long enough for an estimate. */
const SLOW = 'slow-stream@400000:always';

/** The data plane alone. */
async function wordsFor(siteUrl: string, folder: string, ...options: string[]): Promise<string[]> {
  return ['fetch', ...options, '--site-url', siteUrl, '--frozen', await sharedCampaign('small'), ...placesIn(folder)];
}

test('--verbose: one line per file, in a pipe; what is here already and what failed say so', async () => {
  const sandbox = await withSandbox({ scenario: 'lost-object' });
  const folder = temporaryFolder();
  const out = path.join(folder, 'out');
  const words = await wordsFor(sandbox.siteUrl, folder, '--verbose');
  const linesOf = (text: string) => text.split('\n').filter((line) => /^ {2}[✓✗] S1/.test(line));
  const NUMBERS = String.raw`[\d.]+ [kM]?B, [\d.]+ m?s`;

  const first = await runCli(words);
  const { files } = lockIn(out);
  const lines = linesOf(first.stdout);
  expect([first.exitCode, lines.length]).toEqual([4, files.length]);
  for (const { path: name, state } of files) {
    const line = lines.find((item) => item.includes(name!)) ?? '';
    if (state === 'verified')
      expect(line).toMatch(new RegExp(`✓ ${name!} ${NUMBERS}, [\\d.]+ [kMG]?B/s, MD5 verified$`));
    else expect(line).toMatch(new RegExp(`✗ ${name!} [\\d.]+ m?s, failed: .+`));
  }

  sandbox.setScenario('healthy');
  const again = linesOf((await runCli(words)).stdout);
  const here = again.filter((line) => new RegExp(` ${NUMBERS}, already here, MD5 verified again$`).test(line));
  expect([again.length, here.length]).toEqual([files.length, files.filter(({ state }) => state === 'verified').length]);

  const verified = await runCli(['verify', '--verbose', out]);
  expect(linesOf(verified.stdout).length).toBe(files.length);
});

test('--json: progress with the bytes and the time left', async () => {
  const sandbox = await withSandbox({ scenario: SLOW });
  const folder = temporaryFolder();
  const { exitCode, stdout } = await runCli(await wordsFor(sandbox.siteUrl, folder, '--json', '--parallel', '2'));
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);
  const totals = events.flatMap((event) => (event.type === 'progress' ? [event.totals] : []));
  const all = lockIn(path.join(folder, 'out')).files.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
  expect([exitCode, totals.length > 3]).toEqual([0, true]);
  for (const { bytesReceived, bytesLeft } of totals) expect(bytesReceived + bytesLeft!).toBe(all);
  // Nothing is said before there is something to say, and then it gets less.
  const estimates = totals.flatMap(({ secondsLeft }) => secondsLeft ?? []);
  expect(totals[0]).not.toHaveProperty('secondsLeft');
  expect(estimates.length).toBeGreaterThan(1);
  expect(estimates.at(-1)).toBeLessThan(estimates[0]!);
});

/** Runs the command line in a real terminal of 200 columns; returns what it wrote to it. */
async function inTerminal(words: readonly string[]): Promise<string> {
  const inside = [
    'import pty,os,sys,fcntl,termios,struct',
    'pid,fd=pty.fork()',
    'if pid==0: os.execvp(sys.argv[1],sys.argv[1:])',
    'fcntl.ioctl(fd,termios.TIOCSWINSZ,struct.pack("HHHH",50,200,0,0))',
    'try:',
    '  while True:',
    '    data=os.read(fd,65536)',
    '    if not data: break',
    '    sys.stdout.buffer.write(data)',
    'except OSError: pass',
    'sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid,0)[1]))',
  ].join('\n');
  const program = [process.execPath, BIN, ...words];
  const child = spawn('python3', ['-c', inside, ...program], { env: { ...process.env, NO_COLOR: '1' } });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
  return text;
}

test('in a terminal the live line says the time left, and lines of files stand beside it unbroken', async () => {
  const sandbox = await withSandbox({ scenario: SLOW });
  const folder = temporaryFolder();
  const text = await inTerminal(await wordsFor(sandbox.siteUrl, folder, '--verbose', '--parallel', '2'));
  expect(text).toMatch(/\d\/5 files, [\d.]+ [kM]B, [\d.]+ kB\/s, about \d+ s left/);
  // What stays on the screen: of each line, what was written after it was last cleared.
  const screen = text.split(/\r?\n/).map((line) => line.split(String.fromCharCode(27) + '[2K').at(-1)!);
  const { files } = lockIn(path.join(folder, 'out'));
  const told = screen.filter((line) => /^ {2}✓ S1\S+ .*, MD5 verified$/.test(line));
  expect(told.length).toBe(files.length);
});
