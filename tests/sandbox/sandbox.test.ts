import { afterEach, describe, expect, it, test } from 'vitest';
import { Failure } from '../../scripts/errors/errors';
import { startSandbox, type Sandbox } from '../../scripts/sandbox/sandbox';
import { withSandbox } from '../helpers/with-sandbox';
import { CONTROL_HEADERS } from '../helpers/order-sandbox';
import { rawRequest } from './raw-request';

describe('startSandbox', () => {
  const running: Sandbox[] = [];
  const start = async (...options: Parameters<typeof startSandbox>) => {
    const sandbox = await startSandbox(...options);
    running.push(sandbox);
    return sandbox;
  };
  afterEach(async () => {
    await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
  });

  it('listens on two free ports of loopback', async () => {
    const { siteUrl, storeUrl } = await start();
    expect(siteUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(storeUrl).toMatch(/^http:\/\/localhost:\d+$/);
    expect(siteUrl).not.toBe(storeUrl);
  });

  it.each(['port', 'storePort'] as const)('says when %s is taken, and leaves nothing running', async (option) => {
    const port = Number(new URL((await start()).siteUrl).port);
    const failure = await startSandbox({ [option]: port }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).detail).toEqual({ code: 'PORT_IN_USE', port });
  });

  it('refuses an unknown scenario', async () => {
    await expect(startSandbox({ scenario: 'no-such' })).rejects.toMatchObject({ detail: { code: 'USAGE' } });
  });

  it('frees its ports when closed, also with connections open', async () => {
    const sandbox = await startSandbox();
    await rawRequest(sandbox.siteUrl, '/x');
    await sandbox.close();
    await expect(rawRequest(sandbox.siteUrl, '/x')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('records what was asked, of both origins, with headers and status', async () => {
    const sandbox = await start();
    await rawRequest(sandbox.siteUrl, '/nowhere?a=%20', { headers: { 'X-Probe': '1' } });
    await rawRequest(sandbox.storeUrl, '/auxip/x/y', { method: 'HEAD' });
    expect(sandbox.requests.map(({ origin, method, url, status }) => ({ origin, method, url, status }))).toEqual([
      { origin: 'site', method: 'GET', url: '/nowhere?a=%20', status: 404 },
      { origin: 'store', method: 'HEAD', url: '/auxip/x/y', status: 403 },
    ]);
    expect(sandbox.requests[0]!.headers['x-probe']).toBe('1');
  });
});

describe('control endpoint', () => {
  it('switches scenarios and hands out the record, and is no part of the services', async () => {
    const sandbox = await startSandbox();
    const control = (path: string, method = 'GET', body?: string) =>
      rawRequest(sandbox.siteUrl, path, { method, body, headers: CONTROL_HEADERS });
    expect((await control('/sandbox/scenario')).body).toBe('{"scenario":"healthy"}');
    expect((await control('/sandbox/scenario', 'PUT', 'wrong-md5:2+slow-stream@1000')).status).toBe(204);
    expect((await control('/sandbox/scenario')).body).toBe('{"scenario":"wrong-md5:2+slow-stream@1000"}');
    expect((await control('/sandbox/scenario', 'PUT', 'nonsense')).status).toBe(400);
    await control('/rdb.svc/../sandbox/scenario', 'PUT', 'lost-object');
    await control('/auxip.svc//sandbox/scenario', 'PUT', 'lost-object');
    expect((await control('/sandbox/scenario')).body).toContain('wrong-md5');
    const record = JSON.parse((await control('/sandbox/requests')).body) as { url: string }[];
    expect(record.map(({ url }) => url)).toEqual(['/rdb.svc/../sandbox/scenario', '/auxip.svc//sandbox/scenario']);
    expect((await control('/sandbox/requests', 'DELETE')).status).toBe(204);
    expect(sandbox.requests).toEqual([]);
    expect((await control('/sandbox/elsewhere')).status).toBe(404);
    await sandbox.close();
  });
});

test('a request that a page could send across origins is no order', async () => {
  const sandbox = await withSandbox({ clock: () => Date.UTC(2031, 0, 1) });
  const { siteUrl } = sandbox;
  await rawRequest(siteUrl, '/nowhere');
  const [wrong] = Object.keys(CONTROL_HEADERS).map((name) => ({ [name]: 'x' }));
  for (const headers of [{}, wrong, { origin: 'https://page.example', 'content-type': 'text/plain' }])
    for (const [method, what] of ORDERS) {
      const answer = await rawRequest(siteUrl, `/sandbox/${what}`, { method, headers, body: '90' });
      expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('X-Auxflow-Sandbox: control')]);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  // Nothing came of them; and a browser that asks first is not told that it may.
  expect(sandbox.requests.map(({ url }) => url)).toContain('/nowhere');
  expect((await fetch(siteUrl)).headers.get('date')).toBe('Wed, 01 Jan 2031 00:00:00 GMT');
  const preflight = await rawRequest(siteUrl, '/sandbox/clock', { method: 'OPTIONS' });
  expect([preflight.status, preflight.headers['access-control-allow-headers']]).toEqual([403, undefined]);
});

const ORDERS = [
  ['PUT', 'clock'],
  ['POST', 'clock'],
  ['PUT', 'scenario'],
  ['PUT', 'mutant'],
  ['DELETE', 'requests'],
  ['GET', 'requests'],
  ['GET', 'scenario'],
] as const;

test('a page whose name leads here is refused, whatever it asks for', async () => {
  const sandbox = await withSandbox();
  for (const url of ['/sandbox/requests', '/auxip.svc/Products', '/sandbox/scenario']) {
    const answer = await rawRequest(sandbox.siteUrl, url, { headers: { ...CONTROL_HEADERS, host: 'rebound.example' } });
    expect(answer.status).toBe(421);
  }
  const { port } = new URL(sandbox.siteUrl);
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, '[::1]'])
    expect(
      (await rawRequest(sandbox.siteUrl, '/sandbox/scenario', { headers: { ...CONTROL_HEADERS, host } })).status,
    ).toBe(200);
});
