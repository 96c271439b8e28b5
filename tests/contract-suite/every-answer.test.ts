import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../scripts/contract-suite/engine/answer';
import { everyAnswer, type Origin } from '../../scripts/contract-suite/engine/every-answer';
import type { Scope } from '../../scripts/contract-suite/engine/scope';
import { ROOT } from '../../scripts/lib/package-root';

const TOKEN = `eyJhbGciOiJSUzI1NiJ9.${'eyJzdWIiOiJ1c2VyIn0'.repeat(3)}.${'c2lnbmF0dXJl'.repeat(4)}`;
const VARIABLES: Readonly<Record<string, string>> = {
  access_token: TOKEN,
  username: 'jdoe',
  site_url: 'https://site.example',
};

const SCOPE: Scope = {
  text: (template) => template,
  value: (name) => VARIABLES[name] ?? '',
  recall: () => undefined,
  remember: () => undefined,
  repeat: () => undefined,
  goTo: () => undefined,
  tell: () => undefined,
};

function answer(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    text,
    bytes: new Uint8Array(Buffer.from(text)),
    headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
    header: (name) => headers[name],
    json: () => JSON.parse(text) as unknown,
  };
}

const problems = (given: Answer, origin: Origin = 'service'): string[] =>
  everyAnswer(given, origin, SCOPE).flatMap(({ problem }) => problem ?? []);

interface Vector {
  readonly status?: number;
  readonly body?: unknown;
  readonly response?: { readonly status: number; readonly body?: unknown };
}

test('no refusal that was ever recorded gives anything away', () => {
  const files = ['auxip-wire-vectors.json', 'rdb-wire-vectors.json'];
  const vectors = files.flatMap((file) => {
    const text = readFileSync(path.join(ROOT, 'tests', 'fixtures', 'recorded', file), 'utf8');
    return (JSON.parse(text) as { vectors: Vector[] }).vectors;
  });
  const pairs = JSON.parse(
    readFileSync(path.join(ROOT, 'tests', 'fixtures', 'recorded', 'real', 'pairs', 'differing.json'), 'utf8'),
  ) as { real?: Vector }[];
  const all = [...vectors.map((vector) => vector.response ?? vector), ...pairs.flatMap(({ real }) => real ?? [])];
  const refused = all.flatMap(({ status = 0, body = '' }) =>
    status < 400 ? [] : [answer(status, typeof body === 'string' ? body : JSON.stringify(body))],
  );
  expect(refused.length).toBeGreaterThan(100);
  expect(refused.flatMap((item) => problems(item))).toEqual([]);
});

describe('a refusal', () => {
  const refusal = (message: string): Answer => answer(400, JSON.stringify({ error: { code: null, message } }));

  test.each([
    ["ERROR: column p.foo does not exist; SQL [select p.id from product p where p.name='x']", 'SQL'],
    ['delete from metrics where id = 5 failed', 'SQL'],
    ['NullPointerException\n\tat eu.copernicus.auxip.Storage.read(Storage.java:588)', 'stack trace'],
    ['jdbc:postgresql://db:5432/auxip', 'database'],
    ['login failed for password=s3cr3t', 'password'],
    ['upstream 10.0.3.17 refused', 'network'],
    ['Connection to auxip-db.internal refused', 'network'],
    ['upstream http://auxip:8080/auxipv2.svc failed', 'host'],
    ['/opt/auxip/application.yml (No such file or directory)', 'path'],
  ])('that says %s gives something away', (message, what) => {
    expect(problems(refusal(message)).join()).toContain(what);
  });

  test('that repeats what was asked for, or names the site, does not', () => {
    const innocent = [
      "The property 'Colour', used in a query expression, is not defined in type 'OData.CSC.Product'.",
      'https://site.example/auxip.svc/Products: the URI is malformed',
      'Select an update from the list of products',
    ];
    expect(innocent.flatMap((message) => problems(refusal(message)))).toEqual([]);
  });
});

test('a header that says where the server stands, or the mail address of who asks, gives it away', () => {
  const userinfo = Buffer.from(JSON.stringify({ sub: 'x', email: `${SCOPE.value('username')}@site.example` }));
  expect(problems(answer(200, '{}', { 'X-Upstream-Addr': '10.42.3.17:8080' })).join()).toContain('X-Upstream-Addr');
  expect(problems(answer(200, '{}', { 'X-Userinfo': userinfo.toString('base64') })).join()).toContain('X-Userinfo');
  expect(problems(answer(200, '{}', { Via: 'kong/2.3.3', Server: 'nginx/1.19.5' }))).toEqual([]);
});

describe('the token', () => {
  const at = (location: string): string[] => problems(answer(302, '', { Location: location }), 'service');
  const STORE = 'https://store.example/auxip/1/name.zip?X-Amz-Signature=00';

  test('is found in an address, whole or in part, under any name', () => {
    expect(at(STORE)).toEqual([]);
    const parts = [TOKEN, TOKEN.split('.')[1] ?? '', TOKEN.split('.')[2] ?? ''];
    for (const part of parts) {
      expect(at(`${STORE}&id=${part}`)).toEqual(['the access token appears in Location']);
      expect(at(`${STORE}#${part}`)).toEqual(['the access token appears in Location']);
    }
  });

  test('is found in a body, and not said again', () => {
    const [problem = ''] = problems(answer(200, JSON.stringify({ value: [], token: TOKEN })));
    expect(problem).toBe('the access token appears in the answer');
    expect(problems(answer(200, JSON.stringify({ access_token: TOKEN })), 'token')).toEqual([]);
  });

  test('and the account are found in any header', () => {
    const userinfo = Buffer.from(JSON.stringify({ sub: '1', preferred_username: 'jdoe' })).toString('base64');
    const of = (headers: Readonly<Record<string, string>>): string[] => problems(answer(200, 'bytes', headers));
    expect(of({ 'X-Debug': `token=${TOKEN}` })).toEqual(['the access token appears in X-Debug']);
    expect(of({ 'X-User': 'jdoe' })).toEqual(['the user name appears in X-User']);
    expect(of({ 'X-Userinfo': userinfo })).toEqual(['the user name appears in X-Userinfo']);
    expect(of({ 'X-User': 'jdoerty', Vary: 'jdoe', 'X-Request-Id': 'SGVsbG8sIFdvcmxkISEh' })).toEqual([]);
  });

  test('is not all that an address can give away', () => {
    expect(at(`${STORE}&user=jdoe`)).toEqual(['the user name appears in Location']);
    expect(at(`${STORE}&user=jdoerty`)).toEqual([]);
    expect(at(STORE.replace('//', '//minio:minio123@'))[0]).toContain('before the host');
  });
});

describe('a label', () => {
  const JSON_TYPE = { 'Content-Type': 'application/json;odata.metadata=minimal' };

  test.each([
    [{ 'Content-Type': 'text/plain' }, 'json is labelled text/plain'],
    [{ 'Content-Type': 'application/json;charset=iso-8859-1' }, 'charset iso-8859-1'],
    [{ ...JSON_TYPE, 'Cache-Control': 'public, max-age=86400' }, 'Cache-Control: public, max-age=86400'],
    [{ ...JSON_TYPE, 'Set-Cookie': 'JSESSIONID=1' }, 'a cookie is set'],
  ])('%j is a finding', (headers, problem) => {
    expect(problems(answer(200, '{"value":[]}', headers))).toEqual([problem]);
  });

  test('as recorded is none', () => {
    expect(problems(answer(200, '{"value":[]}', { ...JSON_TYPE, 'Cache-Control': 'no-store' }))).toEqual([]);
    expect(problems(answer(200, 'bytes', { 'Set-Cookie': 'x=1' }), 'elsewhere')).toEqual([]);
    expect(problems(answer(302, '<html></html>', { 'Content-Type': 'text/html', 'Set-Cookie': 'session=1' }))).toEqual(
      [],
    );
  });
});
