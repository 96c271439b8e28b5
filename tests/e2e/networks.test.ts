import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sampleOf } from '../helpers/budget';
import { lockIn, SMALL_REQUEST } from '../helpers/campaign';
import { createTestServer, type RecordedRequest } from '../helpers/create-test-server';
import { drawTests } from '../helpers/draw-tests';
import { fetchInProcess } from '../helpers/fetch-in-process';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

drawTests(6);

interface Whole {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request as it was given to a server, to another one. */
function passOn(origin: string, { method, url, headers, body }: RecordedRequest): Promise<Whole> {
  return new Promise((resolve, reject) => {
    const target = new URL(url, origin);
    const sent = httpRequest(target, { method, headers: { ...headers, host: target.host } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const { statusCode: status = 0, headers } = answer;
        resolve({ status, headers, body: Buffer.concat(chunks) });
      });
    });
    sent.on('error', reject).end(body);
  });
}

type Meddle = (request: RecordedRequest, answer: Whole, response: ServerResponse) => void;

const asItIs: Meddle = (_request, { status, headers, body }, response) => {
  response.writeHead(status, { ...headers, 'content-length': String(body.length) }).end(body);
};

/** A sandbox behind proxies that meddle with the answers of the site and of the store. */
async function meddledSite(meddle: { site?: Meddle; store?: Meddle }): Promise<string> {
  const { siteUrl, storeUrl } = await withSandbox();
  const store = await createTestServer((request, response) => {
    void passOn(storeUrl, request).then((answer) => (meddle.store ?? asItIs)(request, answer, response));
  });
  const storeHere = store.origin.replace('127.0.0.1', 'localhost');
  const site = await createTestServer((request, response) => {
    void passOn(siteUrl, request).then(({ status, headers, body }) => {
      const here = (text: string): string => text.replaceAll(siteUrl, site.origin).replaceAll(storeUrl, storeHere);
      const { location, ...others } = headers;
      const moved = { ...others, ...(location === undefined ? {} : { location: here(location) }) };
      (meddle.site ?? asItIs)(request, { status, headers: moved, body: Buffer.from(here(body.toString())) }, response);
    });
  });
  return site.origin;
}

/** The data plane alone, through the command line. */
async function fetchFrom(siteUrl: string, options: readonly string[] = []) {
  const frozen = ['--frozen', await sharedCampaign('small')];
  const words = ['fetch', '--site-url', siteUrl, ...frozen, ...options, ...placesIn(temporaryFolder())];
  return runCli(words, { environment: ACCOUNT });
}

/** The data plane alone, in this process and with waits of milliseconds: all must come home. */
async function expectFetched(siteUrl: string): Promise<void> {
  const folder = temporaryFolder();
  const options = { frozen: await sharedCampaign('small') };
  const { exitCode, output } = await fetchInProcess({ folder, siteUrl, options, environment: ACCOUNT });
  expect([exitCode, output]).toEqual([0, output]);
  expectAllHere(path.join(folder, 'out'));
}

/** Every file of the lock is here, with the right bytes. */
function expectAllHere(out: string): void {
  const { files } = lockIn(out);
  expect(files.length).toBeGreaterThan(3);
  for (const { path: place, md5, state } of files) {
    const bytes = readFileSync(path.join(out, place ?? ''));
    expect([state, createHash('md5').update(bytes).digest('hex')]).toEqual(['verified', md5]);
  }
}

/** Cuts the first answer for each object, and leaves the others to `then`. */
function cutFirst(then: Meddle): Meddle {
  const seen = new Set<string>();
  return (request, answer, response) => {
    const object = request.url.split('?')[0] ?? '';
    if (seen.has(object)) {
      then(request, answer, response);
      return;
    }
    seen.add(object);
    const { status, headers, body } = answer;
    response.writeHead(status, headers).write(body.subarray(0, Math.floor(body.length * 0.7)), () => {
      setTimeout(() => response.destroy(), 50);
    });
  };
}

const firstByteOf = ({ headers }: RecordedRequest): number =>
  Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);

describe('stores that do it their way', () => {
  /** The sandbox answers exactly; how others cut their ranges is told here of the whole object. */
  const ranged =
    (cut: (first: number, size: number) => readonly [from: number, to: number, total: string]): Meddle =>
    (request, answer, response) => {
      const first = firstByteOf(request);
      const size = Number(answer.headers['content-range']?.split('/')[1] ?? answer.body.length);
      if (first === 0) {
        asItIs(request, answer, response);
        return;
      }
      const [from, to, total] = cut(first, size);
      void wholeObject(request).then((whole) => {
        const part = whole.subarray(from, to + 1);
        response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${total}`, 'content-length': part.length });
        response.end(part);
      });
    };
  let wholeObject: (request: RecordedRequest) => Promise<Buffer>;

  async function rangedSite(cut: Parameters<typeof ranged>[0]): Promise<string> {
    const objects = new Map<string, Buffer>();
    wholeObject = (request) => Promise.resolve(objects.get(request.url.split('?')[0] ?? '') ?? Buffer.alloc(0));
    const meddle = cutFirst(ranged(cut));
    return meddledSite({
      store: (request, answer, response) => {
        if (firstByteOf(request) === 0) objects.set(request.url.split('?')[0] ?? '', answer.body);
        meddle(request, answer, response);
      },
    });
  }

  test.each<[string, Parameters<typeof ranged>[0]]>([
    ['a range from a boundary before the byte asked for', (first, size) => [Math.max(0, first - 100), size - 1, String(size)]],
    ['a range of unknown total', (first, size) => [first, size - 1, '*']],
    ['a short range', (first, size) => [first, Math.min(size - 1, first + 200_000), String(size)]],
    ['many short ranges', (first, size) => [first, Math.min(size - 1, first + 70_000), String(size)]],
    ['a range from a later byte: begun anew', (first, size) => [Math.min(first + 1, size - 1), size - 1, String(size)]],
  ])('%s', async (_name, cut) => {
    await expectFetched(await rangedSite(cut));
  }); // prettier-ignore

  test('a body that is longer than the file, once: begun anew', async () => {
    const seen = new Set<string>();
    const site = await meddledSite({
      store: ({ url }, { status, headers, body }, response) => {
        const isFirst = !seen.has(url);
        seen.add(url);
        response.writeHead(status, isFirst ? {} : headers).end(isFirst ? Buffer.concat([body, body]) : body);
      },
    });
    await expectFetched(site);
  });

  test('bodies packed although nobody asked for it', async () => {
    const site = await meddledSite({
      store: (_request, { status, headers, body }, response) => {
        const packed = gzipSync(body);
        response.writeHead(status, { ...headers, 'content-encoding': 'gzip', 'content-length': packed.length });
        response.end(packed);
      },
    });
    await expectFetched(site);
  });

  test('bodies that end with their connection, cut: resumed', async () => {
    let cuts = 0;
    const site = await meddledSite({
      store: (request, { status, headers, body }, response) => {
        const others = Object.entries(headers).filter(([name]) => name !== 'content-length');
        const cut = firstByteOf(request) === 0 && cuts++ < 3;
        // Without a length and without chunks, as HTTP/1.0 has it.
        response.useChunkedEncodingByDefault = false;
        response.shouldKeepAlive = false;
        response.writeHead(status, { ...Object.fromEntries(others), connection: 'close' });
        response.end(cut ? body.subarray(0, Math.floor(body.length / 2)) : body);
      },
    });
    await expectFetched(site);
  });

  test.each([204, 200, 408, 409, 423, 425, 507, 520])('%i without a body, once: asked again', async (status) => {
    let empty = 2;
    const site = await meddledSite({
      store: (request, answer, response) => {
        if (empty-- > 0) response.writeHead(status, status === 204 ? {} : { 'content-length': 0 }).end();
        else asItIs(request, answer, response);
      },
    });
    await expectFetched(site);
  });

  test('a trickle is ended by --min-rate', async () => {
    const site = await meddledSite({
      store: (_request, { status, headers, body }, response) => {
        response.writeHead(status, headers);
        let sent = 0;
        const timer = setInterval(() => response.write(body.subarray(sent, (sent += 10))), 100);
        response.on('close', () => clearInterval(timer));
      },
    });
    const { exitCode, stdout } = await fetchFrom(site, ['--min-rate', '5000', '--stall-timeout', '0.5']);
    expect([exitCode, stdout]).toEqual([5, expect.stringContaining('slower than 5000 B/s')]);
  });
});

describe('redirects', () => {
  const elsewhere =
    (location: (url: string) => string | undefined, status = 302): Meddle =>
    (request, answer, response) => {
      const to = location(request.url);
      if (to === undefined) asItIs(request, answer, response);
      else response.writeHead(status, { location: to }).end();
    };

  test.each(sampleOf(['run', 'fetch', 'doctor', 'drift', 'plan'], 2))(
    '%s: everything leads to a maintenance page',
    async (verb) => {
      const site = await meddledSite({ site: elsewhere(() => '/maintenance.html', 301) });
      const request = ['doctor', 'drift'].includes(verb) ? [] : [...SMALL_REQUEST, ...placesIn(temporaryFolder())];
      const { exitCode, stdout, stderr } = await runCli([verb, '--site-url', site, ...request], {
        environment: ACCOUNT,
      });
      expect([exitCode, stdout + stderr]).toEqual([5, expect.stringContaining(`${site}/maintenance.html`)]);
    },
  );

  test('only $value leads to a maintenance page', async () => {
    const site = await meddledSite({
      site: elsewhere((url) => (url.endsWith('/$value') ? '/maintenance.html' : undefined)),
    });
    const { exitCode, stdout } = await fetchFrom(site);
    expect([exitCode, stdout]).toEqual([5, expect.stringContaining('/maintenance.html')]);
  });

  test('a bad address once is asked for again; for good it is exit code 5', async () => {
    for (const [bad, code] of [
      [1, 0],
      [Infinity, 5],
    ] as const) {
      let left: number = bad;
      const site = await meddledSite({
        site: elsewhere((url) => (url.endsWith('/$value') && left-- > 0 ? 'http://192.0.2.1/x?sig=CANARY' : undefined)),
      });
      const { exitCode, stdout } = await fetchFrom(site);
      expect([exitCode, stdout]).toEqual([code, expect.not.stringContaining('CANARY')]);
    }
  });

  test('a store that redirects is asked again under a new address, then told', async () => {
    const site = await meddledSite({ store: elsewhere(() => 'https://elsewhere.example/x', 307) });
    const { exitCode, stdout } = await fetchFrom(site);
    expect([exitCode, stdout]).toEqual([5, expect.stringContaining('https://elsewhere.example/x')]);
  });
});
