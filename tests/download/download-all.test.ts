import { createHash } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  downloadAll,
  type DownloadEvent,
  type DownloadOptions,
  type Outcome,
} from '../../scripts/download/download-all';
import { Failure } from '../../scripts/errors/errors';
import {
  createTestSite,
  sendXml,
  serve,
  temporaryFolder,
  testFile,
  type StoreFault,
  type TestFile,
  type TestSite,
} from '../helpers/create-test-site';
import { failureOf } from '../helpers/failure-of';
import { QUICK_PATIENCE } from '../helpers/quick-patience';

interface Stage extends TestSite {
  target: string;
  events: DownloadEvent[];
  run: (part?: Partial<DownloadOptions>, files?: readonly TestFile[]) => Promise<Outcome[]>;
}

async function setUp(files: readonly TestFile[], fault?: StoreFault): Promise<Stage> {
  const stage = await createTestSite(files, fault);
  const target = path.join(await temporaryFolder(), 'downloads');
  const events: DownloadEvent[] = [];
  const options: DownloadOptions = {
    target,
    source: stage.auxip,
    store: stage.transport,
    onEvent: (event) => events.push(event),
    patience: QUICK_PATIENCE,
  };
  const wanted = (some: readonly TestFile[]) => some.map(({ id, name }) => ({ id, name }));
  return { ...stage, target, events, run: (part, some = files) => downloadAll(wanted(some), { ...options, ...part }) };
}

const files = (count: number, size?: number) => Array.from({ length: count }, (_, index) => testFile(index, size));
const statuses = (outcomes: readonly Outcome[]) => outcomes.map(({ status }) => status);
const codes = (outcomes: readonly Outcome[]) =>
  outcomes.map((outcome) => ('error' in outcome ? outcome.error.code : ''));
const grants = ({ site }: Stage) => site.requests.filter(({ url }) => url.endsWith('$value')).length;
const lost =
  (number: number): StoreFault =>
  (_request, response, file) => {
    if (file.id !== testFile(number).id) return false;
    sendXml(response, 404, 'NoSuchKey');
    return true;
  };

describe('many files', () => {
  test('at once are no leak that Node warns of', async () => {
    const warnings: Error[] = [];
    const heard = (warning: Error): void => void warnings.push(warning);
    process.on('warning', heard);
    onTestFinished(() => void process.off('warning', heard));
    const stage = await setUp(files(40));
    const outcomes = await stage.run({ parallel: 20, signal: new AbortController().signal });
    await new Promise(setImmediate);
    expect([statuses(outcomes).every((status) => status === 'verified'), warnings]).toEqual([true, []]);
  });

  test('all come home; outcomes stand in the order asked for', async () => {
    const all = files(12);
    const stage = await setUp(all);
    const outcomes = await stage.run();
    expect((await readdir(stage.target)).sort()).toEqual(all.map(({ name }) => name).sort());
    for (const [index, { id, name, bytes }] of all.entries()) {
      const finalPath = path.join(stage.target, name);
      const md5 = createHash('md5').update(bytes).digest('hex');
      expect(outcomes[index]).toMatchObject({
        status: 'verified',
        id,
        name,
        bytes: bytes.length,
        md5,
        place: name,
      });
      expect((await readFile(finalPath)).equals(bytes)).toBe(true);
    }
    expect(grants(stage)).toBe(all.length);
  });

  test('run as many at once as asked for, and no more', async () => {
    const waiting: (() => void)[] = [];
    const together: number[] = [];
    const stage = await setUp(files(12), (request, response, file) => {
      waiting.push(() => serve(request, response, file.bytes));
      // Three must come before any is answered; a fourth would have the time to come as well.
      if (waiting.length === 3) {
        setTimeout(() => {
          together.push(waiting.length);
          for (const answer of waiting.splice(0)) answer();
        }, 50);
      }
      return true;
    });
    expect(new Set(statuses(await stage.run({ parallel: 3 })))).toEqual(new Set(['verified']));
    expect(together).toEqual([3, 3, 3, 3]);
  });

  test('go on over the network while one that came is proven', async () => {
    let [asked, finished, most] = [0, 0, 0];
    const stage = await setUp(files(30), () => {
      most = Math.max(most, ++asked - finished);
      return false;
    });
    const onEvent = ({ type }: DownloadEvent) => (finished += type === 'finished' ? 1 : 0);
    expect(new Set(statuses(await stage.run({ parallel: 2, onEvent })))).toEqual(new Set(['verified']));
    expect(most).toBe(3);
  });

  test('that came wrong wait for their turn to be transferred again', async () => {
    const asked = new Set<string>();
    let [open, most] = [0, 0];
    const stage = await setUp(files(24), (request, response, file) => {
      most = Math.max(most, ++open);
      const bytes = asked.has(file.id) ? file.bytes : Buffer.alloc(file.bytes.length);
      asked.add(file.id);
      setTimeout(() => {
        open -= 1;
        serve(request, response, bytes);
      }, 10);
      return true;
    });
    expect(new Set(statuses(await stage.run({ parallel: 4 })))).toEqual(new Set(['verified']));
    expect([stage.store.requests.length, most]).toEqual([48, 4]);
  });

  test('that are none make an empty folder', async () => {
    const stage = await setUp([]);
    expect(await stage.run()).toEqual([]);
    expect(await readdir(stage.target)).toEqual([]);
  });

  test('one that fails does not stop the others', async () => {
    const stage = await setUp(files(8), lost(2));
    const outcomes = await stage.run({ parallel: 2 });
    expect(statuses(outcomes).filter((status) => status === 'verified')).toHaveLength(7);
    expect(outcomes[2]).toMatchObject({ status: 'failed', error: { code: 'NOT_FOUND' } });
  });
});

describe('what is here already', () => {
  test('is hashed, and not fetched again', async () => {
    const stage = await setUp(files(5));
    await stage.run();
    const before = stage.store.requests.length;
    expect(new Set(statuses(await stage.run()))).toEqual(new Set(['already-here']));
    expect([stage.store.requests.length, grants(stage)]).toEqual([before, 5]);
  });

  test('takes away what a kill between its two names left', async () => {
    const [file] = files(1) as [TestFile];
    const stage = await setUp([file]);
    await stage.run();
    await link(path.join(stage.target, file.name), path.join(stage.target, `${file.name}.part`));
    expect(statuses(await stage.run())).toEqual(['already-here']);
    expect(await readdir(stage.target)).toEqual([file.name]);
  });

  test.each([
    ['of another size', 'foreign'],
    ['of the same size', 'x'.repeat(10_000)],
  ])('with other content %s is left as it is, and said', async (_name, content) => {
    const all = files(3);
    const stage = await setUp(all);
    const foreign = path.join(stage.target, all[1]?.name ?? '');
    await mkdir(stage.target);
    await writeFile(foreign, content);
    const outcomes = await stage.run({ parallel: 1 });
    expect(statuses(outcomes)).toEqual(['verified', 'failed', 'verified']);
    expect(outcomes[1]).toMatchObject({ error: { code: 'FILE_IN_THE_WAY', path: foreign } });
    expect(await readFile(foreign, 'utf8')).toBe(content);
    expect(grants(stage)).toBe(2);
  });
});

test('a folder under the final name is in the way, whatever its size', async () => {
  const target = await temporaryFolder();
  const file = testFile(1, (await stat(target)).size);
  const stage = await setUp([file]);
  const folder = path.join(target, file.name);
  await mkdir(folder);
  const [outcome] = await stage.run({ target });
  expect(outcome).toMatchObject({ status: 'failed', error: { code: 'FILE_IN_THE_WAY', path: folder } });
});

test('an interruption while a file that is here is hashed is told as such', async () => {
  const [file] = files(1, 20_000_000) as [TestFile];
  const stage = await setUp([file]);
  await stage.run();
  const controller = new AbortController();
  const catalogueEntry = async (id: string) => {
    const entry = await stage.auxip.catalogueEntry(id);
    setImmediate(() => controller.abort(new Failure({ code: 'INTERRUPTED', signal: 'SIGTERM' })));
    return entry;
  };
  const outcomes = await stage.run({ source: { ...stage.auxip, catalogueEntry }, signal: controller.signal });
  expect(codes(outcomes)).toEqual(['INTERRUPTED']);
});

describe('refused by what the catalogue says, before any quota is spent', () => {
  const [file] = files(1) as [TestFile];
  const cases: [string, object, string][] = [
    ['no MD5', { Checksum: [] }, 'CATALOGUE_INCOMPLETE'],
    ['a name with a path in it', { Name: `../${file.name}` }, 'CATALOGUE_DISAGREES'],
    ['a name that is another file’s', { Name: testFile(2).name }, 'CATALOGUE_DISAGREES'],
    ['a name that is no ADF’s', { Name: `${file.name}./../../x` }, 'NAME_UNSAFE'],
  ];
  test.each(cases)('%s', async (_name, catalogued, code) => {
    const stage = await setUp([{ ...file, catalogued }]);
    expect(codes(await stage.run())).toEqual([code]);
    expect([grants(stage), await readdir(stage.target)]).toEqual([0, []]);
  });

  test('an unknown id', async () => {
    const stage = await setUp([]);
    expect(codes(await stage.run({}, [file]))).toEqual(['NOT_FOUND']);
  });

  test('two ids for one name: the second', async () => {
    const twin = { ...file, id: testFile(7).id };
    const stage = await setUp([file, twin]);
    const outcomes = await stage.run();
    expect(codes(outcomes).sort()).toEqual(['', 'CATALOGUE_DISAGREES']);
    expect((await readFile(path.join(stage.target, file.name))).equals(file.bytes)).toBe(true);
  });
});

describe('the catalogue may add an extension', () => {
  test('to the name the baseline has', async () => {
    const name = 'S1A_AUX_CAL_V20190228T092500_G20210104T141310.SAFE';
    const stage = await setUp([{ ...testFile(1), name, catalogued: { Name: `${name}.zip` } }]);
    expect(await stage.run()).toMatchObject([{ status: 'verified', name: `${name}.zip` }]);
    expect(await readdir(stage.target)).toEqual([`${name}.zip`]);
  });
});

describe('what ends everything', () => {
  test('the folder has gone: the rest is not begun', async () => {
    const stage = await setUp(files(10));
    const productLocation = async (id: string) => {
      if (id === testFile(3).id) await rename(stage.target, `${stage.target}-elsewhere`);
      return stage.auxip.productLocation(id);
    };
    const outcomes = await stage.run({ parallel: 1, source: { ...stage.auxip, productLocation } });
    const rest = Array.from({ length: 6 }, () => 'not-fetched');
    expect(statuses(outcomes)).toEqual(['verified', 'verified', 'verified', 'failed', ...rest]);
    for (const outcome of outcomes.slice(3)) {
      expect(outcome).toMatchObject({ error: { code: 'TARGET_UNWRITABLE', path: stage.target, reason: 'ENOENT' } });
    }
  });

  test('an interruption: parts stay, the rest is not begun, and the next run ends it', async () => {
    const controller = new AbortController();
    const stage = await setUp(files(10, 2_000_000));
    let stoppedAt = Infinity;
    const outcomes = await stage.run({
      parallel: 2,
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'received' && event.id === testFile(4).id && !controller.signal.aborted) {
          stoppedAt = performance.now();
          controller.abort(new Failure({ code: 'INTERRUPTED', signal: 'SIGINT' }));
        }
      },
    });
    expect(codes(outcomes).at(-1)).toBe('INTERRUPTED');
    expect(statuses(outcomes).at(-1)).toBe('not-fetched');
    // Nor does any begin then and end at once: the page would draw it as a transfer.
    expect(outcomes.filter(({ startedAt = 0 }) => startedAt > stoppedAt)).toEqual([]);
    // Those on their way as well: nothing is wrong with them.
    expect(statuses(outcomes)).not.toContain('failed');
    const verified = outcomes.filter(({ status }) => status === 'verified').map(({ name }) => name);
    expect((await readdir(stage.target)).filter((name) => !name.endsWith('.part')).sort()).toEqual(verified.sort());
    expect(new Set(statuses(await stage.run()))).toEqual(new Set(['already-here', 'verified']));
    expect((await readdir(stage.target)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('a refused password: asked once, not once per file', async () => {
    const stage = await setUp(files(10));
    const refusal = new Failure({
      code: 'TOKEN_REFUSED',
      method: 'POST',
      url: 'x',
      status: 401,
      error: 'invalid_grant',
    });
    let asked = 0;
    const catalogueEntry = () => (asked++, Promise.reject(refusal));
    const outcomes = await stage.run({ parallel: 1, source: { ...stage.auxip, catalogueEntry } });
    expect(asked).toBe(1);
    expect(statuses(outcomes)).toEqual(['failed', ...(Array(9).fill('not-fetched') as string[])]);
  });

  test('a folder in use: nothing is begun', async () => {
    const stage = await setUp(files(3, 1_000_000));
    const running = stage.run();
    expect(await failureOf(stage.run())).toMatchObject({ code: 'TARGET_IN_USE', path: stage.target });
    expect(new Set(statuses(await running))).toEqual(new Set(['verified']));
  });
});

describe('progress cannot lie', () => {
  test('a file is counted when its checksum agreed, not when its bytes are there', async () => {
    const [good, bad] = [
      testFile(1),
      { ...testFile(2), catalogued: { Checksum: [{ Algorithm: 'MD5', Value: '0'.repeat(32) }] } },
    ];
    const stage = await setUp([good, bad]);
    const outcomes = await stage.run({ parallel: 1 });
    expect(codes(outcomes)).toEqual(['', 'CHECKSUM_WRONG']);
    const last = stage.events.at(-1);
    expect(last).toMatchObject({
      type: 'finished',
      totals: { files: 2, verified: 1, failed: 1, bytesVerified: good.bytes.length, bytesReceived: 30_000 },
    });
    const received = stage.events.filter((event) => event.type === 'received' && event.id === bad.id);
    expect(received.length).toBeGreaterThan(0);
    for (const event of received)
      expect(event).toMatchObject({ totals: { verified: 1, bytesVerified: good.bytes.length } });
  });

  test('each file is started, then finished; retries are told', async () => {
    const stage = await setUp(files(1), (_request, response, _file, count) => {
      if (count === 1) sendXml(response, 503, 'SlowDown');
      return count === 1;
    });
    await stage.run();
    const types = stage.events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
    expect(types).toEqual(['started', 'retry', 'received', 'finished']);
    expect(stage.events.find(({ type }) => type === 'retry')).toMatchObject({ reason: 'status 503' });
  });
});

test('no secret is in any outcome or event, and none reached the store', async () => {
  const everyFault: StoreFault = (request, response, file, count) => {
    const kind = Number(file.id.slice(-2)) % 5;
    if (kind === 0) sendXml(response, 403, 'AccessDenied');
    if (kind === 1) sendXml(response, 503, 'SlowDown');
    if (kind === 2) response.destroy();
    if (kind === 3) response.writeHead(307, { location: request.url }).end();
    return kind < 4 || count > 99;
  };
  const stage = await setUp(files(5), everyFault);
  const outcomes = await stage.run();
  expect(codes(outcomes)).toEqual(['STATUS_UNEXPECTED', 'SERVICE_BUSY', 'NETWORK', 'REDIRECTED', '']);
  expect(JSON.stringify([outcomes, stage.events])).not.toContain('CANARY');
  for (const { headers } of stage.store.requests) {
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('cookie');
    expect(JSON.stringify(headers)).not.toContain('CANARY');
  }
  expect(
    new Set(stage.site.requests.map(({ method, url }) => (method === 'GET' ? method : `${method} ${url}`))),
  ).toEqual(new Set(['GET', 'POST /auth/realms/r/protocol/openid-connect/token']));
});
