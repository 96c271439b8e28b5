import { createHash } from 'node:crypto';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { transfer, type TransferJob } from '../../scripts/download/transfer';
import { Failure } from '../../scripts/errors/errors';
import {
  createTestSite,
  sendXml,
  serve,
  temporaryFolder,
  testFile,
  type StoreFault,
  type TestSite,
} from '../helpers/create-test-site';
import { sendPage } from '../helpers/create-test-server';
import { failureOf } from '../helpers/failure-of';
import { QUICK_PATIENCE } from '../helpers/quick-patience';

const FILE = testFile(1, 3_000_000);
const PART = `${FILE.name}.part`;

interface Stage extends TestSite {
  folder: string;
  run: (part?: Partial<TransferJob>) => Promise<void>;
  locations: () => number;
}

async function setUp(fault?: StoreFault): Promise<Stage> {
  const stage = await createTestSite([FILE], fault);
  const folder = await temporaryFolder();
  let locations = 0;
  const job: TransferJob = {
    name: FILE.name,
    finalPath: path.join(folder, FILE.name),
    size: FILE.bytes.length,
    md5: createHash('md5').update(FILE.bytes).digest('hex'),
    location: () => (locations++, stage.auxip.productLocation(FILE.id)),
    store: stage.transport,
    patience: QUICK_PATIENCE,
  };
  return { ...stage, folder, run: (part) => transfer({ ...job, ...part }), locations: () => locations };
}

/** Only on the first `times` requests for the file. */
const first =
  (times: number, fault: StoreFault): StoreFault =>
  (request, response, file, count) =>
    count <= times && fault(request, response, file, count);

/** Sends headers as if all was well, then `length` bytes of the body, then what `end` does. */
const partly =
  (length: number, end: 'drop' | 'stall'): StoreFault =>
  (request, response, file) => {
    const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
    const rest = file.bytes.subarray(from);
    const range = { 'content-range': `bytes ${from}-${file.bytes.length - 1}/${file.bytes.length}` };
    response.writeHead(from ? 206 : 200, { 'content-length': rest.length, ...(from ? range : {}) });
    response.write(rest.subarray(0, length), () => {
      if (end === 'drop') response.destroy();
    });
    return true;
  };

const flipped: StoreFault = (request, response, file) => {
  const bytes = Buffer.from(file.bytes);
  bytes[1_000_000] = (bytes[1_000_000] ?? 0) ^ 1;
  serve(request, response, bytes);
  return true;
};

async function expectWhole({ folder }: Stage): Promise<void> {
  expect(await readdir(folder)).toEqual([FILE.name]);
  expect((await readFile(path.join(folder, FILE.name))).equals(FILE.bytes)).toBe(true);
}

const ranges = ({ store }: Stage) => store.requests.map(({ headers }) => headers.range);

describe('a file comes home', () => {
  test('whole, with one location and one request', async () => {
    const stage = await setUp();
    await stage.run();
    await expectWhole(stage);
    expect(ranges(stage)).toEqual([undefined]);
  });

  test('and the store saw no token and no cookie', async () => {
    const stage = await setUp(first(1, partly(1_500_000, 'drop')));
    await stage.run();
    expect(stage.store.requests).toHaveLength(2);
    for (const { method, headers } of stage.store.requests) {
      expect(method).toBe('GET');
      expect(headers).toMatchObject({ 'accept-encoding': 'identity' });
      expect(headers).not.toHaveProperty('authorization');
      expect(headers).not.toHaveProperty('cookie');
      expect(JSON.stringify(headers)).not.toContain('CANARY');
    }
  });

  test('of no bytes, without asking the store', async () => {
    const stage = await setUp();
    await stage.run({ size: 0, md5: 'd41d8cd98f00b204e9800998ecf8427e' });
    expect(await readFile(path.join(stage.folder, FILE.name))).toHaveLength(0);
    expect(stage.locations()).toBe(0);
  });

  test('says how many bytes it has, never more than there are', async () => {
    const stage = await setUp(first(1, partly(1_000_000, 'drop')));
    const seen: number[] = [];
    let sum = 0;
    await stage.run({ onBytes: (received, added) => (seen.push(received), (sum += added)) });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect([seen.at(-1), sum]).toEqual([FILE.bytes.length, FILE.bytes.length]);
  });
});

describe('an interrupted transfer goes on where it stopped, on the same URL', () => {
  const cases: [string, StoreFault][] = [
    ['cut', first(1, partly(1_500_000, 'drop'))],
    ['stalled', first(1, partly(1_500_000, 'stall'))],
    ['cut twice', first(2, partly(1_200_000, 'drop'))],
  ];
  test.each(cases)('%s', async (_name, fault) => {
    const stage = await setUp(fault);
    await stage.run();
    await expectWhole(stage);
    expect(stage.locations()).toBe(1);
    expect(ranges(stage)[0]).toBeUndefined();
    for (const range of ranges(stage).slice(1)) expect(range).toMatch(/^bytes=[1-9]\d+-$/);
  });

  test('as long as it makes progress, however often', async () => {
    const times = QUICK_PATIENCE.broken.attempts + 3;
    const file = { ...FILE, bytes: Buffer.alloc(30_000_000, 'progress') };
    const stage = await createTestSite([file], first(times, partly(3_000_000, 'drop')));
    const folder = await temporaryFolder();
    await transfer({
      name: file.name,
      finalPath: path.join(folder, file.name),
      size: file.bytes.length,
      md5: createHash('md5').update(file.bytes).digest('hex'),
      location: () => stage.auxip.productLocation(file.id),
      store: stage.transport,
      patience: QUICK_PATIENCE,
    });
    expect(stage.store.requests).toHaveLength(times + 1);
  });

  test('from the first byte, when the server ignores Range', async () => {
    const stage = await setUp((request, response, file, count) => {
      if (count === 1) return partly(1_000_000, 'drop')(request, response, file, count);
      serve({ ...request, headers: {} }, response, file.bytes);
      return true;
    });
    await stage.run();
    await expectWhole(stage);
  });

  const passing: [string, StoreFault][] = [
    ['reset', (_request, response) => (response.destroy(), true)],
    ['503 SlowDown', (_request, response) => (sendXml(response, 503, 'SlowDown'), true)],
    ['500', (_request, response) => (sendXml(response, 500, 'InternalError'), true)],
    ['HTML page with 200', (_request, response) => (sendPage(response, '<html>login</html>'), true)],
    ['XML error with 200', (_request, response) => (sendXml(response, 200, 'Odd'), true)],
  ];
  test.each(passing)('%s once, before any byte', async (_name, fault) => {
    const stage = await setUp(first(1, fault));
    await stage.run();
    await expectWhole(stage);
    expect(stage.locations()).toBe(1);
  });
});

describe('a dead URL is replaced', () => {
  test('before the transfer', async () => {
    const stage = await setUp(first(1, (_request, response) => (sendXml(response, 403, 'AccessDenied'), true)));
    await stage.run();
    await expectWhole(stage);
    expect(stage.locations()).toBe(2);
  });
  test('within the transfer, which goes on where it stopped', async () => {
    const stage = await setUp((request, response, file, count) => {
      if (count === 1) return partly(1_500_000, 'drop')(request, response, file, count);
      if (count === 2) sendXml(response, 403, 'AccessDenied');
      return count === 2;
    });
    await stage.run();
    await expectWhole(stage);
    expect(stage.locations()).toBe(2);
    expect(ranges(stage)[2]).toBe(ranges(stage)[1]);
  });
  test('as often as it dies after it has worked', async () => {
    const stage = await setUp((request, response, file, count) => {
      if (count === 2 || count === 4) sendXml(response, 403, 'AccessDenied');
      else if (count < 5) partly(1_000_000, 'drop')(request, response, file, count);
      return count < 5;
    });
    await stage.run();
    await expectWhole(stage);
    expect(stage.locations()).toBe(3);
  });
  test('but not for ever: each costs quota', async () => {
    const stage = await setUp((_request, response) => (sendXml(response, 403, 'AccessDenied'), true));
    expect(await failureOf(stage.run())).toMatchObject({
      code: 'STATUS_UNEXPECTED',
      status: 403,
      excerpt: 'AccessDenied it is',
    });
    expect(stage.locations()).toBe(2);
  });
});

describe('wrong bytes never get the final name', () => {
  test('flipped once on the way: transferred again', async () => {
    const stage = await setUp(first(1, flipped));
    await stage.run();
    await expectWhole(stage);
    expect([stage.store.requests.length, stage.locations()]).toEqual([2, 1]);
  });

  const cases: [string, StoreFault, Partial<TransferJob>, object][] = [
    ['flipped every time', flipped, {}, { code: 'CHECKSUM_WRONG' }],
    [
      'MD5 of the catalogue is wrong',
      () => false,
      { md5: '0'.repeat(32) },
      { code: 'CHECKSUM_WRONG', expected: '0'.repeat(32) },
    ],
    [
      'size of the catalogue is too small',
      () => false,
      { size: 10 },
      { code: 'SIZE_WRONG', expected: 10, came: 3_000_000 },
    ],
    [
      'size of the catalogue is too big',
      () => false,
      { size: 4_000_000 },
      { code: 'SIZE_WRONG', expected: 4_000_000, came: 3_000_000 },
    ],
    [
      'more bytes than announced by anyone',
      (_request, response, file) => (response.writeHead(200).end(Buffer.concat([file.bytes, file.bytes])), true),
      {},
      { code: 'SIZE_WRONG', expected: 3_000_000 },
    ],
    [
      'fewer bytes, and a regular end',
      (_request, response) => (response.writeHead(200).end('error: try later'), true),
      {},
      { code: 'SIZE_WRONG', came: 16 },
    ],
    [
      'HTML with 200, without a length',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).write('<html>');
        response.end('login</html>');
        return true;
      },
      {},
      { code: 'NETWORK', attempts: QUICK_PATIENCE.broken.attempts },
    ],
    ['object lost', (_request, response) => (sendXml(response, 404, 'NoSuchKey'), true), {}, { code: 'NOT_FOUND' }],
    [
      'redirect of the store',
      (_request, response) => (response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(), true),
      {},
      { code: 'REDIRECTED', status: 307, to: 'http://127.0.0.1:1/' },
    ],
    [
      'busy for ever',
      (_request, response) => (sendXml(response, 503, 'SlowDown'), true),
      {},
      { code: 'SERVICE_BUSY', status: 503, form: 'xml' },
    ],
    ['cut for ever before any byte', (_request, response) => (response.destroy(), true), {}, { code: 'NETWORK' }],
  ];
  test.each(cases)('%s', async (_name, fault, part, wanted) => {
    const stage = await setUp(fault);
    const failure = await failureOf(stage.run(part));
    expect(failure).toMatchObject(wanted);
    expect(JSON.stringify(failure)).not.toContain('CANARY');
    const left = await readdir(stage.folder);
    expect(left.filter((name) => name !== PART)).toEqual([]);
    if (left.includes(PART)) expect(await readFile(path.join(stage.folder, PART))).toHaveLength(0);
  });
});

describe('what an earlier run left', () => {
  const leave = (stage: Stage, bytes: Buffer) => writeFile(path.join(stage.folder, PART), bytes);

  test('is gone on with', async () => {
    const stage = await setUp();
    await leave(stage, FILE.bytes.subarray(0, 1_234_567));
    await stage.run();
    await expectWhole(stage);
    expect(ranges(stage)).toEqual(['bytes=1234567-']);
  });
  test('is hashed whole: complete and right needs no request', async () => {
    const stage = await setUp();
    await leave(stage, FILE.bytes);
    await stage.run();
    await expectWhole(stage);
    expect(stage.locations()).toBe(0);
  });
  test.each([
    ['wrong at its start', Buffer.alloc(1000, 'x')],
    ['complete and wrong', Buffer.alloc(3_000_000, 'x')],
    ['too long', Buffer.alloc(3_000_001, 'x')],
  ])('is thrown away when it is %s', async (_name, bytes) => {
    const stage = await setUp();
    await leave(stage, bytes);
    await stage.run();
    await expectWhole(stage);
    expect(stage.locations()).toBe(1);
  });
  test('is not written through when it is a link to another file', async () => {
    const stage = await setUp();
    const another = path.join(await temporaryFolder(), 'precious');
    await writeFile(another, 'precious');
    await symlink(another, path.join(stage.folder, PART));
    expect(await failureOf(stage.run())).toMatchObject({
      code: 'FILE_IN_THE_WAY',
      path: path.join(stage.folder, PART),
    });
    expect(await readFile(another, 'utf8')).toBe('precious');
  });
});

describe('an interruption', () => {
  test('leaves the part and no final name; the next run goes on with it', async () => {
    const controller = new AbortController();
    const stage = await setUp(first(1, partly(2_000_000, 'stall')));
    const interrupted = stage.run({
      signal: controller.signal,
      onBytes: (received) => {
        if (received >= 1_000_000) controller.abort(new Failure({ code: 'INTERRUPTED', signal: 'SIGTERM' }));
      },
    });
    expect(await failureOf(interrupted)).toEqual({ code: 'INTERRUPTED', signal: 'SIGTERM' });
    expect(await readdir(stage.folder)).toEqual([PART]);
    await stage.run();
    await expectWhole(stage);
    expect(ranges(stage)[1]).toMatch(/^bytes=[1-9]\d+-$/);
  });
});

describe('a store that never comes to an end is given up', () => {
  test('packed answers, each of what was asked for, with something behind it', async () => {
    const stage = await setUp((request, response) => {
      const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
      const packed = Buffer.concat([gzipSync(FILE.bytes.subarray(from)), Buffer.from('behind')]);
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed);
      return true;
    });
    expect(await failureOf(stage.run())).toMatchObject({ code: 'NETWORK' });
    expect(stage.store.requests.length).toBeLessThan(20);
  });

  test('a refusal that trickles', async () => {
    const stage = await setUp((_request, response) => {
      response.writeHead(200, { 'content-length': 10_000 });
      const trickle = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(trickle));
      return true;
    });
    const leastRate = { bytesPerSecond: 1000, seconds: 0.2 };
    expect(await failureOf(stage.run({ leastRate, size: 5_000_000 }))).toMatchObject({
      code: 'NETWORK',
      reason: 'slower than 1000 B/s',
    });
  });
});

test('a file that appears meanwhile under the final name is left as it is', async () => {
  const stage = await setUp();
  const finalPath = path.join(stage.folder, FILE.name);
  const failure = await failureOf(
    stage.run({ location: async () => (await writeFile(finalPath, 'foreign'), stage.auxip.productLocation(FILE.id)) }),
  );
  expect(failure).toMatchObject({ code: 'FILE_IN_THE_WAY', path: finalPath });
  expect(await readFile(finalPath, 'utf8')).toBe('foreign');
});
