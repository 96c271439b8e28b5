import { execFileSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { withLongOptions } from '../../scripts/cli/arguments';
import { logFile } from '../../scripts/cli/output/log-file';
import { loadDotEnv } from '../../scripts/cli/settings/dotenv';
import { nameList } from '../../scripts/cli/name-list';
import { readInputText } from '../../scripts/errors/read-input';
import { unpacking } from '../../scripts/lib/unpacking';
import { ROOT } from '../../scripts/lib/package-root';
import { readSite } from '../../scripts/services/site';
import { failureOf } from '../helpers/failure-of';
import { runCli, temporaryFolder } from '../helpers/run-cli';

function pipeIn(folder: string): string {
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  return pipe;
}

test.each([
  ['an endless device', () => '/dev/zero'],
  [
    'a sparse file of 600 MB',
    () => {
      const file = path.join(temporaryFolder(), 'sparse');
      writeFileSync(file, '');
      truncateSync(file, 600_000_000);
      return file;
    },
  ],
])('%s as an input of any kind is refused with its size', async (_what, make) => {
  const file = make();
  for (const read of [
    () => readInputText(file, 'CA file'),
    () => nameList(`@${file}`),
    () => readSite(file),
    () => {
      loadDotEnv({}, file);
    },
  ])
    expect(await failureOf(read)).toMatchObject({
      code: 'FILE_UNREADABLE',
      reason: expect.stringMatching(/^it is longer than \d+ bytes$/) as string,
    });
});

test('rows of an environment file that are nothing are passed over', async () => {
  const file = path.join(temporaryFolder(), 'odd.json');
  writeFileSync(file, JSON.stringify({ values: [null, 1, 'x', [], { key: 'site_url', value: 'http://127.0.0.1:9' }] }));
  expect(await failureOf(() => readSite(file))).toMatchObject({ code: 'FILE_MALFORMED' });
});

test('a pipe that nobody reads does not hold a run as its log', async () => {
  const pipe = pipeIn(temporaryFolder());
  expect(await failureOf(() => logFile(pipe))).toMatchObject({ code: 'TARGET_UNWRITABLE', reason: 'ENXIO' });
});

test('merge-reports of what is not a folder', async () => {
  const file = path.join(temporaryFolder(), 'file');
  writeFileSync(file, 'x');
  const { exitCode, stderr } = await runCli(['merge-reports', file]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('ENOTDIR')]);
});

test('a signal ends a process that waits for a pipe, and leaves nothing', async () => {
  const folder = temporaryFolder();
  const pipe = pipeIn(folder);
  const words = ['plan', '-m', 'S1SAR', '-su', 'A', '-pt', 'L1SLC', '-l0', `@${pipe}`];
  const started = (child: { kill(signal: NodeJS.Signals): boolean }): void => {
    // Opened when the process reads it.
    void open(pipe, 'w').then(async (writer) => {
      child.kill('SIGINT');
      await new Promise((resolve) => setTimeout(resolve, 3000));
      await writer.close();
    });
  };
  const { exitCode, stdout, stderr } = await runCli(words, { cwd: folder, started });
  expect([exitCode, stdout, stderr]).toEqual([null, '', '']);
});

test('a signal that comes before a file is read is heard after it', () => {
  const program = `
    process.once('SIGINT', () => console.log('heard'));
    process.kill(process.pid, 'SIGINT');
    require('./dist/errors/read-input').readInput('package.json', 'file');
    setTimeout(() => undefined, 200);`;
  expect(execFileSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf8' })).toBe('heard\n');
});

test.each(Object.getOwnPropertyNames(Object.prototype))('a word like %s means what it says', (word) => {
  expect(withLongOptions([word, '-su', word])).toEqual([word, '--unit', word]);
  expect(unpacking(word)).toBeUndefined();
});
