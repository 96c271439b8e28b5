import { once, type EventEmitter } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import newman, { type NewmanRunOptions, type NewmanRunSummary } from 'newman';
import type { ItemDefinition, Response } from 'postman-collection';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { redactRun } from '../../scripts/newman/redact-run';

const CANARY = 'CANARY';
const PASSWORD = `${CANARY}-pässword&"<1>`;
const TOKEN = `${CANARY}-access-token-0123456789-abcdefghijklmnopqrstuvwxyz`;
const REFRESH = `${CANARY}-refresh-token`;
const CLIENT_SECRET = `${CANARY}.client.secret`;
const SESSION = `${CANARY}-session`;
const SIGNATURE = `${CANARY}0signature`;

let server: Server;
let site: string;
let folder: string;
const seen: { url: string; authorization?: string; body: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = await mkdtemp(join(tmpdir(), 'redact-run-'));
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const url = request.url ?? '';
  seen.push({ url, authorization: request.headers.authorization, body });
  if (url === '/token') {
    response.setHeader('Content-Type', 'application/json');
    response.setHeader('Set-Cookie', [`SESSION=${SESSION}; Path=/; HttpOnly`, 'LOCALE=en']);
    response.end(
      JSON.stringify({ access_token: TOKEN, refresh_token: REFRESH, expires_in: 900, token_type: 'Bearer' }),
    );
  } else if (url === '/value') {
    response.writeHead(302, { Location: `${site}/store?X-Amz-Credential=${CANARY}key&X-Amz-Signature=${SIGNATURE}` });
    response.end();
  } else if (url.startsWith('/large')) {
    response.end('x'.repeat(2_000_000));
  } else if (url.startsWith('/store')) {
    response.end(Buffer.from([0xff, 0xfe, 0x00, 0x80]));
  } else {
    // Services repeat what they were asked: an error page that quotes the request.
    response.setHeader('Content-Type', 'text/html');
    response.end(`<p>${url} ${decodeURIComponent(body)} ${request.headers.authorization ?? ''} ${PASSWORD}</p>`);
  }
}

function item(name: string, request: ItemDefinition['request'], test: string): ItemDefinition {
  return {
    name,
    request,
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: test } }],
  } as ItemDefinition;
}

/** Every way a collection may show a secret: log it, put it into a message or a name, store it, throw it, send it. */
const items = (): ItemDefinition[] => [
  item(
    'Get token',
    {
      method: 'POST',
      url: `${site}/token`,
      auth: { type: 'noauth' },
      body: {
        mode: 'urlencoded',
        urlencoded: [
          { key: 'grant_type', value: 'password' },
          { key: 'username', value: 'user' },
          { key: 'password', value: '{{password}}' },
          { key: 'client_secret', value: '{{client_secret}}' },
        ],
      },
    },
    `const answer = pm.response.json();
     pm.environment.set('access_token', answer.access_token);
     pm.environment.set('refresh_token', answer.refresh_token);
     pm.globals.set('kept', answer.access_token);
     pm.collectionVariables.set('also_kept', answer.refresh_token);
     console.log(answer, pm.request.body.urlencoded.toString(), pm.cookies.toObject());
     pm.test('token ' + answer.access_token, () => pm.expect(answer.access_token).to.eql('something else'));
     pm.test('cookie', () => pm.expect(pm.response.headers.get('Set-Cookie')).to.eql('none'));
     pm.test('object', () => pm.expect(answer).to.eql({}));
     pm.test.skip('skipped ' + answer.refresh_token, () => {});`,
  ),
  item(
    'Resolve $value',
    { method: 'GET', url: `${site}/value` },
    `pm.environment.set('presigned', pm.response.headers.get('Location'));
     pm.test('location', () => pm.expect(pm.response.headers.get('Location')).to.eql('elsewhere'));`,
  ),
  item('Presigned', { method: 'GET', url: '{{presigned}}', auth: { type: 'noauth' } }, 'pm.test("read", () => {})'),
  item(
    'Echo',
    {
      method: 'POST',
      url: `${site}/echo?api_key=${CANARY}-api-key&token={{access_token}}`,
      auth: {
        type: 'basic',
        basic: [
          { key: 'username', value: 'user' },
          { key: 'password', value: '{{password}}' },
        ],
      },
      body: { mode: 'raw', raw: '{"password":{{password_json}},"id_token":"{{access_token}}"}' },
    },
    `pm.test('body', () => pm.expect(pm.response.text()).to.eql(''));
     throw new Error('script of ' + pm.environment.get('access_token') + ' ' + pm.environment.get('password'));`,
  ),
  item(
    'Large',
    { method: 'GET', url: `${site}/large` },
    'pm.test("size", () => pm.expect(pm.response.text()).to.have.lengthOf(2000000))',
  ),
  item('Unreachable', { method: 'GET', url: `http://{{access_token}}.invalid/?X-Amz-Signature=${SIGNATURE}` }, ''),
];

const everything = (value: unknown): string =>
  inspect(value, { depth: Infinity, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity });

/** What a reporter written by somebody else is shown. */
function listenLikeAReporter(emitter: EventEmitter, heard: string[]): void {
  for (const name of ['beforeRequest', 'request', 'assertion', 'script', 'console']) {
    emitter.on(name, (failed: unknown, event: Record<string, unknown>) => {
      const { request, response, cookies, history, messages, assertion, error } = event;
      heard.push(everything({ failed, request, response, cookies, history, messages, assertion, error }));
    });
  }
}

async function run(
  options: Partial<NewmanRunOptions>,
): Promise<{ terminal: string; events: string; summary: NewmanRunSummary }> {
  const heard: string[] = [];
  let terminal = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    terminal += String(text);
    return true;
  });
  try {
    const summary = await new Promise<NewmanRunSummary>((resolve, reject) => {
      const emitter = newman.run(
        {
          collection: {
            info: { name: 'Redaction', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
            auth: { type: 'oauth2', oauth2: [{ key: 'accessToken', value: '{{access_token}}', type: 'string' }] },
            item: items(),
          } as NewmanRunOptions['collection'],
          environment: {
            name: 'canaries',
            values: [
              { key: 'password', value: PASSWORD, type: 'secret' },
              { key: 'password_json', value: JSON.stringify(PASSWORD), type: 'secret' },
              { key: 'client_secret', value: CLIENT_SECRET, type: 'secret' },
            ],
          },
          ignoreRedirects: true,
          color: 'off',
          ...options,
        },
        (error, finished) => (error ? reject(error) : resolve(finished)),
      );
      redactRun(emitter, createRedactor([PASSWORD]));
      listenLikeAReporter(emitter, heard);
    });
    return { terminal, events: heard.join('\n'), summary };
  } finally {
    write.mockRestore();
  }
}

const reports = {
  reporters: ['cli', 'junit', 'json', 'htmlextra'],
  reporter: (path: (name: string) => string) => ({
    junit: { export: path('junit.xml') },
    json: { export: path('run.json') },
    htmlextra: { export: path('run.html'), showEnvironmentData: true, showGlobalData: true, logs: true },
  }),
};

it('leaves no secret in the terminal, in any report, in an exported environment or in the summary', async () => {
  const path = (name: string): string => join(folder, name);
  const { terminal, events, summary } = await run({
    reporters: reports.reporters,
    reporter: reports.reporter(path),
    exportEnvironment: path('environment.json'),
    exportGlobals: path('globals.json'),
    exportCollection: path('collection.json'),
    verbose: true,
  } as Partial<NewmanRunOptions>);

  const outputs: Record<string, string> = { terminal, events, summary: everything(summary) };
  const bodies = summary.run.executions.map(({ response }: { response?: Response }) => String(response?.stream));
  outputs['bodies'] = bodies.join();
  for (const name of ['junit.xml', 'run.json', 'run.html', 'environment.json', 'globals.json', 'collection.json']) {
    outputs[name] = await readFile(path(name), 'utf8');
  }
  for (const [name, text] of Object.entries(outputs)) {
    expect(text.length, name).toBeGreaterThan(100);
    const at = text.search(/CANARY|Q0FOQVJZ|NBTkFSW|DQU5BUl/);
    expect(at === -1 ? '' : `${name}: ${text.slice(Math.max(0, at - 200), at + 80)}`).toBe('');
  }
});

it('lets the requests and the scripts have the real thing', async () => {
  seen.length = 0;
  const { summary } = await run({ reporters: [] });
  expect(seen.map(({ url }) => url.replace(/\?.*/, ''))).toEqual(['/token', '/value', '/store', '/echo', '/large']);
  expect(new URLSearchParams(seen[0]?.body).get('password')).toBe(PASSWORD);
  expect(seen[1]?.authorization).toBe(`Bearer ${TOKEN}`);
  expect(seen[2]?.url).toContain(SIGNATURE);
  // Scripts saw the large body and the real values: these failures are the expected ones, and only these.
  expect(summary.run.failures.map(({ error }) => error.test || error.name)).toEqual([
    'token ***',
    'cookie',
    'object',
    'location',
    'body',
    'Error',
    expect.stringMatching(/Error/),
  ]);
});

it('keeps what is no secret, and the numbers', async () => {
  const { summary } = await run({ reporters: [] });
  const [token, value, store, echo, large] = summary.run.executions;
  expect(token?.request.body?.urlencoded?.all().map(({ key, value: text }) => [key, text])).toEqual([
    ['grant_type', 'password'],
    ['username', 'user'],
    ['password', '***'],
    ['client_secret', '***'],
  ]);
  expect(JSON.parse(String(token?.response.stream))).toEqual({
    access_token: '***',
    refresh_token: '***',
    expires_in: 900,
    token_type: 'Bearer',
  });
  expect(token?.response.headers.get('Set-Cookie')).toBe('LOCALE=***');
  expect(value?.response.code).toBe(302);
  expect(value?.response.headers.get('Location')).toBe(`${site}/store?X-Amz-***`);
  expect(store?.request.url.toString()).toBe(`${site}/store?X-Amz-Credential=***&X-Amz-Signature=***`);
  expect(String(store?.response.stream)).toBe('[4 bytes, not shown: binary]');
  expect(String(echo?.response.stream)).toContain('/echo?api_key=***&token=***');
  expect(String(large?.response.stream)).toBe('[2000000 bytes, not shown: more than 1000000 bytes]');
  expect(large?.response.responseSize).toBe(2_000_000);
  expect(large?.response.size()).toMatchObject({ body: 2_000_000 });
});

it('keeps at most so many bytes of bodies per run', async () => {
  const emitter = newman.run({
    collection: {
      info: { name: 'Many', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      item: [item('Many', { method: 'GET', url: `${site}/plain` }, '')],
    } as NewmanRunOptions['collection'],
    iterationCount: 3,
  });
  redactRun(emitter, createRedactor(), { each: 1000, run: 100 });
  const [, summary] = (await once(emitter, 'done')) as [unknown, NewmanRunSummary];
  const bodies = summary.run.executions.map(({ response }) => String(response.stream));
  expect(bodies.map((body) => body.startsWith('<p>/plain'))).toEqual([true, true, false]);
  expect(bodies[2]).toMatch(/^\[\d+ bytes, not shown: the report keeps 100 bytes of all answers\]$/);
});
