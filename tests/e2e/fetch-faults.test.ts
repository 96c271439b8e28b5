import { expect, test, vi } from 'vitest';
import { sampleOf } from '../helpers/budget';
import { SMALL_REQUEST } from '../helpers/campaign';
import { expectTruth } from '../helpers/campaign-truth';
import { drawTests } from '../helpers/draw-tests';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(2);

// Most of the time is waiting for the next attempt.
vi.setConfig({ maxConcurrency: 3, testTimeout: 300_000 });

const FAULTS = [
  // the store alone, then a fault of site, gateway or token and one of the store or its addresses in the same run
  ['truncated-body', 0],
  ['lost-object', 4],
  ['proxy-502+store-500', 0],
  ['proxy-503+store-slow-down', 0],
  ['proxy-504+flipped-byte', 0],
  ['kong-502+reset-stream', 0],
  ['kong-503+error-body-200', 0],
  ['kong-504+ignored-range+truncated-body', 0],
  ['service-500+stalled-stream', 0],
  ['service-503+slow-stream@1000000', 0],
  ['dropped-connection+presigned-expired', 0],
  ['cut-answer+presigned-refused', 0],
  ['login-page-200', 0],
  ['expired-token+single-use-url+truncated-body', 0],
  ['expired-at-value+single-use-url+stalled-stream', 0],
  ['ended-session', 0],
  // the three kinds of 429: connections, pace, volume
  ['proxy-429', 0],
  ['documented-quota@3', 0],
  ['value-429', 0],
  ['quota-exhausted@1000', 8],
  // baselines and catalogue
  ['newline-names', 0],
  ['crlf-names', 0],
  ['duplicate-files', 0],
  ['unknown-ids+duplicate-names', 0],
  ['wrong-md5', 6],
  ['missing-md5', 6],
  ['wrong-size', 6],
  ['size-zero', 6],
  ['foreign-links', 1],
  ['unsafe-names', 1],
  ['broken-schema', 1],
  ['null-link', 1],
  ['empty-baseline', 1],
] as const;

test.concurrent.for(sampleOf(FAULTS, 5, ([, code]) => code))(
  '%s: exit code %i',
  async ([scenario, code], { onTestFinished }) => {
    const sandbox = await withSandbox({ scenario }, onTestFinished);
    const folder = temporaryFolder(onTestFinished);
    const site = ['--site-url', sandbox.siteUrl, '--stall-timeout', '1'];
    const { exitCode, stdout, stderr } = await runCli(['fetch', ...site, ...SMALL_REQUEST, ...placesIn(folder)]);
    expect([exitCode, stderr, code === 0 || stdout.includes('\n  next ')], stdout).toEqual([code, '', true]);
    await expectTruth(folder, sandbox, { exitCode, output: stdout });
  },
);
