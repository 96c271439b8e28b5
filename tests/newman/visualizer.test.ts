/** The Visualize tab of the baseline, as Postman's own runtime makes it from the script of the generated collection. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtinCatalogue } from '../../scripts/sandbox/catalogue/builtin';
import { baselineEntries, FOUND, NOT_FOUND } from '../../scripts/sandbox/rdb/baseline';
import { BROWSER, hasBrowser, openOffline } from '../reports/offline-browser';

interface Entry {
  Level0: string;
  Message: string;
  AuxDataFiles: { Name: string; AuxipLink: string }[];
}

interface Item {
  readonly name: string;
  readonly item?: readonly Item[];
  readonly event?: readonly { readonly listen: string; readonly script: object }[];
}

/** What of Postman's runtime is used: `item` is told the HTML that the app shows. */
interface Runtime {
  Runner: new () => {
    run(
      collection: object,
      options: object,
      start: (
        error: Error | null,
        run: {
          start(callbacks: {
            item(
              error: Error | null,
              cursor: object,
              item: { name: string },
              shown?: { processedTemplate: string },
            ): void;
            done(error: Error | null): void;
          }): void;
        },
      ) => void,
    ): void;
  };
}

const require = createRequire(__filename);
const runtime = require('postman-runtime') as Runtime;
const { Collection } = require('postman-collection') as { Collection: new (json: object) => object };

/** Runs the test script of the baseline over each answer. The HTML by the answer's name. */
async function visualize(
  answers: Readonly<Record<string, readonly Entry[]>>,
  origin: string,
): Promise<Map<string, string>> {
  const file = path.join(__dirname, '../../collections/reprocessing-workflow.postman_collection.json');
  const all = (JSON.parse(readFileSync(file, 'utf8')) as { item: readonly Item[] }).item.flatMap(
    ({ item = [] }) => item,
  );
  const event = all.find(({ name }) => name === 'Baseline by Level-0 names')?.event;
  const item = Object.keys(answers).map((name) => ({
    name,
    request: `${origin}/${encodeURIComponent(name)}`,
    event: event?.filter(({ listen }) => listen === 'test'),
  }));
  const pages = new Map<string, string>();
  await new Promise<void>((resolve, reject) => {
    new runtime.Runner().run(new Collection({ item }), { timeout: { script: 60_000 } }, (error, run) => {
      if (error) {
        reject(error);
        return;
      }
      run.start({
        item: (_error, _cursor, { name }, shown) => pages.set(name, shown?.processedTemplate ?? ''),
        done: (fault) => (fault ? reject(fault) : resolve()),
      });
    });
  });
  return pages;
}

function serving(answers: Readonly<Record<string, readonly Entry[]>>): Promise<Server> {
  const server = createServer(({ url = '' }, response) => {
    const value = answers[decodeURIComponent(url.slice(1))];
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ '@odata.context': '$metadata#Collection(OData.CSC.DataBaseline)', value }));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const fileOf = (Name: string, place = 0): Entry['AuxDataFiles'][number] => ({
  Name,
  AuxipLink: `http://127.0.0.1/auxip.svc/Products(00000000-0000-4000-8000-${String(place).padStart(12, '0')})/$value`,
});
const stamp = (time: number): string => new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
const entryOf = (Level0: string, names: readonly string[], Message = FOUND): Entry => ({
  ...{ Level0, Message },
  AuxDataFiles: names.map(fileOf),
});

const DAY = Date.UTC(2024, 2, 1);
const MINUTE = 60_000;
const level0 = (start: number): string =>
  `S3A_OL_0_EFR____${stamp(start)}_${stamp(start + 2 * MINUTE)}_20240302T000000_0119_109_302______PS1_O_NR_002.SEN3.zip`;
const adf = (type: string, start: number, stop: string): string =>
  `S3A_${type}_${stamp(start)}_${stop}_20240101T000000___________________MPC_O_AL_001.SEN3`;

const CAL = adf('OL_1_CAL_AX', DAY - MINUTE, '20991231T235959');
const ANC = [0, 6, 12, 18].map((hour) =>
  adf('AX___MA1_AX', DAY + hour * 60 * MINUTE, stamp(DAY + (hour + 6) * 60 * MINUTE)),
);
const HOSTILE = `S3A"><img src=x onerror=alert(1)>{{headline}}</style><script>alert(2)</script>\u202e\u0007'`;

/** No file serves two products, and each product lacks a third of the types. */
function worstDay(types: number): Entry[] {
  return Array.from({ length: 300 }, (_none, place) =>
    entryOf(
      `${level0(DAY + place * 3 * MINUTE)}${'x'.repeat(300)}`,
      Array.from({ length: types }, (_type, type) => type)
        .filter((type) => (place + type) % 3 !== 0)
        .map((type) => {
          const name = `OL_1_${String(type).padStart(3, '0')}_AX`;
          return adf(name, DAY + place * 3 * MINUTE, stamp(DAY + (place + 1) * 3 * MINUTE));
        }),
    ),
  );
}

/** The Level-0 products of a day of 2020, with files of the built-in catalogue. */
function dayOfSentinel1(): Entry[] {
  const list = path.join(__dirname, '../../../shared/catalogue/level0-2020/s1.txt.gz');
  if (!existsSync(list)) return [];
  const names = gunzipSync(readFileSync(list))
    .toString()
    .split('\n')
    .filter((name) => /^S1A_.{13}20201102T/.test(name));
  const call = { mission: 'S1SAR', unit: 'A', productType: 'L1SLC', level0: names };
  return baselineEntries(call, builtinCatalogue()).map((entry) =>
    entryOf(
      entry.level0,
      entry.adfs.map(({ name }) => name),
      entry.message,
    ),
  );
}

const sentinel1 = dayOfSentinel1();
const ANSWERS: Readonly<Record<string, readonly Entry[]>> = {
  complete: [0, 6, 12].map((hour, place) => entryOf(level0(DAY + hour * 60 * MINUTE), [CAL, ANC[place]!])),
  gaps: [
    entryOf(level0(DAY), [CAL, ANC[0]!]),
    entryOf(level0(DAY + 5 * MINUTE), [ANC[0]!]),
    entryOf(level0(DAY + 10 * MINUTE), []),
    entryOf(level0(DAY + 15 * MINUTE), [CAL, ANC[3]!], NOT_FOUND),
  ],
  hostile: [entryOf(HOSTILE, []), entryOf(level0(DAY), ['An_Unknown.Form'])],
  empty: [entryOf(level0(DAY), [])],
  nothing: [],
  worst: worstDay(130),
  sentinel1,
};

let pages: Map<string, string>;
beforeAll(async () => {
  const server = await serving(ANSWERS);
  const { port } = server.address() as AddressInfo;
  pages = await visualize(ANSWERS, `http://127.0.0.1:${port}`);
  server.close();
});

const textOf = (name: string): string =>
  pages
    .get(name)!
    .replaceAll(/<style>[^]*<\/style>|<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

test('a complete answer says so, and draws when each file is valid', () => {
  const text = textOf('complete');
  expect(text).toContain(
    '3 Level-0 products, 4 distinct auxiliary files of 2 types: all products of a kind have the same types.',
  );
  expect(text).toContain('OL_1_CAL_AX 1 2024-02-29 23:59 to open end');
  expect(text).toContain('AX___MA1_AX 3 2024-03-01 00:00 to 2024-03-01 18:00');
  expect(text).not.toContain('missing from');
  expect(pages.get('complete')).toMatch(/class="file" d="M\d+ 1h\d+v6H\d+zM/);
});

test('what is missing is named from the answer alone, with the products concerned', () => {
  const text = textOf('gaps');
  expect(text).toContain('1 product without any file, 1 type missing from some products');
  expect(text).toContain(`No auxiliary file at all: 1 Level-0 product ${level0(DAY + 10 * MINUTE)}`);
  expect(text).toContain(`OL_1_CAL_AX: missing from 1 Level-0 product ${level0(DAY + 5 * MINUTE)}`);
  expect(text).toContain('1 beyond its validity');
  expect(text).toContain('1 Level-0 product not in the service');
  expect(textOf('empty')).toContain('every list is empty');
  expect(textOf('nothing')).toContain('The answer names no Level-0 product.');
});

test('nothing of a name is markup or template, and what cannot be seen is made visible', () => {
  const page = pages.get('hostile')!;
  for (const text of ['<img', '<script', '\u202e', '\u0007']) expect(page).not.toContain(text);
  expect(page).toContain('S3A&quot;&gt;&lt;img src&#x3D;x onerror');
  expect(page).toContain('{{headline}}&lt;/style&gt;');
  expect(textOf('hostile')).toContain('1 name of an unknown form');
});

test('the page of the worst day stays below 100 kB and says what it leaves out', () => {
  expect(Buffer.byteLength(pages.get('worst')!)).toBeLessThan(100_000);
  expect(textOf('worst')).toContain('30 types more: the answer has them all');
});

const shared = sentinel1.length > 0;
test.skipIf(!shared)('a day of Sentinel-1 of 2020 is below 100 kB (needs ../shared/catalogue)', () => {
  expect(sentinel1.length).toBeGreaterThan(500);
  expect(Buffer.byteLength(pages.get('sentinel1')!)).toBeLessThan(100_000);
  expect(textOf('sentinel1')).toContain(`${sentinel1.length} Level-0 products`);
});

describe.skipIf(!hasBrowser)(`shown ${BROWSER}`, () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(path.join(tmpdir(), 'auxflow-visualizer-'))));
  afterAll(() => rm(folder, { recursive: true }));

  test('loads nothing and runs nothing', async () => {
    const file = path.join(folder, 'page.html');
    await writeFile(file, `<!doctype html><meta charset="utf-8">${pages.get('gaps')}${pages.get('hostile')}`);
    const { page, requested, complaints, close } = await openOffline(file);
    expect(requested.filter((url) => !url.endsWith('page.html'))).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.locator('h3').count()).toBe(2);
    expect(await page.locator('path.lacking').first().boundingBox()).not.toBeNull();
    await close();
  });
});
