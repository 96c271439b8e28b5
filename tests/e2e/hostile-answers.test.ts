import { existsSync, readdirSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sampleOf } from '../helpers/budget';
import { SMALL_REQUEST } from '../helpers/campaign';
import { createTestServer, type RecordedRequest } from '../helpers/create-test-server';
import { drawTests } from '../helpers/draw-tests';
import { type CliResult, placesIn, reportNames, runCli, temporaryFolder } from '../helpers/run-cli';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

drawTests(6);

type Hostile = (request: RecordedRequest, response: ServerResponse) => boolean;

/** A site before a sandbox that answers some requests with what `hostile` sends (true: it has answered). */
async function hostileSite(hostile: Hostile): Promise<string> {
  const sandbox = await withSandbox();
  const server = await createTestServer((request, response) => {
    if (hostile(request, response)) return;
    const { method, url, headers, body } = request;
    const sent = ['authorization', 'content-type', 'accept'].flatMap((name) =>
      typeof headers[name] === 'string' ? [[name, headers[name]] as [string, string]] : [],
    );
    void fetch(`${sandbox.siteUrl}${url}`, {
      ...{ method, headers: sent, redirect: 'manual' },
      ...(method === 'POST' ? { body } : {}),
    }).then(async (answer) => {
      // Its links lead here, too.
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end((await answer.text()).replaceAll(sandbox.siteUrl, server.origin));
    });
  });
  return server.origin;
}

const isBaseline = ({ url }: RecordedRequest): boolean => url.includes('getReprocessingDataBaseline(');
const JSON_TYPE = { 'content-type': 'application/json;odata.metadata=minimal' };
const GIB = 1024 ** 3;

function sendWhole(response: ServerResponse, body: string | Buffer, headers: Record<string, string> = {}): true {
  response.writeHead(200, { ...JSON_TYPE, ...headers }).end(body);
  return true;
}

/** Endless as far as the reader can tell: `bytes` of one long text, as fast as they are taken. */
function sendLong(response: ServerResponse, bytes: number): true {
  const chunk = Buffer.alloc(1024 * 1024, 'a');
  response.writeHead(200, JSON_TYPE).write('{"value":"');
  let sent = 0;
  const more = (): void => {
    while (sent < bytes && !response.destroyed) {
      sent += chunk.length;
      if (!response.write(chunk)) return void response.once('drain', more);
    }
    response.end('"}');
  };
  more();
  return true;
}

async function suffer(verb: string, siteUrl: string): Promise<CliResult & { pages: string[] }> {
  const folder = temporaryFolder();
  const words = [verb, '--site-url', siteUrl, ...SMALL_REQUEST, ...placesIn(folder)];
  const result = await runCli(words, { environment: ACCOUNT });
  const reports = path.join(folder, 'reports');
  const runs = existsSync(reports) ? reportNames(reports) : [];
  return { ...result, pages: runs.flatMap((run) => readdirSync(path.join(reports, run))) };
}

describe.each(sampleOf(['run', 'fetch'], 1))('auxflow %s, and a baseline that is', (verb) => {
  const BASELINES: readonly [string, Hostile, RegExp][] = [
    [
      '200 000 arrays within each other',
      (_request, response) => sendWhole(response, '['.repeat(200_000) + ']'.repeat(200_000)),
      /deeply nested/,
    ],
    [
      '100 000 rows without anything',
      (_request, response) => sendWhole(response, `{"value":[${'{},'.repeat(100_000)}{}]}`),
      /violates the schema rdb.baseline/,
    ],
    ['JSON of 1 GB', (_request, response) => sendLong(response, GIB), /response that is too large/],
    [
      'a packed gigabyte',
      (_request, response) => sendWhole(response, PACKED_GIGABYTE, { 'content-encoding': 'gzip' }),
      /response that is too large/,
    ],
  ];

  test.each(sampleOf(BASELINES, 2))('%s: a sentence, exit code 1, a report', async (_name, hostile, sentence) => {
    const site = await hostileSite((request, response) => isBaseline(request) && hostile(request, response));
    const { exitCode, stdout, stderr, pages } = await suffer(verb, site);
    expect([exitCode, stdout]).toEqual([1, expect.stringMatching(sentence)]);
    expect(stdout + stderr).not.toMatch(/^ +at .*[.]js/m);
    expect(pages).toEqual(expect.arrayContaining(['index.html', 'run.json', 'junit.xml']));
  });
});

const PACKED_GIGABYTE = gzipSync(Buffer.alloc(256 * 1024 * 1024, 'a'));

test('error pages whose titles never end do not hold the process', async () => {
  const site = await hostileSite(({ url }, response) => {
    if (!url.endsWith('/$value')) return false;
    response.writeHead(404, { 'content-type': 'text/html' }).end('<title'.repeat(40_000));
    return true;
  });
  const { exitCode, stdout } = await suffer('fetch', site);
  expect([exitCode, stdout]).toEqual([4, expect.stringContaining('does not exist')]);
});

describe('auxflow drift, and a $metadata of', () => {
  test.each([
    ['300 000 elements within each other', '<a>'.repeat(300_000), /nested deeper than/],
    ['300 000 elements side by side', `<edmx:Edmx>${'<a/>'.repeat(300_000)}</edmx:Edmx>`, /\$metadata/],
  ])('%s', async (_name, metadata, reason) => {
    const site = await hostileSite(({ url }, response) => {
      if (!url.endsWith('/$metadata')) return false;
      response.writeHead(200, { 'content-type': 'application/xml' }).end(metadata);
      return true;
    });
    const { exitCode, stdout } = await runCli(['drift', '--site-url', site], { environment: ACCOUNT });
    expect([exitCode, stdout]).toEqual([1, expect.stringMatching(reason)]);
  });
});

test('SIGINT is obeyed while Newman works on a hostile answer, and leaves no temporary files', async () => {
  let interrupt: (() => void) | undefined;
  const site = await hostileSite((request, response) => {
    if (!isBaseline(request)) return false;
    setTimeout(() => interrupt?.(), 500);
    return sendLong(response, 30 * 1024 * 1024);
  });
  const [folder, TMPDIR] = [temporaryFolder(), temporaryFolder()];
  const words = ['run', '--site-url', site, ...SMALL_REQUEST, ...placesIn(folder)];
  const started = (child: { kill: (signal: NodeJS.Signals) => boolean }): void => {
    interrupt = () => void child.kill('SIGINT');
  };
  expect(await runCli(words, { environment: { ...ACCOUNT, TMPDIR }, started })).toMatchObject({ exitCode: 130 });
  expect(readdirSync(TMPDIR)).toEqual([]);
});
