import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/package-root';
import { SMALL_REQUEST } from '../helpers/campaign';
import { drawTests } from '../helpers/draw-tests';
import { BIN, placesIn, runCli, temporaryFolder } from '../helpers/run-cli';

drawTests(2);

/** Makes Node tell on standard error each module that a process loads. */
function tellModules(folder: string): Record<string, string> {
  const file = path.join(folder, 'tell-modules.js');
  writeFileSync(
    file,
    `process.on('exit', () => require('node:fs').writeSync(2, Object.keys(require.cache).join('\\n')));`,
  );
  return { NODE_OPTIONS: `--require="${file}"` };
}

test('asking for the version loads nothing but the version', async () => {
  const { stdout, stderr } = await runCli(['--version'], { environment: tellModules(temporaryFolder()) });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(stderr.match(/node_modules/)).toBeNull();
  expect(stderr.split('\n').length).toBeLessThan(6);
});

test('help needs no Newman, no reporter, no schema and no compiler', async () => {
  const { stdout, stderr } = await runCli(['--help'], { environment: tellModules(temporaryFolder()) });
  expect(stdout).toContain('fetch');
  expect(stderr).toContain('commander');
  expect(stderr).not.toMatch(/node_modules\/(newman|postman|ajv|undici|typescript|ts-node|esbuild|@swc)|schemas\/json/);
});

test('it works without HOME, and from a read-only folder with blanks and umlauts in its path', async () => {
  const folder = path.join(temporaryFolder(), 'mit Umläuten und Leerzeichen');
  for (const part of ['dist', 'schemas', 'collections', 'environments', 'package.json'])
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  chmodSync(folder, 0o555);
  const words = ['contract', '--folder', 'rdb.svc known', '--reports', temporaryFolder()];
  const environment = { HOME: '/nonexistent', XDG_CACHE_HOME: '', XDG_STATE_HOME: '' };
  const result = await runCli(words, { environment, bin: path.join(folder, 'dist', 'cli', 'main.js') });
  chmodSync(folder, 0o755);
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
});

test('a reader that goes away is no fault', async () => {
  const listed = await runCli(['sandbox', '--list-mutants'], { started: ({ stdout }) => stdout?.destroy() });
  expect(listed).toMatchObject({ exitCode: 0, stderr: '' });
});

test('a reader that goes away in the middle of a run ends it, and not as if all were well', async () => {
  const words = ['run', ...SMALL_REQUEST, ...placesIn(temporaryFolder())];
  const { exitCode, stderr } = await runCli(words, {
    started: ({ stdout }) => void stdout?.once('data', () => stdout.destroy()),
  });
  expect([exitCode, stderr]).toEqual([141, expect.stringMatching(/^(Stopped: standard output was closed[.][^]*)?$/)]);
});

test.skipIf(!existsSync('/dev/full')).each([['completion', 'bash'], ['--version']])(
  'a full disk below standard output is no success: %s',
  async (...words) => {
    const line = ['-c', '"$@" > /dev/full', 'sh', process.execPath, BIN, ...words];
    const ended = await promisify(execFile)('sh', line).catch((error: unknown) => error);
    expect(ended).toMatchObject({ code: 2, stderr: expect.not.stringContaining('    at ') as string });
  },
);
