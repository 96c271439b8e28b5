import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProductRecord } from '../../../scripts/sandbox/catalogue/catalogue';
import { startSandbox, type Sandbox } from '../../../scripts/sandbox/sandbox';
import { logIn } from '../log-in';
import { rawRequest } from '../raw-request';
import { tinyCatalogue } from '../tiny-catalogue';

const products = Array.from({ length: 2500 }, (_, index) => product(index));

describe('an AUXIP by its official specification, at /odata/v1 (auxip.md#specification-icd)', () => {
  let sandbox: Sandbox;
  let token: string;
  beforeAll(async () => {
    sandbox = await startSandbox({ catalogue: tinyCatalogue({ products }), icdDownload: 'stream' });
    token = (await logIn(sandbox.siteUrl)).access_token;
  });
  afterAll(() => sandbox.close());
  const get = (target: string) =>
    rawRequest(sandbox.siteUrl, target.replaceAll(' ', '%20'), { headers: { Authorization: `Bearer ${token}` } });
  const page = async (target: string) =>
    JSON.parse((await get(target)).body) as {
      value: Record<string, unknown>[];
      '@odata.nextLink'?: string;
      '@odata.count'?: number;
    };

  it('answers 401 without a token, not a login page', async () => {
    expect((await rawRequest(sandbox.siteUrl, '/odata/v1/Products')).status).toBe(401);
  });

  it('leads through all products by nextLink, 1000 at a time', async () => {
    const ids = new Set<unknown>();
    const sizes: number[] = [];
    let next: string | undefined = '/odata/v1/Products?$count=true';
    while (next !== undefined) {
      const answer = await page(next.replace(sandbox.siteUrl, ''));
      expect(answer['@odata.count']).toBe(2500);
      answer.value.forEach(({ Id }) => ids.add(Id));
      sizes.push(answer.value.length);
      next = answer['@odata.nextLink'];
    }
    expect([sizes, ids.size]).toEqual([[1000, 1000, 500], 2500]);
  });

  it('serves Subscriptions: created, read with its key in quotes or not, filtered by its status, paused and cancelled', async () => {
    const send = (method: string, target: string, body?: string) =>
      rawRequest(sandbox.siteUrl, target, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        body,
      });
    const request = {
      FilterParam: "startswith(Name,'S1')",
      NotificationEndpoint: 'http://127.0.0.1:9/',
      NotificationEpUsername: 'u',
      NotificationEpPassword: 'p',
    };
    const created = await send('POST', '/odata/v1/Subscriptions', JSON.stringify(request));
    const { Id: id = '' } = JSON.parse(created.body) as { Id?: string };
    expect([created.status, id]).toEqual([201, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    for (const key of [id, `'${id}'`, `%27${id}%27`]) {
      const answer = await get(`/odata/v1/Subscriptions(${key})`);
      expect([answer.status, JSON.parse(answer.body)]).toEqual([
        200,
        expect.objectContaining({ Id: id, Status: 'running' }),
      ]);
    }
    const statusIs = async (status: string): Promise<unknown[]> =>
      (await page(`/odata/v1/Subscriptions?$filter=Status eq OData.CSC.SubscriptionStatus'${status}'`)).value.map(
        (row) => row.Id,
      );
    expect(await statusIs('running')).toEqual([id]);
    for (const [action, status] of [
      ['Pause', 'paused'],
      ['Resume', 'running'],
      ['Cancel', 'cancelled'],
    ] as const) {
      expect((await send('POST', `/odata/v1/Subscriptions(${id})/OData.CSC.${action}`)).status).toBe(200);
      expect(await statusIs(status)).toEqual([id]);
    }
    expect((await get('/odata/v1/Subscriptions(00000000-0000-4000-8000-000000000000)')).status).toBe(404);
    expect((await rawRequest(sandbox.siteUrl, `/odata/v1/Subscriptions(${id})`)).status).toBe(401);
  });

  it('stops at $top', async () => {
    const first = await page('/odata/v1/Products?$top=1001');
    expect(first.value).toHaveLength(1000);
    const rest = await page(first['@odata.nextLink']!.replace(sandbox.siteUrl, ''));
    expect([rest.value.length, rest['@odata.nextLink']]).toEqual([1, undefined]);
    expect((await page('/odata/v1/Products?$top=3'))['@odata.nextLink']).toBeUndefined();
  });

  it('pads dates to milliseconds and shows the EvictionDate', async () => {
    const [first] = (await page('/odata/v1/Products?$top=1')).value;
    expect(first).toMatchObject({
      OriginDate: '2020-01-01T00:00:00.000Z',
      PublicationDate: '2021-01-01T00:00:00.180Z',
      EvictionDate: expect.stringMatching(/^21\d\d-.*\.180Z$/) as string,
    });
  });

  it.each([
    ["not startswith(Name,'S1A')", 0],
    ["Name in ('S1A_0000.EOF','S1A_0001.EOF')", 2],
    ["'S1A_0000.EOF' eq Name", 1],
    ['5 gt ContentLength', 5],
    ['false or ContentLength eq 1', 1],
    ["not (ContentLength gt 1) and startswith(Name,'S1A')", 2],
    ['EvictionDate gt 2100-01-01T00:00:00Z', 2500],
  ])('understands %s', async (filter, count) => {
    expect((await page(`/odata/v1/Products?$count=true&$filter=${filter}`))['@odata.count']).toBe(count);
    expect((await get(`/odata/v1/Products/$count?$filter=${filter}`)).body).toBe(String(count));
  });

  it('declares the EvictionDate', async () => {
    const { body } = await get('/odata/v1/$metadata');
    expect(body).toMatch(/Name="PublicationDate"[^>]*><\/Property><Property Name="EvictionDate"/);
  });

  it('knows 404, and streams the file itself', async () => {
    expect((await get('/odata/v1/Products(00000000-0000-4000-8000-ffffffffffff)')).status).toBe(404);
    const entry = JSON.parse((await get(`/odata/v1/Products(${products[9]!.id})`)).body) as {
      Checksum: { Value: string }[];
    };
    const headers = { Authorization: `Bearer ${token}` };
    const response = await fetch(`${sandbox.siteUrl}/odata/v1/Products(${products[9]!.id})/$value`, {
      headers,
      redirect: 'manual',
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([response.status, response.headers.get('content-disposition')]).toEqual([
      200,
      'attachment; filename="S1A_0009.EOF"',
    ]);
    expect(createHash('md5').update(bytes).digest('hex')).toBe(entry.Checksum[0]!.Value);
  });

  it('is what auxip.svc speaks, too, when asked for', async () => {
    const another = await startSandbox({ catalogue: tinyCatalogue({ products }), profile: 'icd' });
    const headers = { Authorization: `Bearer ${(await logIn(another.siteUrl)).access_token}` };
    const { body } = await rawRequest(another.siteUrl, '/auxip.svc/Products', { headers });
    expect(JSON.parse(body)).toMatchObject({ '@odata.nextLink': `${another.siteUrl}/auxip.svc/Products?$skip=1000` });
    const value = await rawRequest(another.siteUrl, `/auxip.svc/Products(${products[9]!.id})/$value`, { headers });
    expect(value.status).toBe(302);
    await another.close();
  });

  it('leaves the other profile as it is', async () => {
    expect((await page('/auxip.svc/Products?$top=1000')).value).toHaveLength(200);
    expect((await get(`/auxip.svc/Products?$filter=EvictionDate gt 2100-01-01T00:00:00Z`)).status).toBe(400);
  });
});

function product(index: number): ProductRecord {
  const number = String(index).padStart(4, '0');
  return {
    id: `00000000-0000-4000-8000-00000000${number}`,
    name: `S1A_${number}.EOF`,
    contentLength: index,
    originDate: '2020-01-01T00:00:00Z',
    publicationDate: '2021-01-01T00:00:00.18Z',
    contentStart: '2020-01-01T00:00:00Z',
    contentEnd: '2020-01-02T00:00:00Z',
  };
}
