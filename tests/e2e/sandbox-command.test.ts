import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Terminal } from '../../scripts/cli/terminal';
import { createProgram } from '../../scripts/cli/program';
import { drawTests } from '../helpers/draw-tests';
import { BIN, runCli, temporaryFolder } from '../helpers/run-cli';

drawTests(4);

const sandboxWith = (script: string, ...words: string[]) =>
  runCli(['sandbox', '--', 'sh', '-c', script, 'sh', ...words], { input: 'typed\n' });

/** A process that has ended may wait for whoever has it now to ask for its exit code: the state Z. */
function isThere(pid: number): boolean {
  const status = `/proc/${pid}/stat`;
  return existsSync(status) && !/^\d+ \(.*\) Z/.test(readFileSync(status, 'utf8'));
}

test('a command runs while the sandbox is there: streams, words and exit code are its own', async () => {
  const script = `cat; printf '%s\\n' "$@" "$AUXFLOW_SITE_URL"; echo said >&2; "$1" -e '
    fetch(process.env.AUXFLOW_SITE_URL).then(({ status }) => process.exit(status < 500 ? 7 : 1))'`;
  const { exitCode, stdout, stderr } = await sandboxWith(script, process.execPath, '-su', '--json', '--help');
  const [typed, , ...others] = stdout.trimEnd().split('\n');
  const siteUrl = others.pop() ?? '';
  expect([exitCode, typed, others, stderr]).toEqual([7, 'typed', ['-su', '--json', '--help'], 'said\n']);
  expect(siteUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await expect(fetch(siteUrl)).rejects.toThrow('fetch failed');
});

test('AUXFLOW_SITE_URL is the --site-url of a verb; an empty one is none', async () => {
  const script = `"$1" "$2" doctor --json --no-store; AUXFLOW_SITE_URL= "$1" "$2" doctor --json --no-store; echo "$AUXFLOW_SITE_URL"`;
  const { stdout } = await sandboxWith(script, process.execPath, BIN);
  const lines = stdout.trimEnd().split('\n');
  const siteUrl = lines.pop() ?? '';
  const sites = lines.flatMap((line) => {
    const event = JSON.parse(line) as { type: string; siteUrl?: string };
    return event.type === 'diagnosis' ? [event.siteUrl] : [];
  });
  expect(sites).toEqual([siteUrl, expect.not.stringContaining(siteUrl)]);
});

test('every verb that speaks of a site has it', () => {
  const verbs = [
    'run',
    'fetch',
    'plan',
    'tutorial',
    'contract',
    'doctor',
    'drift',
    'record',
    'export',
    'worker',
    'ledger',
  ];
  const program = createProgram({} as Terminal, () => undefined);
  const having = program.commands.filter(({ options }) =>
    options.some(({ long, description }) => long === '--site-url' && description.includes('$AUXFLOW_SITE_URL')),
  );
  expect(having.map((verb) => verb.name()).sort()).toEqual(verbs.sort());
});

test.each(['TERM', 'INT'])(
  'SIG%s is handed on, also to what the command has started; nothing is left',
  async (signal) => {
    const folder = temporaryFolder();
    const notes = path.join(folder, 'notes');
    // The grandchild is told because it is of the group, and one that does not listen is killed.
    const script = `sh -c 'trap "" TERM INT; echo $$ >> "$0"; while :; do sleep 0.1; done' "$1" &
    sleep 1000 & echo $! >> "$1"
    trap 'echo told >> "$1"; exit 5' ${signal}; while [ "$(wc -l < "$1")" -lt 2 ]; do :; done; echo ready; wait`;
    const { exitCode } = await runCli(['sandbox', '--', 'sh', '-c', script, 'sh', notes], {
      started: (child) => void child.stdout?.once('data', () => process.kill(child.pid ?? 0, `SIG${signal}`)),
    });
    const lines = readFileSync(notes, 'utf8').trimEnd().split('\n');
    expect([exitCode, lines.pop(), lines.map(Number).filter(isThere)]).toEqual([5, 'told', []]);
  },
);

test('a command that a signal ends: 128 + n; one that is not there: 2; what it left behind is ended', async () => {
  const killed = await sandboxWith('sleep 1000 > /dev/null 2>&1 & echo $!; kill -9 $$');
  const missing = await runCli(['sandbox', '--', 'auxflow-no-such-command']);
  expect([killed.exitCode, isThere(Number(killed.stdout))]).toEqual([137, false]);
  expect([missing.exitCode, missing.stdout, missing.stderr]).toEqual([
    2,
    '',
    expect.stringMatching(/auxflow-no-such-command[^]*ENOENT/),
  ]);
});
