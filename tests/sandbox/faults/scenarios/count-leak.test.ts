import { expect, test } from 'vitest';
import { withSandbox } from '../../../helpers/with-sandbox';
import { logIn } from '../../log-in';

const EMPTY = [500, expect.stringContaining('Unable to acquire JDBC Connection')];

async function poolOf(size: number) {
  const { siteUrl } = await withSandbox({ scenario: `count-leak@${size}`, connectionSeconds: 0 });
  const { access_token: token } = await logIn(siteUrl);
  return async (path: string, method = 'GET'): Promise<readonly [number, string]> => {
    const answer = await fetch(siteUrl + path, { method, headers: { Authorization: `Bearer ${token}` } });
    return [answer.status, await answer.text()];
  };
}

test.each([
  ['/auxip.svc/Products?$top=1&$count=true', 200],
  ['/auxip.svc/Products?$top=1&%24count=true', 200],
  ['/auxip.svc/Products/$count', 501],
  ['/auxip.svc/Products/%24count', 501],
  ['/auxip.svc/Subscriptions?$top=0', 200],
  ['/auxip.svc/Metrics', 401],
])('%s takes a connection for ever', async (path, status) => {
  const ask = await poolOf(2);
  expect([(await ask(path))[0], (await ask(path))[0]]).toEqual([status, status]);
  for (const any of ['/auxip.svc/Products?$top=1', '/auxip.svc/', path])
    expect([any, await ask(any)]).toEqual([any, EMPTY]);
});

test.each(['/auxip.svc/Products?$top=1', '/auxip.svc/Products?$top=1&$count=false', '/auxip.svc/$metadata'])(
  '%s takes none',
  async (path) => {
    const ask = await poolOf(1);
    for (let time = 0; time < 3; time += 1) expect((await ask(path))[0]).toBe(200);
  },
);

test('the other services, and those without a token, are not concerned', async () => {
  const ask = await poolOf(1);
  await ask('/auxip.svc/Products?$top=1&$count=true');
  expect((await ask('/reprocessing.svc/AuxTypes?$top=1'))[0]).toBe(200);
  expect((await ask('/rdb.svc/'))[0]).toBe(200);
  expect(await ask('/auxip.svc/')).toEqual(EMPTY);
});

test('only a restart helps: setting the scenario again is one', async () => {
  const sandbox = await withSandbox({ scenario: 'count-leak@0', connectionSeconds: 0 });
  const { access_token: token } = await logIn(sandbox.siteUrl);
  const headers = { Authorization: `Bearer ${token}` };
  const status = async (): Promise<number> => (await fetch(`${sandbox.siteUrl}/auxip.svc/`, { headers })).status;
  expect(await status()).toBe(500);
  sandbox.setScenario('count-leak@1');
  expect(await status()).toBe(200);
});
