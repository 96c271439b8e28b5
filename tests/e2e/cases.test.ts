import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/package-root';
import { drawTests } from '../helpers/draw-tests';
import { withMeanServices } from '../helpers/mean-services';
import { placesIn, runCli, temporaryFolder, type CliResult } from '../helpers/run-cli';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

drawTests(8);

/** Inputs of public reports on which auxflow once went wrong; they lie beside the repository, where there are any. */
const CASES = path.join(ROOT, '..', 'shared', 'cases');
const hasCases = existsSync(CASES);

if (!hasCases) console.log(`skipped: no ${CASES}`);

const L0 = 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const OLCI = ['-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR'];

/** No case ends in a crash: whatever it comes to has a sentence. */
async function ended(words: readonly string[], environment: Record<string, string> = ACCOUNT): Promise<CliResult> {
  const result = await runCli(words, { environment });
  expect(result.stdout + result.stderr).not.toMatch(/\n {4}at |INTERNAL|UnhandledPromise/);
  return result;
}

describe.skipIf(!hasCases)('services that change their answers', () => {
  test.each<[hook: string, exitCode: number, words: RegExp]>([
    ['dgns', 0, /./],
    ['noext', 0, /./],
    ['h_fullrange', 0, /./],
    ['h_gzip', 0, /./],
    ['h_maint', 5, /redirected to .*maintenance/],
  ])('%s: exit code %i', async (hook, exitCode, words) => {
    const site = await withMeanServices(await withSandbox(), path.join(CASES, 'hooks', `${hook}.js`));
    const line = ['fetch', '--site-url', site, ...OLCI, '-l0', L0, ...placesIn(temporaryFolder())];
    const result = await ended(line);
    expect([result.exitCode, result.stdout + result.stderr]).toEqual([exitCode, expect.stringMatching(words)]);
  });
});

describe.skipIf(!hasCases)('lists of names', () => {
  test.each<[list: string, exitCode: number, words: RegExp]>([
    ['bom', 0, /2 Level-0/],
    ['many-bad', 2, /line 1: /],
    ['real-forms', 2, /line 1: /],
  ])('%s: exit code %i', async (list, exitCode, words) => {
    const { siteUrl } = await withSandbox();
    const file = path.join(CASES, 'names', `${list}.txt`);
    const line = ['plan', '--site-url', siteUrl, ...OLCI, '-l0', `@${file}`, ...placesIn(temporaryFolder())];
    const result = await ended(line);
    expect([result.exitCode, result.stdout + result.stderr]).toEqual([exitCode, expect.stringMatching(words)]);
  });
});

describe.skipIf(!hasCases)('environment files', () => {
  test.each(['bom', 'creds', 'slash', 'upper'])('%s', async (name) => {
    const { siteUrl } = await withSandbox();
    const text = readFileSync(path.join(CASES, 'env', `${name}.json`), 'utf8');
    const file = path.join(temporaryFolder(), 'case.postman_environment.json');
    writeFileSync(file, text.replaceAll('127.0.0.1:18110', new URL(siteUrl).host));
    const { exitCode, stdout } = await ended(['doctor', '--no-store', '--env', file], name === 'creds' ? {} : ACCOUNT);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('Nothing is failing.')]);
  });
});
