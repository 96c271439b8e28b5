import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Failure } from '../../scripts/errors/errors';
import { createTransport, readBounded, type Transport, type TransportOptions } from '../../scripts/services/transport';
import {
  createTcpServer,
  createTestServer,
  sendJson,
  type TestHandler,
  type TestServer,
} from '../helpers/create-test-server';
import { failureOf } from '../helpers/failure-of';
import { SELF_SIGNED } from '../helpers/self-signed';

const TOKEN = 'CANARY-TOKEN';

async function setUp(
  handler: TestHandler,
  options: Partial<TransportOptions> = {},
): Promise<{ site: TestServer; transport: Transport }> {
  const site = await createTestServer(handler);
  return { site, transport: transportTo(site.origin, options) };
}

function transportTo(origin: string, options: Partial<TransportOptions> = {}): Transport {
  const transport = createTransport({ tokenUrl: `${origin}/token`, apiRoots: [`${origin}/auxip.svc`], ...options });
  onTestFinished(() => transport.close());
  return transport;
}

describe('a service request', () => {
  test('is a GET with its own Accept, the token, and nothing a store or cache could misread', async () => {
    const { site, transport } = await setUp((_request, response) => sendJson(response, { a: 1 }));
    const answer = await transport.get({ url: `${site.origin}/auxip.svc/x`, accept: 'application/json', token: TOKEN });
    expect(answer).toMatchObject({ status: 200, text: '{"a":1}', truncated: false });
    expect(site.requests).toMatchObject([{ method: 'GET', url: '/auxip.svc/x' }]);
    expect(site.requests[0]?.headers).toMatchObject({
      accept: 'application/json',
      authorization: `Bearer ${TOKEN}`,
      'accept-encoding': 'identity',
    });
    expect(site.requests[0]?.headers).not.toHaveProperty('cookie');
  });

  test('with a token to a host that is not configured is not sent at all', async () => {
    const stranger = await createTestServer((_request, response) => sendJson(response, {}));
    const { transport } = await setUp((_request, response) => sendJson(response, {}));
    const failure = await failureOf(transport.get({ url: `${stranger.origin}/x`, accept: '*/*', token: TOKEN }));
    expect(failure.code).toBe('URL_REFUSED');
    expect(stranger.requests).toEqual([]);
  });

  test('over http to another machine is not sent', async () => {
    const { transport } = await setUp((_request, response) => sendJson(response, {}));
    const failure = await failureOf(transport.get({ url: 'http://archive.example/x', accept: '*/*' }));
    expect(failure.code).toBe('URL_REFUSED');
  });

  test.each([
    ['gzip', gzipSync],
    ['GZIP', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('is understood although a proxy packed its answer: %s', async (coding, pack) => {
    const { site, transport } = await setUp((_request, response) => {
      response.writeHead(200, { 'content-encoding': coding }).end(pack('{"a":1}'));
    });
    expect(await transport.get({ url: `${site.origin}/x`, accept: '*/*' })).toMatchObject({ text: '{"a":1}' });
  });

  test('is bounded in what it unpacks, and broken where it cannot be unpacked', async () => {
    const { site, transport } = await setUp(({ url }, response) => {
      const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(url === '/bomb' ? bomb : 'not packed');
    });
    const answer = await transport.get({ url: `${site.origin}/bomb`, accept: '*/*', maxBytes: 1000 });
    expect([answer.truncated, answer.text.length]).toEqual([true, 1000]);
    expect(await failureOf(transport.get({ url: `${site.origin}/x`, accept: '*/*' }))).toMatchObject({
      code: 'NETWORK',
    });
  });

  test('keeps blanks as %20 and parentheses as they are; quotes become %27 (WHATWG URL), which auxip.md#query-options allows', async () => {
    const { site, transport } = await setUp((_request, response) => sendJson(response, {}));
    const path = "/auxip.svc/Products?$filter=startswith(Name,'S1A')&$orderby=PublicationDate%20desc";
    await transport.get({ url: site.origin + path, accept: '*/*' });
    expect(site.requests[0]?.url).toBe(path.replaceAll("'", '%27'));
  });
});

describe('a request that asks in the last moment whether it may leave', () => {
  test('is sent as any other where it may', async () => {
    const { site, transport } = await setUp((_request, response) => sendJson(response, { told: 'all' }));
    const request = { url: `${site.origin}/auxip.svc/Products`, accept: 'application/json' };
    expect(await transport.get({ ...request, mayLeave: () => true })).toMatchObject({
      status: 200,
      text: '{"told":"all"}',
    });
  });

  test('never arrives where it may not any more once it has a connection', async () => {
    const seen: string[] = [];
    const held: (() => void)[] = [];
    const { site, transport } = await setUp((request, response) => {
      seen.push(request.url);
      held.push(() => sendJson(response, {}));
    });
    const get = (name: string, mayLeave?: () => boolean) =>
      transport.get({ url: `${site.origin}/auxip.svc/${name}`, accept: '*/*', mayLeave });
    const first = [1, 2, 3, 4].map((place) => get(String(place)));
    await vi.waitFor(() => expect(seen).toHaveLength(4));
    let isLate = false;
    const last = failureOf(get('last', () => !isLate));
    isLate = true;
    for (const release of held) release();
    await Promise.all(first);
    expect(await last).toMatchObject({ code: 'NETWORK', reason: 'not sent: its time has passed' });
    expect(seen.some((url) => url.endsWith('last'))).toBe(false);
  });
});

describe('an answer', () => {
  test('that redirects is not followed, and its cookie is not kept', async () => {
    const { site, transport } = await setUp((_request, response) =>
      response.writeHead(302, { location: '/elsewhere', 'set-cookie': 'session=1' }).end(),
    );
    for (const url of [`${site.origin}/a`, `${site.origin}/b`]) {
      const answer = await transport.get({ url, accept: '*/*', token: TOKEN });
      expect([answer.status, answer.header('location')]).toEqual([302, '/elsewhere']);
    }
    expect(site.requests.map(({ url, headers }) => [url, headers.cookie])).toEqual([
      ['/a', undefined],
      ['/b', undefined],
    ]);
  });

  test('with two Content-Types has the first', async () => {
    const { site, transport } = await setUp((_request, response) =>
      response.writeHead(429, { 'content-type': ['text/html', 'application/json'] }).end(),
    );
    const answer = await transport.get({ url: site.origin, accept: '*/*' });
    expect(answer.header('content-type')).toBe('text/html');
  });

  test('that never ends is cut at the limit and says so', async () => {
    const { site, transport } = await setUp((_request, response) => {
      const chunk = 'x'.repeat(1000);
      const write = (): void => {
        if (!response.destroyed) response.write(chunk, write);
      };
      write();
    });
    const answer = await transport.get({ url: site.origin, accept: '*/*', maxBytes: 10 });
    expect(answer).toMatchObject({ text: 'xxxxxxxxxx', truncated: true });
  });

  test('of exactly the limit is whole', async () => {
    const { site, transport } = await setUp((_request, response) => response.end('1234567890'));
    expect(await transport.get({ url: site.origin, accept: '*/*', maxBytes: 10 })).toMatchObject({ truncated: false });
  });
});

/** A server that writes this to every connection, whatever HTTP says of it. */
const answering = (text: string): Promise<string> =>
  createTcpServer((connection) => void connection.once('data', () => connection.end(text)));

describe('a connection that breaks', () => {
  const network = async (transport: Transport, origin: string) =>
    failureOf(transport.get({ url: `${origin}/x?secret=CANARY`, accept: '*/*' }));

  test('nobody listens', async () => {
    const { site, transport } = await setUp(() => undefined);
    const closed = site.origin.replace(/:\d+$/, ':1');
    expect(await network(transport, closed)).toEqual({
      code: 'NETWORK',
      method: 'GET',
      url: `${closed}/x`,
      reason: 'ECONNREFUSED',
      attempts: 1,
    });
  });
  test('before the answer', async () => {
    const { site, transport } = await setUp((_request, response) => response.destroy());
    expect(await network(transport, site.origin)).toMatchObject({ code: 'NETWORK', reason: 'UND_ERR_SOCKET' });
  });
  // undici takes for granted that such statuses do not come.
  test.each(['101 Switching Protocols', '000 Nothing', '099 Nothing'])('status %s is said in words', async (status) => {
    const origin = await answering(`HTTP/1.1 ${status}\r\n\r\n`);
    const { reason = '' } = (await network(transportTo(origin), origin)) as { reason?: string };
    expect(reason).toBe('the answer has a status that ends no request');
  });
  test('within the answer', async () => {
    const { site, transport } = await setUp((_request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy());
    });
    expect(await network(transport, site.origin)).toMatchObject({ code: 'NETWORK' });
  });
  test('no first byte', async () => {
    const { site, transport } = await setUp(() => undefined, { headersTimeoutSeconds: 0.1 });
    expect(await network(transport, site.origin)).toMatchObject({ reason: 'UND_ERR_HEADERS_TIMEOUT' });
  });
  test.each(['a service', 'the store'])('hints without end before the answer of %s', async (which) => {
    const { site, transport } = await setUp(
      (_request, response) => {
        const hint = (): void => response.writeEarlyHints({ link: '</x>; rel=preload' });
        const hinting = setInterval(hint, 20);
        response.on('close', () => clearInterval(hinting));
      },
      { headersTimeoutSeconds: 0.2, idleTimeoutSeconds: 0.2 },
    );
    const url = `${site.origin}/x`;
    const asked = which === 'a service' ? transport.get({ url, accept: '*/*' }) : transport.openStore({ url });
    expect(await failureOf(asked)).toMatchObject({ code: 'NETWORK', reason: 'UND_ERR_HEADERS_TIMEOUT' });
  });

  test('silence within the answer', async () => {
    const { site, transport } = await setUp((_request, response) => response.writeHead(200).write('half'), {
      idleTimeoutSeconds: 0.1,
    });
    expect(await network(transport, site.origin)).toMatchObject({ reason: 'UND_ERR_BODY_TIMEOUT' });
  });
  test('an interruption is told as such, before and within', async () => {
    const { site, transport } = await setUp((_request, response) => response.writeHead(200).write('half'));
    const controller = new AbortController();
    const running = failureOf(transport.get({ url: site.origin, accept: '*/*', signal: controller.signal }));
    controller.abort(new Failure({ code: 'INTERRUPTED', signal: 'SIGTERM' }));
    expect(await running).toEqual({ code: 'INTERRUPTED', signal: 'SIGTERM' });
    const late = failureOf(transport.get({ url: site.origin, accept: '*/*', signal: controller.signal }));
    expect(await late).toEqual({ code: 'INTERRUPTED', signal: 'SIGTERM' });
  });
});

test('a certificate nobody vouches for is refused', async () => {
  const { origin } = await createTestServer((_request, response) => response.end('{}'), SELF_SIGNED);
  const failure = await failureOf(transportTo(origin).get({ url: origin, accept: '*/*' }));
  expect(failure).toMatchObject({ code: 'NETWORK', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

test('the token endpoint gets the only POST, as a form', async () => {
  const { site, transport } = await setUp((_request, response) => sendJson(response, {}));
  await transport.postToken({ grant_type: 'password', password: 'a b&c+ü' });
  expect(site.requests).toMatchObject([
    { method: 'POST', url: '/token', body: 'grant_type=password&password=a+b%26c%2B%C3%BC' },
  ]);
  expect(site.requests[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
});

describe('a store request', () => {
  test('carries neither token nor cookie, also to the host of a service', async () => {
    const { site, transport } = await setUp((_request, response) => response.end('bytes'));
    await transport.get({ url: site.origin, accept: '*/*', token: TOKEN });
    const answer = await transport.openStore({ url: `${site.origin}/object?X-Amz-Signature=1` });
    expect(await readBounded(answer.body, 100)).toEqual({ text: 'bytes', truncated: false });
    const { headers } = site.requests[1] ?? { headers: {} };
    expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
  });
  test('asks for the rest by Range', async () => {
    const { site, transport } = await setUp((_request, response) => response.writeHead(206).end('tes'));
    const answer = await transport.openStore({ url: site.origin, firstByte: 2 });
    await readBounded(answer.body, 100);
    expect(site.requests[0]?.headers.range).toBe('bytes=2-');
  });
  test('over http to another machine is not sent', async () => {
    const { transport } = await setUp(() => undefined);
    const failure = await failureOf(transport.openStore({ url: 'http://store.example/x?X-Amz-Signature=CANARY' }));
    expect(failure.code).toBe('URL_REFUSED');
    expect(JSON.stringify(failure)).not.toContain('CANARY');
  });
});
