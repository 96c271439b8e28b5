import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/package-root';
import { sampleOf } from '../helpers/budget';
import { createForwarder } from '../helpers/create-forwarder';
import { drawTests } from '../helpers/draw-tests';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(6);

const NEWMAN = path.join(ROOT, 'node_modules', 'newman', 'bin', 'newman.js');
const WORKFLOW = 'reprocessing-workflow';
const CONTRACT = 'service-contract';

/** `newman run` from its own command line, as somebody does who never heard of auxflow. */
function newman(
  environment: 'sandbox' | 'production',
  variables: Record<string, string>,
  words: string[] = [],
  name = WORKFLOW,
): Promise<{ exitCode: number | null; output: string }> {
  const file = path.join(ROOT, 'environments', `${environment}.postman_environment.json`);
  const collection = path.join(ROOT, 'collections', `${name}.postman_collection.json`);
  const values = Object.entries(variables).flatMap(([name, value]) => ['--env-var', `${name}=${value}`]);
  const child = spawn(process.execPath, [
    NEWMAN,
    'run',
    collection,
    '-e',
    file,
    ...values,
    ...words,
    '--color',
    'off',
    '--disable-unicode',
  ]);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, output })));
}

const account = { username: 'user', password: 'password' };

test.each(sampleOf(['sandbox', 'production'] as const, 1))(
  'the collection passes in plain newman with the %s environment',
  async (environment) => {
    const sandbox = await withSandbox();
    const { exitCode, output } = await newman(environment, { site_url: sandbox.siteUrl, ...account });
    expect([exitCode, output]).toEqual([0, expect.stringMatching(/assertions \| +[1-9]\d+ \| +0 \|/)]);
    expect(output).not.toMatch(/Send and Download/);
    const looked = sandbox.requests.filter(({ url }) => url.endsWith('/$value')).length;
    expect(looked).toBe(environment === 'sandbox' ? 5 : 1);
  },
);

test('a wrong password is red, and says what to do', async () => {
  const sandbox = await withSandbox();
  const { exitCode, output } = await newman('sandbox', { site_url: sandbox.siteUrl, ...account, password: 'wrong' });
  expect([exitCode, output]).toEqual([1, expect.stringMatching(/user name or password refused/)]);
});

test('an expired token is recognised by its login redirect', async () => {
  const sandbox = await withSandbox();
  const { exitCode, output } = await newman('sandbox', { site_url: sandbox.siteUrl, access_token: 'expired' });
  expect([exitCode, output]).toEqual([1, expect.stringMatching(/led to the login page: get a new token \(folder 0\)/)]);
});

test('a run that asks for nothing is not green', async () => {
  const sandbox = await withSandbox();
  const nothing = { l0_names: '', start: '', stop: '' };
  const { exitCode, output } = await newman('sandbox', { site_url: sandbox.siteUrl, ...account, ...nothing });
  expect([exitCode, output]).toEqual([1, expect.stringMatching(/Level-0 names or a sensing interval are given/)]);
});

test('a mission that does not fit is noticed although the service answers 200', async () => {
  const sandbox = await withSandbox();
  const { exitCode, output } = await newman('sandbox', {
    site_url: sandbox.siteUrl,
    ...account,
    mission: 'S1SAR',
    start: '',
    stop: '',
  });
  expect([exitCode, output]).toEqual([1, expect.stringMatching(/Every Level-0 product has auxiliary files/)]);
});

test('a file that cannot be had does not end the walk, and "Send and Download" is left alone', async () => {
  const sandbox = await withSandbox({ scenario: 'value-429' });
  const { exitCode, output } = await newman('sandbox', { site_url: sandbox.siteUrl, ...account });
  expect([exitCode, output]).toEqual([1, expect.stringMatching(/Status is 302: the file lies in the object store/)]);
  const values = sandbox.requests.filter(({ url }) => url.endsWith('/$value'));
  expect([values.length, new Set(values.map(({ url }) => url)).size]).toEqual([5, 5]);
  expect(output).not.toMatch(/Send and Download/);
});

test('an empty baseline: folder 2 says that it has nothing, and asks for nothing', async () => {
  const sandbox = await withSandbox({ scenario: 'empty-baseline' });
  const { exitCode, output } = await newman('sandbox', { site_url: sandbox.siteUrl, ...account });
  expect([exitCode, output]).toEqual([1, expect.stringMatching(/Every Level-0 product has auxiliary files/)]);
  expect(output).toMatch(/A link of the data baseline is at hand/);
  expect(sandbox.requests.filter(({ url }) => url.includes('/Products'))).toEqual([]);
});

test('"Send and Download" follows the redirect as the app does, and the token stays behind', async () => {
  const sandbox = await withSandbox();
  const link = `${sandbox.siteUrl}/auxip.svc/Products(cca2209c-cc89-483f-9346-08aa624c602d)/$value`;
  const variables = { site_url: sandbox.siteUrl, ...account, file_link: link };
  const { exitCode, output } = await newman('sandbox', variables, [
    '--folder',
    'Get a token',
    '--folder',
    'Send and Download',
  ]);
  expect([exitCode, output]).toEqual([0, expect.stringMatching(/Send and Download\n +GET [^[]*\[200 OK/)]);
  const atStore = sandbox.requests.filter(({ origin }) => origin === 'store');
  expect(atStore.map(({ status, headers }) => [status, headers.authorization])).toEqual([[200, undefined]]);
});

/** Folders of the contract that between them sign in, read samples, follow links and ask every service. */
const SOME = ['Token endpoint', 'rdb.svc baselines', 'Selection rules', 'Downloads'].flatMap((folder) => [
  '--folder',
  folder,
]);

test('the contract passes in plain newman; the sandbox with a defect does not', async () => {
  const healthy = await withSandbox();
  // One sample of the selection rules; all of them are in tests/e2e/contract.test.ts.
  const sample = { selection_samples: 'S3OLCI A L2LFR 2024-03-01T10:00:00Z/2024-03-01T11:00:00Z' };
  const green = await newman('sandbox', { site_url: healthy.siteUrl, ...account, ...sample }, SOME, CONTRACT);
  expect([green.exitCode, green.output]).toEqual([0, expect.stringMatching(/assertions \| +[1-9]\d\d+ \| +0 \|/)]);
  const ill = await withSandbox({ mutant: 'link-of-next-file' });
  const red = await newman('sandbox', { site_url: ill.siteUrl, ...account }, SOME.slice(2, 4), CONTRACT);
  expect([red.exitCode, red.output]).toEqual([
    1,
    expect.stringMatching(/are in the catalogue under the ids of their links/),
  ]);
});

test('the environment of production keeps the contract polite, and without the accounts of a sandbox', async () => {
  const sandbox = await withSandbox();
  const folders = ['--folder', 'Gateway and roles'];
  const ran = await newman('production', { site_url: sandbox.siteUrl, ...account }, folders, CONTRACT);
  expect([ran.exitCode, ran.output]).toEqual([0, expect.stringMatching(/assertions \| +[1-9]\d+ \| +0 \|/)]);
  expect(sandbox.requests.filter(({ url }) => /count|Subscriptions|Metrics|\/sandbox\//i.test(url))).toEqual([]);
  expect(ran.output).toMatch(/reporting_username, reporting_password not known/);
});

test('no cookie goes to the store, although it is on the same machine as the site', async () => {
  const sandbox = await withSandbox();
  const site = await createForwarder(sandbox.siteUrl, (_request, answer) => ({
    ...answer,
    headers: { ...answer.headers, 'set-cookie': 'KEYCLOAK_SESSION=canary-cookie; Path=/' },
    body: answer.body.replaceAll(sandbox.siteUrl, siteOnStoresHost()),
  }));
  // Cookies know hosts, not ports.
  const siteOnStoresHost = (): string => site.origin.replace('127.0.0.1', 'localhost');
  const siteUrl = siteOnStoresHost();
  const { exitCode, output } = await newman('sandbox', { site_url: siteUrl, ...account, download_limit: '1' });
  expect(output).toMatch(/No token and no cookie went to the store/);
  const atStore = sandbox.requests.filter(({ origin }) => origin === 'store');
  expect([exitCode === null, atStore.length > 0, atStore.filter(({ headers }) => headers.cookie)]).toEqual([
    false,
    true,
    [],
  ]);
});

const REFUSED = ['http://0.0.0.0:1', 'http://[::ffff:7f00:1]:1', 'http://user:pw@127.0.0.1:1', 'ftp://127.0.0.1:1'];

test.each(sampleOf(REFUSED, 1))('an address of the store at %s is a failed check, and not asked', async (origin) => {
  const sandbox = await withSandbox();
  const site = await createForwarder(sandbox.siteUrl, (request, answer) => ({
    ...answer,
    headers: { ...answer.headers, ...(request.url.endsWith('/$value') ? { location: `${origin}/auxip/x/y` } : {}) },
    body: answer.body.replaceAll(sandbox.siteUrl, site.origin),
  }));
  const { exitCode, output } = await newman('sandbox', { site_url: site.origin, ...account, download_limit: '1' });
  expect([exitCode, output]).toEqual([
    1,
    expect.stringMatching(/The address may be asked: https, or http to this machine/),
  ]);
  expect(output).not.toMatch(/First KiB from the store\n +GET/);
  expect(output).toMatch(/not asked/);
});
