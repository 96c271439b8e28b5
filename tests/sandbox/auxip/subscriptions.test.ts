import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../../scripts/sandbox/sandbox';
import { rawRequest } from '../raw-request';
import { tinyCatalogue } from '../tiny-catalogue';
import { unsignedToken } from '../../../scripts/fidelity/unsigned-token';

const AUTHORIZATION = `Bearer ${unsignedToken('user', ['download'])}`;
const PRODUCT = {
  Id: '0fc282fc-4a00-417f-b77c-4e851440105a',
  Name: 'S2A_OPER_GIP_NEW',
  ContentType: 'application/octet-stream',
  ContentLength: 10,
  OriginDate: '2015-06-05T09:47:42Z',
  PublicationDate: '2021-03-04T11:44:30.180942Z',
  EvictionDate: '2123-08-19T11:44:30.180927Z',
  Checksum: [{ ChecksumDate: '2021-03-04T11:44:30.18Z', Algorithm: 'md5', Value: '3f' }],
  ContentDate: { Start: '2015-06-22T00:00:00Z', End: '2100-01-01T00:00:00Z' },
  Attributes: [
    { Name: 'productType', ValueType: 'String', Value: 'GIP_NEW' },
    { Name: 'processingDate', ValueType: 'DateTimeOffset', Value: '2015-06-05T09:47:42.500Z' },
  ],
};

describe('subscriptions and posted products (auxip.md#writing, auxip.md#subscriptions)', () => {
  let sandbox: Sandbox;
  let listener: Server;
  let endpoint: string;
  const notes: { authorization: string | undefined; body: Record<string, unknown> }[] = [];
  beforeEach(async () => {
    notes.length = 0;
    sandbox = await startSandbox({
      gatewayMode: 'off',
      catalogue: tinyCatalogue({}),
      clock: () => Date.UTC(2024, 2, 1, 12, 0, 0, 500),
    });
    listener = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
        notes.push({ authorization: request.headers.authorization, body });
        response.end();
      });
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`;
  });
  afterEach(async () => {
    await sandbox.close();
    listener.closeAllConnections();
    listener.close();
  });

  const send = (method: string, path: string, json?: unknown) =>
    rawRequest(sandbox.siteUrl, `/auxip.svc${path}`, {
      method,
      headers: { Authorization: AUTHORIZATION, ...(json === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: json === undefined ? undefined : JSON.stringify(json),
    });
  const subscribe = async (FilterParam: string, NotificationEndpoint = endpoint) => {
    const request = { FilterParam, NotificationEndpoint, NotificationEpUsername: 'u', NotificationEpPassword: 'p' };
    const { status, body } = await send('POST', '/Subscriptions', request);
    expect(status).toBe(201);
    return (JSON.parse(body) as { Id: string }).Id;
  };

  it('notifies running subscriptions whose filter a new product matches, once', async () => {
    const id = await subscribe("$filter=contains(Name,'GIP')");
    await subscribe("$filter=contains(Name,'POE')");
    await subscribe("Products?$filter=contains(Name,'GIP') and");
    expect((await send('POST', '/Products', PRODUCT)).status).toBe(201);
    expect(notes.filter(({ body }) => body.SubscriptionId === id)).toEqual([
      {
        authorization: 'Basic dTpw',
        body: {
          ProductId: PRODUCT.Id,
          ProductName: PRODUCT.Name,
          SubscriptionId: id,
          NotificationDate: '2024-03-01 12:00:00.5',
        },
      },
    ]);
    const list = JSON.parse((await send('GET', '/Subscriptions')).body) as { value: Record<string, unknown>[] };
    expect(list.value.find(({ Id }) => Id === id)!.LastNotificationDate).toBe('2024-03-01T12:00:00.5Z');
  });

  it('is silent to paused and cancelled ones, and never speaks to another machine', async () => {
    const paused = await subscribe('');
    const cancelled = await subscribe('');
    await subscribe('', 'http://192.0.2.1/');
    await subscribe('', 'http://localhost.evil.example/');
    expect((await send('POST', `/Subscriptions(${paused})/OData.CSC.Pause`)).status).toBe(200);
    expect((await send('POST', `/Subscriptions(${cancelled})/OData.CSC.Cancel`)).status).toBe(200);
    expect((await send('POST', `/Subscriptions(${cancelled})/OData.CSC.Resume`)).status).toBe(304);
    await send('POST', '/Products', PRODUCT);
    expect(notes).toEqual([]);
    expect((await send('GET', `/Subscriptions(${paused})/OData.CSC.Pause`)).status).toBe(405);
    expect((await send('POST', `/Subscriptions(${paused})/Pause`)).status).toBe(404);
    expect((await send('POST', `/Subscriptions(${paused})/OData.CSC.pause`)).status).toBe(400);
    expect((await send('POST', `/Subscriptions(${PRODUCT.Id})/OData.CSC.Pause`)).status).toBe(500);
  });

  it('answers what is missing or too much', async () => {
    const missing = await send('POST', '/Subscriptions', { FilterParam: '' });
    expect([missing.status, missing.body]).toEqual([
      400,
      `{"error":{"code":"400","message":"Can't create subscription ..."}}`,
    ]);
    expect((await send('POST', '/Subscriptions', { Colour: 'green' })).status).toBe(400);
    expect((await send('DELETE', `/Subscriptions(${PRODUCT.Id})`)).status).toBe(204);
  });

  it('lists a posted product with what was posted, until it is deleted', async () => {
    await send('POST', '/Products', PRODUCT);
    const { body } = await send('GET', `/Products(${PRODUCT.Id})?$expand=Attributes`);
    expect(JSON.parse(body)).toMatchObject({
      Name: PRODUCT.Name,
      Checksum: [{ Algorithm: 'MD5', Value: '3f' }],
      Attributes: [{ Value: 'GIP_NEW' }, { Value: '2015-06-05T09:47:42.5Z' }],
    });
    expect((await send('POST', '/Products', PRODUCT)).status).toBe(500);
    expect((await send('DELETE', `/Products(${PRODUCT.Id})`)).status).toBe(204);
    expect((await send('GET', `/Products(${PRODUCT.Id})`)).status).toBe(500);
    expect(sandbox.defects).toEqual([]);
  });
});
