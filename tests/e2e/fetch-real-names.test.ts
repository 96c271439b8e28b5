import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/package-root';
import { checkMd5Sums, lockIn } from '../helpers/campaign';
import { inTurns } from '../helpers/in-turns';
import { placesIn, runCli, temporaryFolder, type CliResult } from '../helpers/run-cli';
import { withCliSandbox } from '../helpers/with-cli-sandbox';

/** Real names, published with the services; they are read where they lie and not part of the repository. */
const REAL_NAMES = path.join(ROOT, '..', 'shared', 'catalogue');
const isThere = existsSync(REAL_NAMES);

const DAY = ['-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR', '-t0', '2020-05-15T00:00:00Z', '-t1', '2020-05-16T00:00:00Z'];

const testInTurn = inTurns(6);

describe.skipIf(!isThere)('auxflow fetch on the real catalogue', () => {
  testInTurn('one day of S3OLCI A L2LFR comes home, and md5sum agrees', async () => {
    const folder = temporaryFolder();
    const out = path.join(folder, 'out');
    let fetched: CliResult | undefined;
    await withCliSandbox(['--catalogue', REAL_NAMES], async ({ siteUrl }) => {
      fetched = await runCli(['fetch', '--site-url', siteUrl, ...DAY, ...placesIn(folder)]);
    });
    const verified = await runCli(['verify', out]);
    expect([fetched?.exitCode, fetched?.stderr, verified.exitCode]).toEqual([0, '', 0]);

    const lock = lockIn(out);
    expect([lock.level0.length, lock.files.length, checkMd5Sums(out)]).toEqual([337, 28, 28]);
    expect(lock.level0.every(({ known, files }) => known && files.length > 0)).toBe(true);
    expect(new Set(lock.files.map(({ state }) => state))).toEqual(new Set(['verified']));
  });
});

test.runIf(!isThere)(`skipped: no real names at ${REAL_NAMES}`, (context) => context.skip());
