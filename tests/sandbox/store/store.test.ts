import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileBytes } from '../../../scripts/sandbox/store/file-bytes';
import { startSandbox, type Sandbox } from '../../../scripts/sandbox/sandbox';
import type { ProductRecord } from '../../../scripts/sandbox/catalogue/catalogue';
import { tinyCatalogue } from '../tiny-catalogue';
import { unsignedToken } from '../../../scripts/fidelity/unsigned-token';
import { rawRequest } from '../raw-request';

const SMALL = product('7fc282fc-4a00-417f-b77c-4e851440105a', 1_000_003);
const HUGE = product('8fc282fc-4a00-417f-b77c-4e851440105a', 17_000_000_000);

describe('store (auxip.md#store)', () => {
  let sandbox: Sandbox;
  let now = Date.UTC(2024, 2, 1);
  beforeAll(async () => {
    sandbox = await startSandbox({
      gatewayMode: 'off',
      catalogue: tinyCatalogue({ products: [SMALL, HUGE] }),
      clock: () => now,
    });
  });
  afterAll(() => sandbox.close());

  const presign = async ({ id }: ProductRecord): Promise<string> => {
    const headers = { Authorization: `Bearer ${unsignedToken('user', ['download'])}` };
    const { headers: sent } = await rawRequest(sandbox.siteUrl, `/auxip.svc/Products(${id})/$value`, { headers });
    return sent.location!;
  };
  const fetchBytes = async (url: string, headers: Record<string, string> = {}) => {
    const response = await fetch(url, { headers });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };

  it('sends the whole file, whose MD5 the catalogue tells', async () => {
    const { response, bytes } = await fetchBytes(await presign(SMALL));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('1000003');
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(response.headers.get('last-modified')).toBe('Thu, 04 Mar 2021 11:44:30 GMT');
    const headers = { Authorization: `Bearer ${unsignedToken('user', ['download'])}` };
    const entry = await rawRequest(sandbox.siteUrl, `/auxip.svc/Products(${SMALL.id})`, { headers });
    const md5 = createHash('md5').update(bytes).digest('hex');
    expect(JSON.parse(entry.body)).toMatchObject({ Checksum: [{ Algorithm: 'MD5', Value: md5 }] });
    expect(response.headers.get('etag')).not.toContain(md5);
  });

  it('reaches any offset of a file of 17 GB at once', async () => {
    const url = await presign(HUGE);
    const { response, bytes } = await fetchBytes(url, { Range: 'bytes=16999999990-' });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe('bytes 16999999990-16999999999/17000000000');
    expect(bytes).toEqual(Buffer.concat([...fileBytes(HUGE.id, 16_999_999_990, 17_000_000_000)]));
  });

  it('serves half a gigabyte without holding it', async () => {
    const response = await fetch(await presign(HUGE), { headers: { Range: 'bytes=0-499999999' } });
    let bytes = 0;
    let peak = 0;
    const before = process.memoryUsage().rss;
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      peak = Math.max(peak, process.memoryUsage.rss() - before);
    }
    expect(bytes).toBe(500_000_000);
    expect(peak).toBeLessThan(150_000_000);
  });

  it('gives every range the same bytes as the whole', () => {
    const whole = Buffer.concat([...fileBytes(SMALL.id, 0, SMALL.contentLength)]);
    const offset = fc.nat({ max: SMALL.contentLength });
    fc.assert(
      fc.property(offset, offset, (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        expect(Buffer.concat([...fileBytes(SMALL.id, from, to)]).equals(whole.subarray(from, to))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['bytes=0-0', 206, 'bytes 0-0/1000003'],
    ['bytes=-3', 206, 'bytes 1000000-1000002/1000003'],
    ['bytes=1000000-9999999', 206, 'bytes 1000000-1000002/1000003'],
    ['bytes=1000003-', 416, 'bytes */1000003'],
    ['bytes=5-2', 200, null],
    ['bytes=0-1,5-6', 200, null],
    ['lines=1-2', 200, null],
  ])('%s → %i', async (range, status, contentRange) => {
    const { response } = await fetchBytes(await presign(SMALL), { Range: range });
    expect([response.status, response.headers.get('content-range')]).toEqual([status, contentRange]);
  });

  it('honours If-Range and If-Match', async () => {
    const url = await presign(SMALL);
    const etag = (await fetchBytes(url)).response.headers.get('etag')!;
    const statusWith = async (headers: Record<string, string>) =>
      (await fetchBytes(url, { Range: 'bytes=0-9', ...headers })).response.status;
    expect(await statusWith({ 'If-Range': etag })).toBe(206);
    expect(await statusWith({ 'If-Range': '"other"' })).toBe(200);
    expect(await statusWith({ 'If-Match': etag })).toBe(206);
    expect(await statusWith({ 'If-Match': '"other"' })).toBe(412);
  });

  it('refuses in XML: Authorization, HEAD, no or forged signature, other methods', async () => {
    const url = new URL(await presign(SMALL));
    const target = url.pathname + url.search;
    const refusal = async (path: string, options: Parameters<typeof rawRequest>[2] = {}) => {
      const { status, headers, body } = await rawRequest(sandbox.storeUrl, path, options);
      if (options.method !== 'HEAD') expect(headers['content-type']).toBe('application/xml');
      return [status, /<Code>(\w+)</.exec(body)?.[1]];
    };
    expect(await refusal(target, { headers: { Authorization: 'Bearer x' } })).toEqual([400, 'InvalidArgument']);
    expect(await refusal(target, { method: 'HEAD' })).toEqual([403, undefined]);
    expect(await refusal(target, { method: 'PUT', body: 'x' })).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await refusal(url.pathname)).toEqual([403, 'AccessDenied']);
    expect(await refusal(target.replace(SMALL.id, HUGE.id))).toEqual([403, 'SignatureDoesNotMatch']);
  });

  it('lets a URL start transfers for 600 s', async () => {
    const url = await presign(SMALL);
    now += 600_000;
    expect((await fetchBytes(url)).response.status).toBe(200);
    now += 1000;
    const { response, bytes } = await fetchBytes(url);
    expect(response.status).toBe(403);
    expect(bytes.toString()).toContain('<Code>AccessDenied</Code><Message>Request has expired</Message>');
  });
});

function product(id: string, contentLength: number): ProductRecord {
  return {
    id,
    name: 'S2A_OPER_GIP_R2DENT_MPC__20150605T094742_V20150622T000000_21000101T000000_B06.TGZ',
    contentLength,
    originDate: '2015-06-05T09:47:42Z',
    publicationDate: '2021-03-04T11:44:30.18Z',
    contentStart: '2015-06-22T00:00:00Z',
    contentEnd: '2100-01-01T00:00:00Z',
  };
}
