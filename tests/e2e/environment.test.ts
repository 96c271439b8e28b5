import { expect, test } from 'vitest';
import { environmentFile } from '../helpers/environment-file';
import { SMALL_REQUEST } from '../helpers/campaign';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';

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
