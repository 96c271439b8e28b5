/** Lists of campaigns that no memory holds: the same texts as of those that it does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CampaignFile } from '../../scripts/campaign/campaign-file';
import { LOCK_NAME, lockText, readLock, type CampaignLock } from '../../scripts/campaign/lock/campaign-lock';
import { manifestCsv, manifestLines, type ManifestLine } from '../../scripts/campaign/lock/file-lists';
import { scanLock } from '../../scripts/campaign/lock/lock-scan';
import { MAX_NAMED, neededByIn } from '../../scripts/campaign/lock/needed-by';
import {
  streamedCsv,
  streamedLockText,
  streamedManifest,
  type LockRows,
} from '../../scripts/campaign/lock/streamed-lists';
import { usersOfAdf } from '../../scripts/campaign/history/users-of-adf';

const file = (name: string): CampaignFile => ({
  ...{ id: `${name.padStart(8, '0')}-0000-4000-8000-000000000000`, name, type: 'T', path: `${name}.zip`, bytes: 1 },
  ...{ md5: '0'.repeat(32), publicationDate: '2024-01-01T00:00:00Z', state: 'wanted' },
});

/** Files 0 and 1 for all products, 2 for every third one, 3 for none. */
function lockOf(products: number): CampaignLock {
  const level0Names = Array.from({ length: products }, (_, place) => `L0_${place}`);
  return {
    ...{ lockVersion: 1, campaign: 'many', auxflow: '0', updatedAt: '2026-11-29T00:00:00Z' },
    site: { environment: 'sandbox', siteUrl: 'http://127.0.0.1', auxipRoot: 'http://127.0.0.1/auxip.svc' },
    request: { mission: 'S3OLCI', unit: 'A', productType: 'L2LFR', level0Names },
    complete: true,
    answers: products > 0 ? [{ url: 'http://127.0.0.1/rdb.svc', bytes: 2, sha256: 'a'.repeat(64) }] : [],
    level0: level0Names.map((name, place) => ({ name, known: true, files: place % 3 === 0 ? [0, 1, 2] : [0, 1] })),
    files: ['0', '1', '2', '3'].map(file),
  };
}

function rowsOf({ answers, level0, files, request, ...head }: CampaignLock): LockRows {
  const { level0Names = [], ...rest } = request;
  return {
    // In the order of the lock.
    head: { ...head, request: rest },
    level0Names: { count: level0Names.length, each: () => streamOf(level0Names) },
    answers: () => streamOf(answers),
    level0: () => streamOf(level0),
    files: () => streamOf(files),
  };
}

async function* streamOf<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  await Promise.resolve();
  yield* rows;
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

describe.each([0, 3, 1001, MAX_NAMED + 1])('a campaign of %i products', (products) => {
  const lock = lockOf(products);
  const { site, complete, request, answers, level0, files, ...versions } = lock;
  /** With the request where the stream has it: after all else that is no list. */
  const ordered = { ...versions, site, complete, request, answers, level0, files };

  test('has the same lists, whether they are streamed or made of a lock', async () => {
    const rows = rowsOf(lock);
    const neededBy = neededByIn(level0);
    expect(await textOf(streamedLockText(rows))).toBe([...lockText(ordered)].join(''));
    expect(await textOf(streamedManifest(rows, neededBy))).toBe([...manifestLines(lock)].join(''));
    expect(await textOf(streamedCsv(rows, neededBy))).toBe([...manifestCsv(lock)].join(''));
  });

  test('has a lock that is read by lines, and says who used a file', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'auxflow-test-'));
    try {
      const place = path.join(folder, LOCK_NAME);
      writeFileSync(place, await textOf(streamedLockText(rowsOf(lock))));
      expect((await scanLock(place, () => undefined)).outcome).toBe('right');
      expect(await readLock(place)).toEqual(lock);
      expect((await usersOfAdf(place, ['2'])).level0).toHaveLength(Math.ceil(products / 3));
      // As it was written before names had lines of their own.
      const { sha256 } = JSON.parse(await textOf(streamedLockText(rowsOf(lock)))) as { sha256: string };
      const members = Object.entries({ ...ordered, sha256 }).map(([key, value]) =>
        Array.isArray(value)
          ? `"${key}": [\n${value.map((row) => `${JSON.stringify(row)}\n`).join('')}]`.replaceAll('}\n{', '},\n{')
          : `"${key}": ${JSON.stringify(value)}`,
      );
      writeFileSync(place, `{\n${members.join(',\n')}\n}\n`);
      expect(await readLock(place)).toEqual(lock);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test('a manifest names the Level-0 products of each file, or their places where they are very many', () => {
  const lineOf = (products: number, place: number): ManifestLine =>
    JSON.parse([...manifestLines(lockOf(products))][place] ?? '') as ManifestLine;
  expect(lineOf(4, 2)).toMatchObject({ neededBy: ['L0_0', 'L0_3'] });
  expect(lineOf(4, 3)).toMatchObject({ neededBy: [] });
  expect(lineOf(MAX_NAMED, 0).neededBy).toHaveLength(MAX_NAMED);
  const many = lineOf(MAX_NAMED + 1, 0);
  expect([many.neededBy, many.neededByPlaces]).toEqual([undefined, [[0, MAX_NAMED]]]);
  expect(lineOf(MAX_NAMED + 1, 2).neededByPlaces?.slice(0, 2)).toEqual([
    [0, 0],
    [3, 3],
  ]);
  expect(lineOf(MAX_NAMED + 1, 3).neededByPlaces).toEqual([]);
});
