import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Diagnosis, Part } from '../../scripts/diagnostics/doctor/diagnosis';
import type { RunEvent } from '../../scripts/session/run-events';
import { sampleOf } from '../helpers/budget';
import { createForwarder } from '../helpers/create-forwarder';
import { createTcpServer, createTestServer, sendJson, sendPage } from '../helpers/create-test-server';
import { drawTests } from '../helpers/draw-tests';
import { environmentFile } from '../helpers/environment-file';
import { runCli, temporaryFolder, type CliOptions } from '../helpers/run-cli';
import { SELF_SIGNED } from '../helpers/self-signed';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

drawTests(8);

interface DoctorRun {
  exitCode: number | null;
  parts: Record<Part, Diagnosis>;
  stdout: string;
}

async function doctor(words: readonly string[], options: CliOptions = {}): Promise<DoctorRun> {
  const { exitCode, stdout, stderr } = await runCli(['doctor', '--json', ...words], options);
  expect(stderr).toBe('');
  const events = stdout.split('\n').flatMap((line) => (line ? [JSON.parse(line) as RunEvent] : []));
  const diagnosis = events.find((event) => event.type === 'diagnosis');
  const parts = Object.fromEntries((diagnosis?.parts ?? []).map((row) => [row.part, row])) as Record<Part, Diagnosis>;
  return { exitCode, parts, stdout };
}

/** Verdicts, and the codes of what is failing. */
const said = (parts: Record<Part, Diagnosis>): Record<string, string> =>
  Object.fromEntries(Object.values(parts).map(({ part, verdict, error }) => [part, error?.code ?? verdict]));

const ALL_WELL = {
  dns: 'ok',
  tls: 'ok',
  token: 'ok',
  gateway: 'ok',
  role: 'ok',
  rdb: 'ok',
  auxip: 'ok',
  reprocessing: 'ok',
  store: 'ok',
  quota: 'ok',
};

const NO_TOKEN = {
  role: 'unknown',
  rdb: 'unknown',
  auxip: 'unknown',
  reprocessing: 'unknown',
  store: 'unknown',
  quota: 'unknown',
};

describe('a healthy site', () => {
  test.each(sampleOf(['adg', 'icd'] as const, 1))('with the profile %s: all well, exit code 0', async (profile) => {
    const { siteUrl, requests } = await withSandbox({ profile });
    const { exitCode, parts } = await doctor(['--site-url', siteUrl]);
    expect([exitCode, said(parts)]).toEqual([0, ALL_WELL]);
    expect(requests.filter(({ method }) => method !== 'GET').map(({ url }) => url)).toEqual([
      expect.stringMatching(/\/token$/),
    ]);
  });

  test('the store is asked for one byte, without the token; with --no-store for none', async () => {
    const { siteUrl, requests } = await withSandbox();
    await doctor(['--site-url', siteUrl]);
    const stored = requests.filter(({ origin }) => origin === 'store');
    expect(stored.map(({ headers }) => [headers.range, headers.authorization])).toEqual([['bytes=0-0', undefined]]);
    const before = requests.length;
    const { exitCode, parts } = await doctor(['--site-url', siteUrl, '--no-store']);
    expect(requests.slice(before).some(({ url }) => url.includes('$value'))).toBe(false);
    expect([exitCode, said(parts)]).toEqual([0, { ...ALL_WELL, store: 'unknown', quota: 'unknown' }]);
  });

  test('one table in plain words, without a secret', async () => {
    const { siteUrl, requests } = await withSandbox();
    const { exitCode, stdout } = await runCli(['doctor', '--site-url', siteUrl]);
    const rows = stdout.split('\n').flatMap((line) => /^ {2}(\w+) +(ok|failing|unknown) +\d/.exec(line)?.[1] ?? []);
    expect([exitCode, rows]).toEqual([0, Object.keys(ALL_WELL)]);
    const token = /^Bearer (.+)$/.exec(requests.flatMap(({ headers }) => headers.authorization ?? [])[0] ?? '')?.[1];
    expect(token).toMatch(/^ey/);
    expect(stdout).not.toContain(token);
    expect(stdout).not.toMatch(/X-Amz|eyJ/);
  });
});

describe('a part that is failing', () => {
  const stuck = { store: 'unknown', quota: 'unknown' };
  const SCENARIOS: readonly [scenario: string, exitCode: number, parts: object][] = [
    ['proxy-502:always', 5, { gateway: 'SERVICE_BUSY', rdb: 'SERVICE_BUSY', auxip: 'SERVICE_BUSY' }],
    ['proxy-429:always', 5, { gateway: 'CONNECTION_LIMIT', auxip: 'CONNECTION_LIMIT' }],
    ['kong-503:always', 5, { gateway: 'SERVICE_BUSY', rdb: 'SERVICE_BUSY' }],
    ['login-page-200:always', 3, { gateway: 'LOGIN_PAGE', rdb: 'LOGIN_PAGE', ...stuck }],
    ['dropped-connection:always', 5, { gateway: 'NETWORK', rdb: 'NETWORK' }],
    ['cut-answer:always', 5, { rdb: 'NETWORK' }],
    ['broken-schema', 1, { ...ALL_WELL, rdb: 'ANSWER_BREAKS_SCHEMA' }],
    ['empty-baseline', 1, { ...ALL_WELL, rdb: 'BASELINE_WITHOUT_FILES' }],
    ['quota-exhausted', 8, { ...ALL_WELL, store: 'unknown', quota: 'QUOTA_REFUSED' }],
    ['wrong-size', 6, { ...ALL_WELL, store: 'SIZE_WRONG' }],
    ['lost-object', 4, { ...ALL_WELL, store: 'NOT_FOUND' }],
    ['store-500:always', 5, { ...ALL_WELL, store: 'SERVICE_BUSY' }],
    ['presigned-expired', 1, { ...ALL_WELL, store: 'STATUS_UNEXPECTED' }],
    ['error-body-200:always', 1, { ...ALL_WELL, store: 'STATUS_UNEXPECTED' }],
    ['slow-store', 5, { ...ALL_WELL, store: 'TIME_LIMIT' }],
    ['ignored-range', 0, ALL_WELL],
    ['cold-start@60000', 0, { ...ALL_WELL, rdb: 'unknown' }],
  ];

  test.each(sampleOf(SCENARIOS, 7, ([, code]) => code))(
    'scenario %s: exit code %i',
    async (scenario, expected, wanted) => {
      const { siteUrl } = await withSandbox({ scenario });
      const { exitCode, parts } = await doctor(['--site-url', siteUrl]);
      expect(said(parts)).toMatchObject(wanted);
      expect(exitCode).toBe(expected);
    },
  );

  test('what is failing says what to do next; what depends on it was not looked at', async () => {
    const { siteUrl } = await withSandbox({ scenario: 'quota-exhausted' });
    const { parts } = await doctor(['--site-url', siteUrl]);
    expect(parts.quota.seen).toMatch(/429[^]*volume/);
    expect(parts.quota.next).toMatch(/Try again/);
    expect(parts.store).toMatchObject({ because: 'quota', seen: 'not checked, because of quota' });
  });

  test('$value that neither grants nor counts: the store is failing, of the quota nothing is known', async () => {
    const sandbox = await withSandbox();
    const site = await createForwarder(sandbox.siteUrl, ({ url }, answer) =>
      url.endsWith('/$value') ? { ...answer, status: 503, headers: {}, body: '{"message":"no"}' } : undefined,
    );
    const { exitCode, parts } = await doctor(['--site-url', site.origin]);
    expect([exitCode, said(parts)]).toEqual([5, { ...ALL_WELL, store: 'SERVICE_BUSY', quota: 'unknown' }]);
  });

  test('ignored Range is said', async () => {
    const { siteUrl } = await withSandbox({ scenario: 'ignored-range' });
    const { parts } = await doctor(['--site-url', siteUrl]);
    expect(parts.store.seen).toMatch(/ignores Range/);
  });

  test.each([
    ['a wrong password', { ADG_PASSWORD: 'wrong-password' }, 'TOKEN_REFUSED', 3],
    ['no role', { ADG_USER: 'nobody', ADG_PASSWORD: 'password' }, undefined, 3],
    ['the role reporting only', { ADG_USER: 'operator', ADG_PASSWORD: 'password' }, undefined, 3],
  ])('%s', async (_what, environment, token, expected) => {
    const { siteUrl } = await withSandbox();
    const { exitCode, parts } = await doctor(['--site-url', siteUrl], { environment });
    expect(exitCode).toBe(expected);
    const wanted = token
      ? { ...ALL_WELL, ...NO_TOKEN, token }
      : { token: 'ok', role: 'ROLE_NOT_CLAIMED', store: 'unknown', quota: 'unknown' };
    expect(said(parts)).toMatchObject(wanted);
  });

  test('no credentials: the token is failing, the gateway was looked at', async () => {
    const sandbox = await withSandbox();
    const env = environmentFile(temporaryFolder(), { site_url: sandbox.siteUrl });
    const { exitCode, parts } = await doctor(['--env', env]);
    expect([exitCode, said(parts)]).toEqual([2, { ...ALL_WELL, ...NO_TOKEN, token: 'CREDENTIALS_MISSING' }]);
  });
});

describe('the ledger of an account', () => {
  test('the grant is booked; a refusal soon after others is the pace, one out of the blue the volume', async () => {
    const sandbox = await withSandbox();
    const folder = temporaryFolder();
    const environment = { ...ACCOUNT, AUXFLOW_STATE: path.join(folder, 'state') };
    const env = environmentFile(folder, { site_url: sandbox.siteUrl });
    const first = await doctor(['--env', env], { environment });
    expect(first.parts.quota.seen).toMatch(/^0 downloads, 0 B of 100 GB granted here in 8 days/);
    const second = await doctor(['--env', env, '--no-store'], { environment });
    expect(second.parts.quota.seen).toMatch(/^1 download, 2\.01 kB of 100 GB/);
    sandbox.setScenario('quota-exhausted');
    const third = await doctor(['--env', env], { environment });
    expect([third.exitCode, third.parts.quota.error]).toMatchObject([8, { code: 'QUOTA_REFUSED', kind: 'pace' }]);
    const elsewhere = { ...environment, AUXFLOW_STATE: path.join(folder, 'other') };
    const fourth = await doctor(['--env', env], { environment: elsewhere });
    expect(fourth.parts.quota.error).toMatchObject({ code: 'QUOTA_REFUSED', kind: 'volume' });
  });
});

describe('hosts that are none', () => {
  const everywhere = (code: string): object => ({ token: code, gateway: code, ...NO_TOKEN });

  test('a name without an address', async () => {
    const { exitCode, parts } = await doctor(['--site-url', 'https://auxflow.invalid']);
    expect(exitCode).toBe(5);
    expect(said(parts)).toMatchObject({ dns: 'HOST_UNKNOWN', tls: 'unknown', gateway: 'unknown', ...NO_TOKEN });
    expect(parts.store.because).toBe('dns');
  });

  test('a port that nobody listens at', async () => {
    const { exitCode, parts } = await doctor(['--site-url', 'http://127.0.0.1:1']);
    expect([exitCode, said(parts)]).toMatchObject([5, everywhere('NETWORK')]);
  });

  test('a black hole', async () => {
    const site = await createTcpServer(() => undefined);
    const { exitCode, parts } = await doctor(['--site-url', site]);
    expect([exitCode, said(parts)]).toMatchObject([5, everywhere('TIME_LIMIT')]);
  });

  test('SIGINT does not wait for a black hole', async () => {
    let isConnected: () => void = () => undefined;
    const connected = new Promise<void>((resolve) => (isConnected = resolve));
    const site = await createTcpServer(() => isConnected());
    const started = (child: ChildProcess): void => void connected.then(() => child.kill('SIGINT'));
    const { exitCode, stderr } = await runCli(['doctor', '--site-url', site], { started });
    expect([exitCode, stderr]).toEqual([130, expect.stringMatching(/^Stopped by SIGINT/)]);
  });

  test('a black hole where TLS should be', async () => {
    const site = await createTcpServer(() => undefined);
    const { exitCode, parts } = await doctor(['--site-url', site.replace('http:', 'https:')]);
    expect([exitCode, said(parts)]).toMatchObject([5, { tls: 'TIME_LIMIT', ...NO_TOKEN }]);
  });

  test('slow drip', async () => {
    const site = await createTcpServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n');
      const timer = setInterval(() => socket.write(' '), 100);
      socket.on('close', () => clearInterval(timer));
    });
    const { exitCode, parts } = await doctor(['--site-url', site]);
    expect([exitCode, said(parts)]).toMatchObject([5, everywhere('TIME_LIMIT')]);
  });

  test('no HTTP at all', async () => {
    const site = await createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    const { exitCode, parts } = await doctor(['--site-url', site]);
    expect([exitCode, said(parts)]).toMatchObject([5, everywhere('NETWORK')]);
  });

  /** A token endpoint that is well, and `answer` for everything else. */
  async function siteAnswering(answer: (response: ServerResponse) => void): Promise<string> {
    const { origin } = await createTestServer((request, response) => {
      if (request.method === 'POST') sendJson(response, { access_token: 'opaque-access-token-1', expires_in: 900 });
      else answer(response);
    });
    return origin;
  }

  test('HTML everywhere', async () => {
    const { origin } = await createTestServer((_request, response) => sendPage(response, '<html><p>Welcome</html>'));
    const { exitCode, parts } = await doctor(['--site-url', origin]);
    expect([exitCode, said(parts)]).toMatchObject([1, { token: 'ANSWER_BREAKS_SCHEMA', ...NO_TOKEN }]);
  });

  test('HTML from all services', async () => {
    const site = await siteAnswering((response) => sendPage(response, '<html><p>Welcome</html>'));
    const { exitCode, parts } = await doctor(['--site-url', site]);
    const wanted = { gateway: 'ANSWER_NOT_JSON', rdb: 'ANSWER_NOT_JSON', reprocessing: 'ANSWER_NOT_JSON' };
    expect([exitCode, said(parts)]).toMatchObject([1, { token: 'ok', role: 'unknown', ...wanted }]);
  });

  test('endless redirect: none is followed', async () => {
    let asked = 0;
    const site = await siteAnswering((response) => {
      asked++;
      response.writeHead(302, { location: '/again' }).end();
    });
    const { exitCode, parts } = await doctor(['--site-url', site]);
    expect([exitCode, said(parts)]).toMatchObject([5, { gateway: 'REDIRECTED', rdb: 'REDIRECTED' }]);
    expect(asked).toBe(5);
  });

  test('1 GB of JSON: only the beginning is read', async () => {
    const block = Buffer.alloc(1024 * 1024, '[');
    let sent = 0;
    const site = await siteAnswering((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = (): void => {
        if (sent >= 1024) response.end();
        else if (!response.destroyed) response.write(block, () => setImmediate(more));
        sent += response.destroyed ? 0 : 1;
      };
      more();
    });
    const { exitCode, parts } = await doctor(['--site-url', site]);
    expect([exitCode, said(parts)]).toMatchObject([1, { gateway: 'ANSWER_OVER_LIMIT', rdb: 'ANSWER_OVER_LIMIT' }]);
    expect(sent).toBeLessThan(200);
  });
});

describe('TLS', () => {
  /** The sandbox behind https, and the file of the certificate. */
  async function secureSite(host: string): Promise<{ site: string; certificate: string }> {
    const { siteUrl } = await withSandbox();
    const { origin } = await createForwarder(siteUrl, undefined, SELF_SIGNED);
    const folder = temporaryFolder();
    const certificate = path.join(folder, 'certificate.pem');
    writeFileSync(certificate, SELF_SIGNED.cert);
    return { site: origin.replace('127.0.0.1', host), certificate };
  }

  test('a certificate that this machine trusts: its name, and the days it has left', async () => {
    const { site, certificate } = await secureSite('localhost');
    const environment = { NODE_EXTRA_CA_CERTS: certificate };
    const { exitCode, parts } = await doctor(['--site-url', site], { environment });
    expect([exitCode, said(parts)]).toEqual([0, ALL_WELL]);
    expect(parts.tls.seen).toMatch(/^localhost:\d+, TLSv1\.3: certificate of localhost, \d+ days left$/);
    expect(parts.dns.seen).toMatch(/^localhost is (127\.0\.0\.1|::1)/);
  });

  test.each([
    ['nobody vouches for', 'localhost', false, /self-signed certificate[^]*DEPTH_ZERO_SELF_SIGNED_CERT/],
    ['is for another host name', '127.0.0.2', true, /is for another host name[^]*ERR_TLS_CERT_ALTNAME_INVALID/],
  ])('a certificate that %s', async (_what, host, isTrusted, sentence) => {
    const { site, certificate } = await secureSite(host);
    const environment: Record<string, string> = isTrusted ? { NODE_EXTRA_CA_CERTS: certificate } : {};
    const { exitCode, parts } = await doctor(['--site-url', site], { environment });
    expect([exitCode, said(parts)]).toMatchObject([5, { dns: 'ok', tls: 'TLS_REFUSED', ...NO_TOKEN }]);
    expect(parts.tls.seen).toMatch(sentence);
    expect(parts.gateway.because).toBe('tls');
  });

  test('no TLS where it should be', async () => {
    const { siteUrl } = await withSandbox();
    const { exitCode, parts } = await doctor(['--site-url', siteUrl.replace('http:', 'https:')]);
    expect([exitCode, said(parts)]).toMatchObject([5, { tls: 'TLS_REFUSED', ...NO_TOKEN }]);
    expect(parts.tls.seen).toMatch(/supports no TLS/);
  });
});
