import type { ServerResponse } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAuxip, type Auxip } from '../../scripts/services/auxip';
import { createTransport } from '../../scripts/services/transport';
import {
  createTestServer,
  sendJson,
  sendPage,
  type RecordedRequest,
  type TestServer,
} from '../helpers/create-test-server';
import { failureOf } from '../helpers/failure-of';
import { QUICK_PATIENCE } from '../helpers/quick-patience';

const ID = '7fc282fc-4a00-417f-b77c-4e851440105a';
const NAME = 'S2A_OPER_GIP_R2DENT_MPC__20150605T094742_V20150622T000000_21000101T000000_B06.TGZ';
const MD5 = '3f4f57e7e1680b9f461ff4e96eff4e74';
const ROW = {
  Id: ID,
  Name: NAME,
  ContentType: 'application/octet-stream',
  ContentLength: 6177,
  PublicationDate: '2021-03-04T11:44:30.18Z',
  Checksum: [{ ChecksumDate: '2021-03-04T11:44:30.18Z', Algorithm: 'MD5', Value: MD5 }],
};
const ENTRY = { id: ID, name: NAME, contentLength: 6177, md5: MD5, publicationDate: ROW.PublicationDate };
const LOGIN = 'https://h/auth/realms/r/protocol/openid-connect/auth?state=CANARY';
const STORE_URL = 'https://store.example/auxip/x?X-Amz-Signature=CANARY-SIGNATURE';

type Reply = (response: ServerResponse) => void;

interface Stage {
  site: TestServer;
  auxip: Auxip;
  renewed: string[];
}

/** The service answers one reply after the other, the last one for ever. */
async function setUp(...replies: Reply[]): Promise<Stage> {
  const site = await createTestServer((_request, response) => {
    const reply = replies[site.requests.length - 1] ?? replies.at(-1);
    reply?.(response);
  });
  const root = `${site.origin}/auxip.svc`;
  const transport = createTransport({ tokenUrl: `${site.origin}/token`, apiRoots: [root] });
  onTestFinished(() => transport.close());
  const renewed: string[] = [];
  const tokens = {
    token: () => Promise.resolve('CANARY-TOKEN-1'),
    renew: (refused: string) => {
      renewed.push(refused);
      return Promise.resolve('CANARY-TOKEN-2');
    },
  };
  const validate = (schema: string, body: unknown) =>
    JSON.stringify(body).includes('breaks') ? [`${schema}: it breaks`] : [];
  return { site, auxip: createAuxip({ root, transport, tokens, validate, patience: QUICK_PATIENCE }), renewed };
}

const json =
  (body: unknown, status = 200): Reply =>
  (response) =>
    sendJson(response, body, status);
const odataError = (status: number, message: string, code: string | null = null): Reply =>
  json({ error: { code, message } }, status);
const page =
  (text: string, status: number): Reply =>
  (response) =>
    sendPage(response, text, status);
const redirect =
  (location: string): Reply =>
  (response) =>
    response.writeHead(302, { location, 'set-cookie': 'session=CANARY' }).end();
const tokenOf = (request: RecordedRequest | undefined) => request?.headers.authorization;

describe('a catalogue entry', () => {
  test('is one GET with the token', async () => {
    const { site, auxip } = await setUp(json(ROW));
    expect(await auxip.catalogueEntry(ID)).toEqual(ENTRY);
    expect(site.requests.map(({ method, url }) => [method, url])).toEqual([['GET', `/auxip.svc/Products(${ID})`]]);
    expect(site.requests[0]?.headers).toMatchObject({
      accept: 'application/json',
      authorization: 'Bearer CANARY-TOKEN-1',
    });
  });

  const failures: [string, Reply, object, number][] = [
    ['500 that means not found, at once', odataError(500, 'No entity found for query'), { code: 'NOT_FOUND' }, 1],
    ['404 of other AUXIPs', odataError(404, 'Not Found', '404'), { code: 'NOT_FOUND' }, 1],
    ['role missing', odataError(401, 'Unauthorized Request !', '401'), { code: 'ROLE_MISSING', role: 'download' }, 1],
    [
      'other 500, after a second attempt',
      odataError(500, 'pool empty'),
      { code: 'SERVICE_BUSY', status: 500, attempts: 2 },
      2,
    ],
    [
      'HTML 429, after all attempts',
      page('<html><title>429</title></html>', 429),
      { code: 'SERVICE_BUSY', status: 429, form: 'html' },
      QUICK_PATIENCE.busy.attempts,
    ],
    [
      'gateway 504, after all attempts',
      json({ message: 'timing out' }, 504),
      { code: 'SERVICE_BUSY', status: 504, form: 'gateway' },
      QUICK_PATIENCE.busy.attempts,
    ],
    [
      'dropped connection, after all attempts',
      (response) => void response.destroy(),
      { code: 'NETWORK', attempts: QUICK_PATIENCE.broken.attempts },
      QUICK_PATIENCE.broken.attempts,
    ],
    [
      'bad request',
      odataError(400, 'The URI is malformed.'),
      { code: 'STATUS_UNEXPECTED', status: 400, excerpt: 'The URI is malformed.' },
      1,
    ],
    [
      'redirect inside the service',
      redirect('http://auxip:8080/auxipv2.svc/'),
      { code: 'REDIRECTED', status: 302, to: 'http://auxip:8080/auxipv2.svc/' },
      1,
    ],
    [
      'page with 200 that is no login',
      page('<html><title>Maintenance</title></html>', 200),
      { code: 'ANSWER_NOT_JSON', excerpt: 'Maintenance' },
      1,
    ],
    [
      'page that calls itself JSON',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('<html></html>'),
      { code: 'ANSWER_NOT_JSON' },
      1,
    ],
    ['JSON that ends early', (response) => response.end('{"Id":'), { code: 'ANSWER_NOT_JSON' }, 1],
    [
      'answer that breaks the schema',
      json({ ...ROW, breaks: true }),
      { code: 'ANSWER_BREAKS_SCHEMA', problems: ['auxip.product: it breaks'] },
      1,
    ],
    [
      'entry without size',
      json({ ...ROW, ContentLength: undefined }),
      { code: 'CATALOGUE_INCOMPLETE', name: NAME, missing: 'ContentLength' },
      1,
    ],
    [
      'entry of another id',
      json({ ...ROW, Id: ID.replace('7', '8') }),
      { code: 'CATALOGUE_DISAGREES', expected: ID },
      1,
    ],
  ];
  test.each(failures)('%s', async (_name, reply, wanted, requests) => {
    const { site, auxip } = await setUp(reply);
    const failure = await failureOf(auxip.catalogueEntry(ID));
    expect(failure).toMatchObject(wanted);
    expect(site.requests).toHaveLength(requests);
    expect(JSON.stringify(failure)).not.toContain('CANARY');
  });

  test('after trouble that passes', async () => {
    const { auxip } = await setUp(page('<html></html>', 502), (response) => response.destroy(), json(ROW));
    expect(await auxip.catalogueEntry(ID)).toEqual(ENTRY);
  });

  test.each(['x', '../Users', `${ID})/$value`, `'${ID}'`])('of %s, which is no UUID, is not asked for', async (id) => {
    const { site, auxip } = await setUp(json(ROW));
    expect(await failureOf(auxip.catalogueEntry(id))).toMatchObject({ code: 'URL_REFUSED' });
    expect(site.requests).toEqual([]);
  });
});

describe('a login in place of an answer', () => {
  const logins: [string, Reply, number][] = [
    ['redirect', redirect(LOGIN), 302],
    ['page with 200', page('<form id="kc-form-login">', 200), 200],
    [
      '401 with a challenge',
      (response) => response.writeHead(401, { 'www-authenticate': 'Bearer realm="r"' }).end(),
      401,
    ],
  ];
  test.each(logins)('%s: the token is renewed once, and the question asked again', async (_name, login) => {
    const { site, auxip, renewed } = await setUp(login, json(ROW));
    expect(await auxip.catalogueEntry(ID)).toEqual(ENTRY);
    expect(renewed).toEqual(['CANARY-TOKEN-1']);
    expect(site.requests.map(tokenOf)).toEqual(['Bearer CANARY-TOKEN-1', 'Bearer CANARY-TOKEN-2']);
  });
  test.each(logins)('%s for the new token as well is told', async (_name, login, status) => {
    const { site, auxip } = await setUp(login);
    for (const question of ['catalogueEntry', 'productLocation'] as const) {
      const failure = await failureOf(auxip[question](ID));
      expect(failure).toMatchObject({ code: 'LOGIN_PAGE', status });
      expect(JSON.stringify(failure)).not.toContain('CANARY');
    }
    expect(site.requests).toHaveLength(6);
  });
});

describe('entries by name', () => {
  test('are asked for by stem, latest first, with %20 for blanks', async () => {
    const { site, auxip } = await setUp(json({ value: [ROW] }));
    expect(await auxip.entriesByName(NAME)).toEqual([ENTRY]);
    const query = site.requests[0]?.url.split('?')[1] ?? '';
    expect(query).not.toContain('+');
    expect(decodeURIComponent(query)).toBe(
      `$filter=startswith(Name,'${NAME.replace('.TGZ', '')}')&$orderby=PublicationDate desc,Id`,
    );
  });
  test('match with and without extension, and nothing longer', async () => {
    const row = (Name: string) => ({ ...ROW, Name });
    const names = ['S1A_X.SAFE.zip', 'S1A_X', 'S1A_XY.SAFE', 'S1A_X_2.SAFE'];
    const { auxip } = await setUp(json({ value: names.map(row) }));
    const found = async (name: string) => (await auxip.entriesByName(name)).map((entry) => entry.name);
    expect(await found('S1A_X.SAFE')).toEqual(['S1A_X.SAFE.zip', 'S1A_X']);
    expect(await found('S1A_X')).toEqual(['S1A_X.SAFE.zip', 'S1A_X']);
  });
  test('may be none', async () => {
    const { auxip } = await setUp(json({ value: [] }));
    expect(await auxip.entriesByName(NAME)).toEqual([]);
  });
  test.each(["S1A'", 'S1A%', 'S1A\\', 'S1A B', ''])(
    'of %j are not asked for: the filter would read it otherwise',
    async (name) => {
      const { site, auxip } = await setUp(json({ value: [] }));
      expect(await failureOf(auxip.entriesByName(name))).toEqual({ code: 'NAME_UNSAFE', name });
      expect(site.requests).toEqual([]);
    },
  );
});

describe('the location of a product', () => {
  test('is read from the redirect, which is not followed', async () => {
    const { site, auxip } = await setUp(redirect(STORE_URL));
    expect(await auxip.productLocation(ID)).toBe(STORE_URL);
    expect(site.requests).toMatchObject([{ method: 'GET', url: `/auxip.svc/Products(${ID})/$value` }]);
    expect(site.requests[0]?.headers.accept).toBe('*/*');
  });

  test('comes after the quota was waited for', async () => {
    const quota = odataError(429, 'Too Many Requests !', '429');
    const { auxip } = await setUp(quota, quota, redirect(STORE_URL));
    expect(await auxip.productLocation(ID)).toBe(STORE_URL);
  });

  const failures: [string, Reply, object, number][] = [
    ['quota that lasts', odataError(429, 'Too Many Requests !', '429'), { code: 'QUOTA_EXHAUSTED', attempts: 3 }, 3],
    ['unknown id', odataError(500, 'No entity found for query'), { code: 'NOT_FOUND' }, 1],
    ['role missing', odataError(401, 'Unauthorized Request !', '401'), { code: 'ROLE_MISSING' }, 1],
    ['Accept refused', odataError(406, 'The content-type range'), { code: 'STATUS_UNEXPECTED', status: 406 }, 1],
    [
      'a body instead of a redirect',
      (response) => response.end('bytes'),
      { code: 'STATUS_UNEXPECTED', status: 200 },
      1,
    ],
    [
      'a redirect without a location',
      (response) => response.writeHead(302).end(),
      { code: 'STATUS_UNEXPECTED', status: 302 },
      1,
    ],
    [
      'a store over plain http',
      redirect(STORE_URL.replace('https', 'http')),
      { code: 'LOCATION_REFUSED', location: 'http://store.example/auxip/x' },
      1,
    ],
    ['a store of another scheme', redirect('file:///etc/passwd'), { code: 'LOCATION_REFUSED' }, 1],
    ['an address in decimal', redirect('http://2130706433/?sig=CANARY'), { code: 'LOCATION_REFUSED' }, 1],
    ['an address in hexadecimal', redirect('http://0x7f.1/'), { code: 'LOCATION_REFUSED' }, 1],
    ['an address in percent-encoding', redirect('http://%3127.0.0.1/'), { code: 'LOCATION_REFUSED' }, 1],
    ['a location that is no URL', redirect('https://?sig=CANARY'), { code: 'LOCATION_REFUSED' }, 1],
  ];
  test.each(failures)('%s', async (_name, reply, wanted, requests) => {
    const { site, auxip } = await setUp(reply);
    const failure = await failureOf(auxip.productLocation(ID));
    expect(failure).toMatchObject(wanted);
    expect(site.requests).toHaveLength(requests);
    expect(JSON.stringify(failure)).not.toContain('CANARY');
  });
});

test('nothing but GET is ever sent', async () => {
  const { site, auxip } = await setUp(redirect(LOGIN), json(ROW), json({ value: [] }), redirect(STORE_URL));
  await auxip.catalogueEntry(ID);
  await auxip.entriesByName(NAME);
  await auxip.productLocation(ID);
  expect(new Set(site.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
});
