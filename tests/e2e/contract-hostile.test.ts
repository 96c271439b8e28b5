import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sampleOf } from '../helpers/budget';
import { createTcpServer, createTestServer, sendJson, sendPage } from '../helpers/create-test-server';
import { drawTests } from '../helpers/draw-tests';
import { temporaryFolder } from '../helpers/run-cli';
import { findingLines, runContract, type ContractRun } from '../helpers/run-contract';
import { SELF_SIGNED } from '../helpers/self-signed';
import { ACCOUNT } from '../helpers/with-sandbox';

drawTests(10);

/** Two shards, each with three folders: what is lost on one resource must not keep the others from being looked at. */
const FOLDERS = [
  'Token endpoint',
  'auxip.svc resources',
  'rdb.svc baselines',
  'Selection rules',
  'rdb.svc known quirks',
  'Downloads',
];
/** One shard, for what is the same in each: the second folder is looked at although the first one is lost. */
const SIGNING_IN = ['Token endpoint', 'Downloads'];
const SIGNED_IN = ['rdb.svc baselines', 'Downloads'];
/** Resident set of a process, on average over the command line and Newman's. */
const MAX_MEMORY = 200 * 1024 * 1024;

interface HostileRun extends ContractRun {
  /** Resident sets at their largest, bytes, on average over all processes. */
  readonly memory: number;
}

/** The suite against a hostile site: a finding for each folder, in bounded memory. */
async function suffer(
  siteUrl: string,
  folders: readonly string[],
  environment: Record<string, string> = {},
): Promise<HostileRun> {
  const folder = temporaryFolder();
  const note = path.join(folder, 'note.cjs');
  const noted = path.join(folder, 'noted.txt');
  const told = `require('node:fs').appendFileSync(${JSON.stringify(noted)}, process.resourceUsage().maxRSS + '\\n')`;
  writeFileSync(note, `process.on('exit', () => ${told})`);
  // Hosts that are not known as sandboxes are asked slowly, for which nobody waits here.
  const shards = folders === FOLDERS ? '2' : '1';
  const words = ['--site-url', siteUrl, '--timeout', '1', '--pace', '1000', '--shards', shards, '--folder', ...folders];
  const run = await runContract(words, {
    environment: { ...ACCOUNT, NODE_OPTIONS: `--require ${note}`, ...environment },
  });
  expect([...new Set(run.findings.map((item) => item.folder))]).toEqual(folders);
  const kilobytes = readFileSync(noted, 'utf8').trim().split('\n').map(Number);
  // Of the command line and of Newman's processes.
  expect(kilobytes.length).toBeGreaterThan(1);
  return { ...run, memory: (kilobytes.reduce((sum, item) => sum + item, 0) * 1024) / kilobytes.length };
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
}

describe('nobody answers', () => {
  /** A folder whose sign-in failed is left alone: one request each. */
  const oneEach = ({ cases }: ContractRun): void =>
    expect(cases.reduce((sum, { requests }) => sum + requests, 0)).toBe(
      new Set(cases.map(({ folder }) => folder)).size,
    );

  test('a port that nobody listens at', async () => {
    const run = await suffer('http://127.0.0.1:1', FOLDERS);
    expect([run.exitCode, findingLines(run.findings)]).toMatchObject([5, { length: FOLDERS.length }]);
    expect(findingLines(run.findings)[0]).toMatch(/ECONNREFUSED.*nothing listens on that port/);
    oneEach(run);
  });

  test('a name without an address', async () => {
    const run = await suffer('https://auxflow.invalid', SIGNING_IN);
    expect([run.exitCode, findingLines(run.findings)[0]]).toEqual([5, expect.stringMatching(/no such host is known/)]);
    oneEach(run);
  });

  test('a black hole', async () => {
    const run = await suffer(await createTcpServer(() => undefined), SIGNING_IN);
    expect([run.exitCode, findingLines(run.findings)[0]]).toEqual([
      5,
      expect.stringMatching(/within the time limit|took longer than 1 s/),
    ]);
    oneEach(run);
  });

  test('a black hole where TLS should be', async () => {
    const site = await createTcpServer(() => undefined);
    const run = await suffer(site.replace('http:', 'https:'), SIGNING_IN);
    expect(run.exitCode).toBe(5);
    oneEach(run);
  });

  test('slow drip', async () => {
    const site = await createTcpServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n');
      const timer = setInterval(() => socket.write(' '), 100);
      socket.on('close', () => clearInterval(timer));
    });
    const run = await suffer(site, SIGNING_IN);
    expect([run.exitCode, findingLines(run.findings)[0]]).toEqual([
      5,
      expect.stringMatching(/within the time limit|took longer than 1 s/),
    ]);
    oneEach(run);
  });

  test('no HTTP at all', async () => {
    const run = await suffer(await createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')), SIGNING_IN);
    expect([run.exitCode, findingLines(run.findings)[0]]).toEqual([5, expect.stringMatching(/is not HTTP/)]);
    oneEach(run);
  });

  const UNTRUSTED: readonly [what: string, host: string, isTrusted: boolean][] = [
    ['nobody vouches for', 'localhost', false],
    ['is for another host name', '127.0.0.2', true],
  ];

  test.each(sampleOf(UNTRUSTED, 1))('a certificate that %s: nothing is sent', async (_what, host, isTrusted) => {
    const site = await createTestServer((_request, response) => response.end('{}'), SELF_SIGNED);
    const certificate = path.join(temporaryFolder(), 'certificate.pem');
    writeFileSync(certificate, SELF_SIGNED.cert);
    const environment: Record<string, string> = isTrusted ? { NODE_EXTRA_CA_CERTS: certificate } : {};
    const run = await suffer(site.origin.replace('127.0.0.1', host), SIGNING_IN, environment);
    expect([run.exitCode, site.requests]).toEqual([5, []]);
    expect(findingLines(run.findings)[0]).toMatch(/certificate of the host is not trusted/);
  });
});

describe('somebody else answers', () => {
  test('HTML everywhere', async () => {
    const { origin } = await createTestServer((_request, response) => sendPage(response, '<html><p>Welcome</html>'));
    const run = await suffer(origin, SIGNING_IN);
    expect([run.exitCode, run.findings.length]).toEqual([1, SIGNING_IN.length]);
  });

  test('JSON that is no object, everywhere', async () => {
    const { origin } = await createTestServer((_request, response) => sendJson(response, null));
    const run = await suffer(origin, SIGNING_IN);
    expect([run.exitCode, run.findings.length]).toEqual([1, SIGNING_IN.length]);
  });
});

describe('behind a token endpoint that is well', () => {
  async function siteAnswering(answer: (response: ServerResponse, request: { url: string }) => void): Promise<string> {
    const { origin } = await createTestServer((request, response) => {
      if (request.method === 'POST') sendJson(response, GRANT);
      else answer(response, request);
    });
    return origin;
  }
  const GRANT = {
    access_token: 'opaque-access-token-1',
    refresh_token: 'opaque-refresh-token-1',
    expires_in: 900,
    refresh_expires_in: 1800,
    token_type: 'Bearer',
    'not-before-policy': 0,
    session_state: 'a',
    scope: 'openid',
  };

  test('HTML', async () => {
    const run = await suffer(await siteAnswering((response) => sendPage(response, '<html><p>Welcome</html>')), FOLDERS);
    expect([run.exitCode, run.memory < MAX_MEMORY]).toEqual([1, true]);
  });

  test('endless redirect: none is followed', async () => {
    let asked = 0;
    const site = await siteAnswering((response, { url }) => {
      asked++;
      response.writeHead(302, { location: `${url}/again` }).end();
    });
    const run = await suffer(site, SIGNED_IN);
    expect([run.exitCode, run.memory < MAX_MEMORY]).toEqual([1, true]);
    expect(asked).toBeLessThanOrEqual(run.cases.reduce((sum, { requests }) => sum + requests, 0));
  });

  test('1 GB of JSON: only its beginning is read, and soon it is no longer asked for', async () => {
    const block = Buffer.alloc(1024 * 1024, '[');
    let sent = 0;
    const site = await siteAnswering((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = (left: number): void => {
        if (left === 0) response.end();
        else if (!response.destroyed) response.write(block, () => setImmediate(more, left - 1));
        sent += response.destroyed ? 0 : 1;
      };
      more(1024);
    });
    const run = await suffer(site, SIGNED_IN);
    expect([run.exitCode, run.memory < MAX_MEMORY]).toEqual([1, true]);
    expect(sent).toBeLessThan(1024);
  });

  test('64 MB packed into 64 KB: no more than half of it is unpacked', async () => {
    const packed = gzipSync(Buffer.alloc(64 * 1024 * 1024, '['), { level: 1 });
    const site = await siteAnswering((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(packed);
    });
    const run = await suffer(site, SIGNED_IN);
    expect([run.exitCode, run.memory < MAX_MEMORY]).toEqual([1, true]);
    expect(findingLines(run.findings).join('\n')).toContain('the answer is longer than');
  });

  const PACKED: readonly [coding: string, pack: typeof gzipSync][] = [
    ['GZip', gzipSync],
    ['deflate', deflateRawSync],
  ];

  test.each(sampleOf(PACKED, 1))('packed as Newman takes it too: %s of another kind', async (coding, pack) => {
    const packed = pack(Buffer.alloc(64 * 1024 * 1024, '['), { level: 1 });
    const site = await siteAnswering((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': coding }).end(packed);
    });
    const run = await suffer(site, SIGNED_IN);
    expect([run.exitCode, run.memory < MAX_MEMORY]).toEqual([1, true]);
    expect(findingLines(run.findings).join('\n')).toContain('the answer is longer than');
  });

  test.skipIf(!existsSync('/proc/self/task'))(
    'Newman dies in the middle: a finding where it was, and the other folders are looked at all the same',
    async () => {
      let cli = 0;
      let isKilled = false;
      const site = await siteAnswering((response) => {
        for (const child of isKilled ? [] : childrenOf(cli)) process.kill(child, 'SIGKILL');
        isKilled = true;
        sendJson(response, null);
      });
      const run = await runContract(['--site-url', site, '--shards', '1', '--folder', 'Downloads', 'Selection rules'], {
        environment: ACCOUNT,
        started: ({ pid = 0 }) => (cli = pid),
      });
      expect(run.exitCode).toBe(1);
      expect(new Set(run.findings.map(({ folder }) => folder))).toEqual(new Set(['Selection rules', 'Downloads']));
      expect(findingLines(run.findings).at(-1)).toMatch(
        /^Downloads: .*Newman ended here: Newman's process ended with SIGKILL/,
      );
    },
  );

  test('an answer that breaks off', async () => {
    const site = await siteAnswering((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{', () => response.destroy());
    });
    const run = await suffer(site, SIGNED_IN);
    expect(run.exitCode).toBe(1);
  });
});
