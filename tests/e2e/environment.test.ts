import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { drawTests } from '../helpers/draw-tests';
import { environmentFile } from '../helpers/environment-file';
import { SMALL_REQUEST } from '../helpers/campaign';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(4);

test('user and password of the environment file are used, and its addresses in any spelling', async () => {
  const { siteUrl } = await withSandbox();
  const folder = temporaryFolder();
  const values = { site_url: `${siteUrl.replace('http:', 'HTTP:')}/\n`, username: 'user', password: 'password' };
  const words = ['run', '--env', environmentFile(folder, values), ...SMALL_REQUEST, '--download-limit', '1'];
  const { exitCode, stdout } = await runCli([...words, ...placesIn(folder)]);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('1 verified')]);
});

test('ADG_USER and ADG_PASSWORD come before those of the file', async () => {
  const { siteUrl } = await withSandbox();
  const folder = temporaryFolder();
  const file = environmentFile(folder, { site_url: siteUrl, username: 'user', password: 'wrong' });
  const environment = { ADG_USER: 'user', ADG_PASSWORD: 'password' };
  const { exitCode } = await runCli(['doctor', '--no-store', '--env', file], { environment });
  expect(exitCode).toBe(0);
});

test('.env, a password file and auxflow.config.json of the working folder are used; a mistyped key is exit code 2', async () => {
  const { siteUrl } = await withSandbox();
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'secret'), 'password\n');
  writeFileSync(path.join(cwd, '.env'), 'ADG_USER=user\nADG_PASSWORD_FILE=secret\nAUXFLOW_ENV=local\n');
  environmentFile(cwd, { site_url: siteUrl });
  const config = path.join(cwd, 'auxflow.config.json');
  writeFileSync(config, JSON.stringify({ profiles: { local: { environment: 'changed.postman_environment.json' } } }));
  const { exitCode, stdout } = await runCli(['doctor', '--no-store'], { cwd });
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining(siteUrl)]);
  writeFileSync(config, '{"enviroment": "production"}');
  const refused = await runCli(['doctor', '--no-store'], { cwd });
  expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('did you mean "environment"?')]);
});
