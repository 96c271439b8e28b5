import { afterEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../scripts/sandbox/sandbox';
import { logIn } from './log-in';
import { rawRequest } from './raw-request';

describe('gateway (access.md#gateway, rdb.md#length-of-a-request)', () => {
  let sandbox: Sandbox;
  afterEach(() => sandbox.close());
  const get = (target: string, headers: Record<string, string> = {}) =>
    rawRequest(sandbox.siteUrl, target, { headers });
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

  it.each([
    ['no token', {}],
    ['garbage', { Authorization: 'Bearer garbage' }],
    ['a token that another key signed', { Authorization: `Bearer ${unsigned()}` }],
  ])('sends %s to the login page, which answers 200', async (_case, headers) => {
    sandbox = await startSandbox();
    const { status, headers: sent } = await get('/auxip.svc/Products', headers);
    expect(status).toBe(302);
    expect(sent['www-authenticate']).toBeUndefined();
    expect(sent['set-cookie']?.[0]).toMatch(/^session=/);
    expect(sent['cache-control']).toBe('no-cache, no-store, max-age=0');
    const location = new URL(sent.location!);
    expect(location.pathname).toBe('/auth/realms/reprocessing-preparation/protocol/openid-connect/auth');
    expect(location.searchParams.get('redirect_uri')).toBe(`${sandbox.siteUrl}/auxip.svc/Products/`);
    const page = await get(location.pathname + location.search);
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html;charset=utf-8']);
  });

  it('notices that a token expired', async () => {
    let now = Date.UTC(2024, 2, 1);
    sandbox = await startSandbox({ clock: () => now, tokenSeconds: 3 });
    const { access_token: token } = await logIn(sandbox.siteUrl);
    expect((await get('/auxip.svc/', bearer(token))).status).toBe(200);
    now += 3000;
    expect((await get('/auxip.svc/', bearer(token))).status).toBe(302);
  });

  it('lets refresh and id tokens pass, and auxip.svc fails for want of roles in them', async () => {
    sandbox = await startSandbox();
    const {
      access_token: access,
      refresh_token: refresh,
      id_token: id,
    } = await logIn(sandbox.siteUrl, 'user', 'openid');
    for (const token of [refresh, id!]) {
      const { status, body } = await get('/auxip.svc/Products?$top=1', bearer(token));
      expect([status, body.slice(0, 22)]).toEqual([500, '{"error":{"code":null,']);
      expect((await get('/rdb.svc/', bearer(token))).status).toBe(200);
      expect((await get('/odata/v1/Products?$top=1', bearer(token))).status).toBe(401);
      expect((await get('/auxip.svc/', bearer(`${token}x`))).status).toBe(302);
    }
    expect((await get('/odata/v1/Products?$top=1', bearer(access))).status).toBe(200);
  });

  it('answers 401 instead where it is switched to bearer-only', async () => {
    sandbox = await startSandbox({ gatewayMode: 'bearer-only' });
    const none = await get('/rdb.svc/');
    expect([none.status, none.body]).toEqual([401, 'no Authorization header found']);
    expect(none.headers['www-authenticate']).toBe(
      'Bearer realm="reprocessing-preparation",error="no Authorization header found"',
    );
    expect((await get('/rdb.svc/', { Authorization: 'Bearer x' })).body).toBe('invalid token');
  });

  it('knows roles: operator sees metrics, user sees products, nobody sees neither', async () => {
    sandbox = await startSandbox();
    const statusOf = async (username: string, target: string) =>
      (await get(target, bearer((await logIn(sandbox.siteUrl, username)).access_token))).status;
    expect(await statusOf('user', '/auxip.svc/Products?$top=1')).toBe(200);
    expect(await statusOf('user', '/auxip.svc/Metrics')).toBe(401);
    expect(await statusOf('operator', '/auxip.svc/Metrics')).toBe(200);
    expect(await statusOf('nobody', '/auxip.svc/Products')).toBe(401);
    expect(await statusOf('nobody', '/rdb.svc/$metadata')).toBe(200);
  });

  it('has no route for the rest, and limits the request line', async () => {
    sandbox = await startSandbox();
    const none = await get('/elsewhere');
    expect([none.status, none.body]).toEqual([404, '{"message":"no Route matched with those values"}']);
    expect((await get('/auxip.svcx')).status).toBe(404);
    const long = await get(`/auxip.svc/Products?x=${'x'.repeat(8200)}`);
    expect([long.status, long.headers['content-type']]).toEqual([414, 'text/html']);
    const { access_token: token } = await logIn(sandbox.siteUrl);
    const names = await get(`/rdb.svc/getReprocessingDataBaseline(l0_names='${'x'.repeat(8200)}')`, bearer(token));
    expect([names.status, names.headers['content-type']]).toEqual([400, 'text/html;charset=utf-8']);
  });

  it('answers OPTIONS by itself and adds the headers of the outer proxy to GET', async () => {
    sandbox = await startSandbox();
    const options = await rawRequest(sandbox.siteUrl, '/auxip.svc/Products', { method: 'OPTIONS' });
    expect([options.status, options.headers['access-control-allow-origin']]).toEqual([200, '*']);
    expect((await get('/auxip.svc/Products')).headers['access-control-allow-origin']).toBe('*');
  });
});

function unsigned(): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ typ: 'Bearer', exp: 9_999_999_999 })}.`;
}
