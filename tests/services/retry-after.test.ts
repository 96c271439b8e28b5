/** `Retry-After` of every form, from real sockets and every kind of service: waits are bounded, and a long one is told with its date. */
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { transfer } from '../../scripts/download/transfer';
import { describe as words } from '../../scripts/errors/messages';
import { createAuxip } from '../../scripts/services/auxip';
import type { RetryPolicy } from '../../scripts/services/retry';
import { createTokenSource } from '../../scripts/services/token';
import { createTransport } from '../../scripts/services/transport';
import { rounds, seedOr } from '../helpers/budget';
import { failureOf } from '../helpers/failure-of';
import { QUICK_PATIENCE } from '../helpers/quick-patience';
import { pick, randomOf } from '../helpers/random';
import { temporaryFolder } from '../helpers/run-cli';

const MAX_WAIT_MILLISECONDS = 30;
const patience: RetryPolicy = { ...QUICK_PATIENCE, longestWait: MAX_WAIT_MILLISECONDS };
const ID = '7fc282fc-4a00-417f-b77c-4e851440105a';

/** Sent as it is, and the second until which the server wants to be left alone, where it says one that is not waited for. */
type Header = readonly [lines: readonly string[], until?: number];

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const LONG_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The three forms of a date. */
function datesOf(time: number): readonly string[] {
  const date = new Date(time);
  const [, day = '', month = '', year = '', clock = ''] =
    /^\w+, (\d\d) (\w+) (\d+) (\S+)/.exec(date.toUTCString()) ?? [];
  const weekday = date.getUTCDay();
  return [
    date.toUTCString(),
    `${LONG_DAYS[weekday]}, ${day}-${month}-${year.slice(2)} ${clock} GMT`,
    `${DAYS[weekday]} ${month} ${day.replace(/^0/, ' ')} ${clock} ${year}`,
  ];
}

const UNREADABLE = [
  ...[
    '-1',
    '1.5',
    '1e9',
    '0x10',
    '+3600',
    '3600s',
    '1 hour',
    'soon',
    '',
    ' ',
    '\t',
    '3600, 7200',
    '3600;',
    'NaN',
    'Infinity',
  ],
  ...['May 9999', 'garbage 9999', '9999-12-31', '9999-12-31T23:59:59Z', 'Fri, 32 Foo 9999 99:99:99 GMT', 'é\u0080'],
  ...['Fri, 31 Dec 9999 23:59:59', 'Fri, 31 Dec 9999 23:59:59 +0000', 'x'.repeat(4000)],
];

function someHeader(random: () => number): Header {
  const now = Math.ceil(Date.now() / 1000) * 1000;
  const later = now + 3_600_000 * (1 + Math.floor(random() * 10_000));
  const past = now - 3_600_000 * (1 + Math.floor(random() * 10_000));
  const huge = pick(['9'.repeat(30), '9'.repeat(400), String(2 ** 53), '99999999999999'], random);
  const seconds = 60 + Math.floor(random() * 1e6);
  const one = (value: string, until?: number): Header => [[`Retry-After: ${value}`], until];
  return pick<() => Header>(
    [
      () => one(String(seconds), now + seconds * 1000),
      () => one(pick(datesOf(later), random), later),
      () => one(pick(datesOf(past), random)),
      () => one('Fri, 31 Dec 9999 23:59:59 GMT', Date.parse('9999-12-31T23:59:59Z')),
      () => one(huge, Date.parse('9999-12-31T23:59:59Z')),
      () => one('0'),
      () => one(pick(UNREADABLE, random)),
      () => [['Retry-After: 5', 'retry-after: 7200'], now + 5000],
      () => [['retry-after:0', 'Retry-After:soon']],
    ],
    random,
  )();
}

test('is waited for within bounds, told with its date where it is long, and passed over where it is none', async () => {
  const random = randomOf(seedOr(12));
  let [head, requests] = ['', 0];
  const server = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .once('data', () => {
        requests++;
        socket.end(head, 'latin1');
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const root = `${origin}/auxip.svc`;
  const tokenUrl = `${origin}/token`;
  const transport = createTransport({ tokenUrl, apiRoots: [root] });
  onTestFinished(async () => {
    await transport.close();
    server.close();
  });
  const tokens = { token: () => Promise.resolve('CANARY-TOKEN-1'), renew: () => Promise.resolve('CANARY-TOKEN-2') };
  const auxip = createAuxip({ root, transport, tokens, patience, validate: () => [] });
  const credentials = { clientId: 'reprocessing-preparation', username: 'user', password: 'CANARY-PASSWORD' };
  const folder = temporaryFolder();
  const file = { name: 'x', finalPath: path.join(folder, 'x'), size: 9, md5: '0'.repeat(32) };
  const asked: Readonly<Record<string, () => Promise<unknown>>> = {
    token: () =>
      createTokenSource({ ...credentials, transport, tokenUrl, patience, monotonicSeconds: () => 0 }).token(),
    entry: () => auxip.catalogueEntry(ID),
    value: () => auxip.productLocation(ID),
    store: () =>
      transfer({ ...file, location: () => Promise.resolve(`${origin}/store/x`), store: transport, patience }),
  };
  for (let round = 0; round < rounds(60, 1000); round++) {
    const [lines, until] = someHeader(random);
    const status = pick(['429 Too Many Requests', '503 Service Unavailable'], random);
    const [type, body] = pick(
      [
        ['application/json', '{"error":{}}'],
        ['text/html', '<html></html>'],
        ['application/xml', '<Error/>'],
      ] as const,
      random,
    );
    head = [`HTTP/1.1 ${status}`, `Content-Type: ${type}`, ...lines, 'Connection: close', '', body].join('\r\n');
    const place = pick(Object.keys(asked), random);
    requests = 0;
    const began = performance.now();
    const error = await failureOf(asked[place]!());
    const seen = JSON.stringify([place, status, type, lines, error]).slice(0, 400);
    expect(['SERVICE_BUSY', 'QUOTA_EXHAUSTED'], seen).toContain(error.code);
    if (error.code !== 'SERVICE_BUSY' && error.code !== 'QUOTA_EXHAUSTED') continue;
    expect(error.attempts, seen).toBe(requests);
    // Six attempts at most, and what a busy machine makes of it.
    expect(performance.now() - began, seen).toBeLessThan(6 * MAX_WAIT_MILLISECONDS + 3000);
    const text = JSON.stringify(words(error));
    expect(text, seen).not.toMatch(/NaN|Infinity|Invalid|-\d+ s/);
    if (until === undefined) {
      expect([error.comeBack, requests > 1], seen).toEqual([undefined, true]);
      continue;
    }
    expect(requests, seen).toBe(1);
    expect(Math.abs(Date.parse(error.comeBack ?? '') - until), seen).toBeLessThan(5000);
    expect(text, seen).toContain(`not to be contacted before ${error.comeBack}`);
  }
});
