import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../helpers/run-cli';

test('init fills an empty folder in which the verbs work, and overwrites nothing', async () => {
  const cwd = temporaryFolder();
  const { exitCode, stdout } = await runCli(['init'], { cwd });
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('auxflow.config.json')]);
  for (const line of stdout.split('\n').filter((name) => name.includes('.json')))
    expect([line, existsSync(path.join(cwd, line))]).toEqual([line, true]);
  const doctor = await runCli(
    ['doctor', '--env', 'environments/sandbox.postman_environment.json', '--no-store', '--log-file', 'log'],
    { cwd },
  );
  // The file holds no password.
  expect([doctor.exitCode, readFileSync(path.join(cwd, 'log'), 'utf8')]).toEqual([
    2,
    expect.stringMatching(/^\d{4}-.*Z /),
  ]);
  const config = path.join(cwd, 'auxflow.config.json');
  writeFileSync(config, '{"environment": "sandbox"}');
  const again = await runCli(['init'], { cwd });
  expect([again.exitCode, again.stderr]).toEqual([
    2,
    expect.stringContaining('collections, environments, auxflow.config.json'),
  ]);
  expect(readFileSync(config, 'utf8')).toBe('{"environment": "sandbox"}');
  const quiet = await runCli(['doctor', '--no-store', '-q', '--json'], { cwd });
  expect(JSON.parse(quiet.stdout)).toMatchObject({ type: 'diagnosis', version: 1 });
});
