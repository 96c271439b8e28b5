import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT, EXIT_OF } from '../../scripts/errors/exit-codes';
import { ROOT } from '../../scripts/lib/package-root';
import { drawTests } from '../helpers/draw-tests';
import { runCli } from '../helpers/run-cli';
import { HAS_REDIS } from '../helpers/with-redis';
import { HAS_S3, S3_PROGRAM } from '../helpers/with-s3';

const text = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const README = text('README.md');
const blocks = [...README.matchAll(/^```sh\n([^]*?)^```/gm)].map(([, block = '']) => block);

/** Named as the reference script spells them: -u, -pw. */
const SHORT = ['--user', '--password'];

/** What some commands need, and who has none of it is told by the helpers. */
const needsServers = (block: string): boolean => block.includes('with-servers.sh');
const runnable = blocks.filter((block) => !needsServers(block) || (HAS_REDIS && HAS_S3));

describe('the commands of README.md', () => {
  drawTests(3);

  test.each(runnable.map((block) => [block.split('\n')[0], block] as const))('%s …', async (_first, block) => {
    const script = `set -euo pipefail\n${block}`;
    const shell = spawn('bash', ['-c', script], {
      cwd: ROOT,
      env: { ...process.env, PATH: `${process.env.PATH ?? ''}:${path.dirname(S3_PROGRAM)}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [shell.stdout, shell.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const exitCode = await new Promise((resolve) => shell.on('close', resolve));
    expect([exitCode, output]).toEqual([0, expect.any(String)]);
  });
});

describe('README.md', () => {
  test('names the two lines that CI starts with', () => {
    for (const line of ['npm ci && npm start', 'npm ci && npm test']) {
      expect(README).toContain(`\`${line}\``);
      expect(text('.ci/run')).toContain(`\nstep '${line}'\n`);
    }
  });

  test('has every exit code', () => {
    const rows = [...README.matchAll(/^\| (\d[\d, ]*?) +\|/gm)].flatMap(([, codes = '']) =>
      codes.split(',').map(Number),
    );
    expect(rows.sort((a, b) => a - b)).toEqual(Object.values(EXIT).sort((a, b) => a - b));
  });

  test.each([
    ['run', 15],
    ['fetch', 15],
    ['doctor', 6],
    ['drift', 6],
    ['contract', 9],
  ])('has every option of auxflow %s', async (verb, count) => {
    const { stdout } = await runCli([verb, '--help']);
    const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, option = '']) => option);
    const missing = options.filter((option) => !['--help', ...SHORT].includes(option) && !README.includes(option));
    expect([options.length >= count, missing]).toEqual([true, []]);
  });
});

test('docs/errors.md has every error beside its exit code', () => {
  const rows = new Map(
    [...text('docs/errors.md').matchAll(/^\| (\d+) +\| ([A-Z0-9_, ]+)/gm)].map(([, code, names = '']) => [
      Number(code),
      names.split(/[, ]+/),
    ]),
  );
  const misplaced = Object.entries(EXIT_OF).filter(([error, code]) => !rows.get(code)?.includes(error));
  expect(misplaced).toEqual([]);
});
