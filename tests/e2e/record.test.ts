import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { recordingOfFolder } from '../../scripts/fidelity/recordings';
import { replay } from '../../scripts/fidelity/replay';
import { parsePairs } from '../../scripts/lib/recorded-pair';
import { costsOf } from '../../scripts/services/request-costs';
import { TOKEN_PATH } from '../../scripts/services/services';
import { createForwarder } from '../helpers/create-forwarder';
import { drawTests } from '../helpers/draw-tests';
import { runCli, temporaryFolder } from '../helpers/run-cli';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';
import { environmentFile } from '../helpers/environment-file';

drawTests(4);

function textsOf(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
}

test('what is recorded of a sandbox is what a sandbox answers, is no drift, and cost nothing', async () => {
  const sandbox = await withSandbox();
  const folder = temporaryFolder();
  const recorded = await runCli(['record', '--site-url', sandbox.siteUrl, '--out', folder]);
  expect([recorded.exitCode, recorded.stderr]).toEqual([0, '']);
  expect(recorded.stdout).toMatch(/Recorded 43 answers without secrets: 35 × 200, 1 × 302, 5 × 400, 2 × 404\./);

  const asked = sandbox.requests.filter(({ url }) => !url.includes(TOKEN_PATH));
  expect(asked.every(({ method, headers }) => method === 'GET' && /^auxflow\//.test(headers['user-agent'] ?? ''))).toBe(
    true,
  );
  expect(asked.flatMap(({ url, status }) => costsOf({ url, status, location: '/auth/realms/' }))).toEqual([]);
  expect(sandbox.requests.filter(({ url }) => url.includes(TOKEN_PATH)).length).toBe(1);

  const replayed = await replay(await recordingOfFolder(folder));
  expect(replayed.length).toBe(43);
  expect(replayed.filter(({ verdict }) => verdict.outcome === 'different')).toEqual([]);

  const drift = await runCli(['drift', '--recorded', folder]);
  expect([drift.exitCode, drift.stderr]).toEqual([0, '']);
  expect(drift.stdout).toContain('Nothing changed: 10 answers as schemas/ say.');
});

test('--intrusive and --value ask for what costs something, and the address of a file is no credential any more', async () => {
  const folder = temporaryFolder();
  const { exitCode, stdout } = await runCli(['record', '--out', folder, '--intrusive', '--value']);
  expect([exitCode, stdout.match(/Recorded \d+ answers/)?.[0]]).toEqual([0, 'Recorded 51 answers']);
  const replayed = await replay(await recordingOfFolder(folder));
  const costly = replayed.filter(({ request }) => /\$count|\$value/.test(request.path));
  expect(costly.map(({ request, verdict }) => [request.path.replace(/\(.*\)/, ''), verdict.outcome])).toEqual([
    ['/auxip.svc/Products?$orderby=Id&$top=1&$count=true', 'equal'],
    ['/auxip.svc/Products/$count', 'equal'],
    ['/auxip.svc/Products/$value', 'normalised'],
  ]);
  expect(replayed.filter(({ verdict }) => verdict.outcome === 'different')).toEqual([]);
  expect(textsOf(folder)).toContain('X-Amz-Signature=***');
  expect(textsOf(folder)).not.toMatch(/X-Amz-(?:Signature|Credential|Date)=[^*]/);
});

test('no secret is written, wherever it turns up', async () => {
  const sandbox = await withSandbox();
  const form = new URLSearchParams({ grant_type: 'password', client_id: 'reprocessing-preparation' });
  form.append('username', 'user');
  form.append('password', 'password');
  const tokens = await (await fetch(`${sandbox.siteUrl}${TOKEN_PATH}`, { method: 'POST', body: form })).text();
  const { access_token: token } = JSON.parse(tokens) as { access_token: string };
  const [account, password, cookie] = ['jane.doe@agency.example', 'correct-horse-battery', 'f00dcafe8badf00d'];
  const others = '<max.muster@agency.example> {"preferred_username":"erika","family_name": "Muster-Frau"}';
  const signed = 'https://store.example/b/k?X-Amz-Signature=0123456789abcdef&X-Amz-Credential=AKIAXX%2F2024';
  const site = await createForwarder(sandbox.siteUrl, ({ url }, answer) => {
    if (url.includes(TOKEN_PATH)) return { status: 200, headers: { 'content-type': 'application/json' }, body: tokens };
    const said = `${account} Bearer ${token} ${token} ${password} ${cookie} ${signed} ${others}`;
    const headers = { ...answer.headers, 'set-cookie': `SESSION=${cookie}; Path=/`, 'x-user': account };
    return { ...answer, headers, body: `${answer.body} ${said}` };
  });
  const folder = temporaryFolder();
  const environment = { ADG_USER: account, ADG_PASSWORD: password };
  const result = await runCli(['record', '--site-url', site.origin, '--out', folder], { environment });
  expect(result.exitCode).toBe(0);
  const written = textsOf(folder) + result.stdout + result.stderr;
  const [, payload = '', signature = ''] = token.split('.');
  for (const secret of [
    account,
    password,
    cookie,
    token,
    payload,
    signature,
    '0123456789abcdef',
    'AKIAXX',
    'SESSION=',
    'max.muster',
    'erika',
    'Frau',
  ])
    expect(written).not.toContain(secret);
  expect(parsePairs(readFileSync(path.join(folder, 'auxip.json'), 'utf8'), 'auxip.json')[0]?.answer.body).toContain(
    '*** Bearer *** ***',
  );
});

test('roots of another path are recorded under the public one; a service in trouble is left alone, what came is kept', async () => {
  const sandbox = await withSandbox();
  const site = await createForwarder(sandbox.siteUrl, ({ url }, answer) =>
    url.includes('/auxip.svc/') ? { status: 503, headers: {}, body: '<html>503</html>' } : answer,
  );
  const folder = temporaryFolder();
  const values = { site_url: sandbox.siteUrl, auxip_root_uri: `${site.origin}/auxip.svc`, sandbox_control: '' };
  const words = ['record', '--env', environmentFile(temporaryFolder(), values), '--out', folder, '--pace', '1000'];
  const result = await runCli(words, { environment: ACCOUNT });
  expect(result.exitCode).toBe(5);
  expect(site.requests.length).toBe(3);
  const written = readdirSync(folder).flatMap((name) =>
    parsePairs(readFileSync(path.join(folder, name), 'utf8'), name),
  );
  const services = written.map(({ request }) => request.path.split('/')[1]);
  expect([...new Set(services)]).toEqual(['rdb.svc', 'reprocessing.svc']);
  const drift = await runCli(['drift', '--recorded', folder]);
  expect(drift.stdout).toMatch(/has no answer to 3 of the 10 requests of drift/);
  expect(drift.exitCode).toBe(0);
});

test('drift of a folder that holds no pairs', async () => {
  const folder = temporaryFolder();
  const empty = await runCli(['drift', '--recorded', folder]);
  expect([empty.exitCode, empty.stderr]).toEqual([1, expect.stringContaining('none of the answers of drift')]);
  const missing = await runCli(['drift', '--recorded', path.join(folder, 'nowhere')]);
  expect([missing.exitCode, missing.stderr]).toEqual([2, expect.stringContaining('folder of recorded pairs')]);
});
