import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Request, type RequestDefinition } from 'postman-collection';
import { expect, test } from 'vitest';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { curlLine } from '../../scripts/newman/curl-line';
import { createTestServer, type RecordedRequest } from '../helpers/create-test-server';

/** What arrives when a shell runs the line. */
async function arrives(definition: RequestDefinition & { url: string }): Promise<RecordedRequest> {
  const server = await createTestServer((_request, response) =>
    response.writeHead(200, { 'content-length': 6 }).end('answer'),
  );
  const line = curlLine(new Request({ ...definition, url: `${server.origin}${definition.url}` }));
  await promisify(execFile)('/bin/sh', ['-c', `${line} --silent --show-error --max-time 20`]);
  expect(server.requests).toHaveLength(1);
  return server.requests[0]!;
}

const header = (key: string, value: string) => ({ key, value });

test('a GET with quotes, blanks, brackets and dollars in its address', async () => {
  const url = "/auxip.svc/Products?$filter=startswith(Name,'S3A_') and Name ne 'o''x' and {[1-3]} eq `id`&$top=2";
  const { method, url: arrived } = await arrives({ method: 'GET', url });
  expect([method, decodeURIComponent(arrived)]).toEqual(['GET', url]);
});

test('headers, but not those that Postman and curl add by themselves', async () => {
  const sent = [
    header('Authorization', 'Bearer abc'),
    header('Accept', 'application/json; q="it\'s"'),
    header('User-Agent', 'PostmanRuntime/7'),
    header('Postman-Token', 'x'),
  ];
  const { headers } = await arrives({ method: 'GET', url: '/', header: sent });
  expect(headers).toMatchObject({ authorization: 'Bearer abc', accept: 'application/json; q="it\'s"' });
  expect(headers['user-agent']).toMatch(/^curl/);
  expect(headers['postman-token']).toBeUndefined();
});

test('a form, with what forms encode', async () => {
  const urlencoded = [header('grant_type', 'password'), header('password', 'a&b=c +%$é\'\\"')];
  const { method, body, headers } = await arrives({
    method: 'POST',
    url: '/token',
    body: { mode: 'urlencoded', urlencoded },
  });
  expect([method, headers['content-type']]).toEqual(['POST', 'application/x-www-form-urlencoded']);
  expect([...new URLSearchParams(body)]).toEqual(urlencoded.map(({ key, value }) => [key, value]));
});

test('a form sent by another method', async () => {
  const urlencoded = [header('a', 'b')];
  const { method, body } = await arrives({ method: 'PUT', url: '/', body: { mode: 'urlencoded', urlencoded } });
  expect([method, body]).toEqual(['PUT', 'a=b']);
});

test('a raw body', async () => {
  const { method, body } = await arrives({
    method: 'PUT',
    url: '/sandbox/clock',
    body: { mode: 'raw', raw: "it's 590" },
  });
  expect([method, body]).toEqual(['PUT', "it's 590"]);
});

test.each(['HEAD', 'POST', 'DELETE', 'PATCH'])('%s without a body', async (method) => {
  const { method: arrived, body } = await arrives({ method, url: '/x' });
  expect([arrived, body]).toEqual([method, '']);
});

test('no secret that the redactor knows: variables stand for them, and the shell fills them in', () => {
  const redactor = createRedactor(['C4n"ry p$<w&%rd+é/\'\\z', 'tok.en.text']);
  const request = new Request({
    method: 'POST',
    url: 'https://site.example/token',
    header: [header('Authorization', 'Bearer tok.en.text')],
    body: {
      mode: 'urlencoded',
      urlencoded: [header('username', 'user'), header('password', 'C4n"ry p$<w&%rd+é/\'\\z')],
    },
  });
  const line = curlLine(request, redactor);
  expect(line).toContain('-H "Authorization: Bearer $AUXFLOW_TOKEN"');
  expect(line).toContain('--data-urlencode "password=$ADG_PASSWORD"');
  expect(line).not.toContain('C4n');
  // Whoever redacts the line again leaves it as it is.
  expect(redactor.text(line)).toBe(line);
});
