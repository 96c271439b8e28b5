import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { ResolvedFile } from '../../scripts/campaign/resolve-files';
import { planLines } from '../../scripts/cli/output/plan-text';
import type { AuxflowError } from '../../scripts/errors/errors';
import { makePlan } from '../../scripts/campaign/plan/make-plan';
import type { UnpackedFile } from '../../scripts/unpack/archive';
import { LAYOUTS, makeFoldersOf, placeOf } from '../../scripts/download/layout';
import { temporaryFolder } from '../helpers/run-cli';

/** Per file of 100 bytes: what lies in the folder, in bytes, under its final name and as its part. */
const PRESENT: readonly Readonly<Record<string, number>>[] = [
  { '': 100 },
  { '.part': 30 },
  { '': 7 },
  { '': 7, '.part': 40 },
  { '.part': 100 },
  {},
  {},
];

function fileOf(number: number): Extract<ResolvedFile, { entry: unknown }> {
  const id = `00000000-0000-4000-8000-00000000000${number}`;
  const name = `S2A_OPER_GIP_R2DENT_MPC__2015060${number}T094742_V20150622T000000_21000101T000000_B06.TGZ`;
  const entry = { id, name, contentLength: 100, md5: '0'.repeat(32), publicationDate: '2021-03-04T11:44:30.18Z' };
  return { file: { id, name, type: 'GIP_R2DENT', neededBy: 0 }, entry };
}

test.each(LAYOUTS)('counts what is here, whole or in part: layout %s', async (layout) => {
  const folder = temporaryFolder();
  const resolved = PRESENT.map((_present, index) => fileOf(index + 1));
  for (const [index, present] of PRESENT.entries()) {
    const place = placeOf(resolved[index]!.file.name, layout);
    await makeFoldersOf(place, folder);
    for (const [ending, bytes] of Object.entries(present))
      writeFileSync(path.join(folder, place + ending), Buffer.alloc(bytes));
  }
  const manifest = { level0: [], files: [], references: 0, refused: [] };
  const { signal } = new AbortController();
  const plan = await makePlan({ manifest, resolved, folder, layout, quota: undefined, signal });
  expect(plan).toMatchObject({
    ...{ files: 7, bytes: 700, here: { files: 1, bytes: 100 }, toFetch: { files: 6, bytes: 600 } },
    disk: { needed: 600 - 30 - 40 - 99 },
  });
});

test('what archives hold is estimated: by those of their kind that are unpacked, else by what is usual', async () => {
  const manifest = { level0: [], files: [], references: 0, refused: [] };
  const { signal } = new AbortController();
  const planWith = (known: (id: string) => readonly UnpackedFile[] | undefined) =>
    makePlan({
      ...{ manifest, resolved: [1, 2, 3].map(fileOf), folder: temporaryFolder(), layout: 'flat' as const },
      ...{ quota: undefined, unpack: { known }, signal },
    });
  expect((await planWith(() => undefined)).disk.unpacking).toEqual({ archives: 3, bytes: 3 * 1000 });
  const inner = [{ path: 'GIP.xml', bytes: 340, md5: '0'.repeat(32) }];
  const some = await planWith((id) => (id.endsWith('1') ? inner : undefined));
  expect(some.disk.unpacking).toEqual({ archives: 2, bytes: 2 * 340 });
});

test('where nothing is yet, all is to be fetched', async () => {
  const manifest = { level0: [], files: [], references: 0, refused: [] };
  const folder = temporaryFolder();
  const { signal } = new AbortController();
  const plan = await makePlan({ manifest, resolved: [fileOf(1)], folder, layout: 'type', quota: undefined, signal });
  expect(plan).toMatchObject({ here: { files: 0 }, disk: { needed: 100 } });
});

test('entries that are gone and entries that cannot be read are told apart', async () => {
  const request = { method: 'GET', url: 'http://127.0.0.1/x' };
  const errors: readonly AuxflowError[] = [
    { code: 'NOT_FOUND', ...request, what: 'file' },
    { code: 'FILE_MISSING', name: 'x' },
    { code: 'ANSWER_NOT_JSON', ...request, status: 200, mediaType: 'text/html', excerpt: '' },
    { code: 'SERVICE_BUSY', ...request, status: 503, attempts: 6, form: 'html' },
    { code: 'SERVICE_BUSY', ...request, status: 502, attempts: 6, form: 'html' },
  ];
  const resolved = errors.map((error, index) => ({ file: fileOf(index + 1).file, error }));
  const manifest = { level0: [], files: [], references: 0, refused: [] };
  const { signal } = new AbortController();
  const plan = await makePlan({
    manifest,
    resolved,
    folder: temporaryFolder(),
    layout: 'flat',
    quota: undefined,
    signal,
  });
  expect(
    planLines(plan)
      .filter((line) => line.includes('unknown'))
      .map((line) => line.replace(/.*unknown\S* +/, '')),
  ).toEqual([
    '2 files without an entry in the catalogue',
    '1 file whose entry in the catalogue could not be read: ANSWER_NOT_JSON',
    '2 files whose entry in the catalogue could not be read: SERVICE_BUSY',
  ]);
});
