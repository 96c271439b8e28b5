import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CampaignLock } from '../../scripts/campaign/campaign-lock';
import { fetchCampaign } from '../../scripts/commands/fetch';
import { startSandbox, type Sandbox } from '../../scripts/sandbox/sandbox';
import { checkMd5Sums, lockIn, SMALL_REQUEST } from '../helpers/campaign';
import { QUICK_PATIENCE } from '../helpers/quick-patience';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';

/** The campaign as it is when nothing goes wrong. */
let sound: CampaignLock;
let soundLock: string;
const folder = mkdtempSync(path.join(tmpdir(), 'auxflow-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  const { exitCode } = await runCli(['fetch', ...SMALL_REQUEST, '-d', 'FALSE', ...placesIn(folder)]);
  expect(exitCode).toBe(0);
  soundLock = path.join(folder, 'out', 'auxflow.lock.json');
  sound = lockIn(path.join(folder, 'out'));
});

/** What holds after every campaign, whatever went wrong in it. */
function expectTruth(out: string, { requests }: Sandbox, output: string): void {
  const lock = existsSync(path.join(out, 'auxflow.lock.json')) ? lockIn(out) : undefined;
  const truth = new Map(sound.files.map(({ path: name, md5 }) => [name, md5]));
  const finals = readdirSync(out).filter((name) => truth.has(name));
  for (const name of finals)
    expect([
      name,
      createHash('md5')
        .update(readFileSync(path.join(out, name)))
        .digest('hex'),
    ]).toEqual([name, truth.get(name)]);
  const verified = (lock?.files ?? []).filter(({ state }) => state === 'verified').map(({ path: name }) => name!);
  expect(verified.sort()).toEqual(finals.sort());
  if (verified.length > 0) expect(checkMd5Sums(out)).toBe(verified.length);
  const stray = requests.filter(
    ({ origin, headers }) => origin === 'store' && (headers.authorization ?? headers.cookie),
  );
  expect(stray).toEqual([]);
  const secrets = requests.flatMap(({ headers, url }) =>
    [headers.authorization?.split('.')[1] ?? [], /X-Amz-Signature=([0-9a-f]+)/.exec(url)?.[1] ?? []].flat(),
  );
  expect(secrets.filter((secret) => output.includes(secret))).toEqual([]);
}

describe('through the command line', () => {
  test.each([
    ['truncated-body', 0],
    ['reset-stream', 0],
    ['stalled-stream', 0],
    ['flipped-byte', 0],
    ['store-slow-down', 0],
    ['error-body-200', 0],
    ['presigned-expired', 0],
    ['expired-token@5', 0],
    ['expired-at-value', 0],
    ['single-use-url+truncated-body', 0],
    ['newline-names', 0],
    ['duplicate-files', 0],
    ['lost-object', 4],
    ['wrong-md5', 6],
    ['missing-md5', 6],
    ['wrong-size', 6],
    ['foreign-links', 1],
    ['unsafe-names', 1],
    ['empty-baseline', 1],
    ['quota-exhausted@1000', 8],
  ])('%s: exit code %i', async (scenario, code) => {
    const sandbox = await withSandbox({ scenario });
    const folder = temporaryFolder();
    const words = [
      'fetch',
      '--site-url',
      sandbox.siteUrl,
      '--stall-timeout',
      '1',
      ...SMALL_REQUEST,
      ...placesIn(folder),
    ];
    const { exitCode, stdout, stderr } = await runCli(words);
    expect([exitCode, stderr]).toEqual([code, '']);
    expectTruth(path.join(folder, 'out'), sandbox, stdout);
  });
});

/** mulberry32: the same sequence for a seed on every machine. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const MIXED = [
  ...['truncated-body', 'reset-stream', 'flipped-byte', 'store-slow-down', 'store-500', 'error-body-200'],
  ...['presigned-refused', 'presigned-expired', 'single-use-url', 'ignored-range', 'lost-object', 'value-429'],
  ...['expired-token', 'expired-at-value', 'dropped-connection', 'cut-answer', 'ended-session'],
];
const CAMPAIGNS = 300;

describe('mixed at random, from a lock and in this process: transfers, tokens, quota', () => {
  test(`${CAMPAIGNS} campaigns keep the truth, and end whole once the services are sound`, async () => {
    const random = randomOf(4);
    const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;
    const root = temporaryFolder();
    const codes = new Map<number, number>();
    const sandbox = await startSandbox();
    try {
      for (let campaign = 0; campaign < CAMPAIGNS; campaign++) {
        const out = path.join(root, String(campaign));
        const count = 1 + Math.floor(random() * 3);
        const scenario = Array.from({ length: count }, () => `${pick(MIXED)}${pick(['', ':2', ':3'])}`).join('+');
        sandbox.setScenario(scenario);
        const events: string[] = [];
        const fetchIt = (signal: AbortSignal) =>
          fetchCampaign(
            {
              env: 'sandbox',
              siteUrl: sandbox.siteUrl,
              words: {},
              frozen: soundLock,
              mode: 'fetch',
              out,
              reports: path.join(root, 'reports'),
              parallel: 1 + Math.floor(random() * 5),
              failOnEmpty: false,
              stallTimeout: 1,
            },
            {
              environment: {},
              listener: (event) => events.push(JSON.stringify(event)),
              signal,
              now: () => new Date(),
              patience: QUICK_PATIENCE,
            },
          );
        const interrupt =
          random() < 0.3 ? AbortSignal.timeout(Math.floor(random() * 60)) : new AbortController().signal;
        const code = await fetchIt(interrupt).catch(() => 130);
        codes.set(code, (codes.get(code) ?? 0) + 1);
        expect([0, 3, 4, 5, 6, 8, 1, 130], `${scenario}: ${code}`).toContain(code);
        if (existsSync(path.join(out, 'MD5SUMS'))) expectTruth(out, sandbox, events.join('\n'));
        sandbox.setScenario('healthy');
        expect(await fetchIt(new AbortController().signal), scenario).toBe(0);
        expectTruth(out, sandbox, events.join('\n'));
        expect(lockIn(out).files.map(({ state }) => state)).toEqual(sound.files.map(() => 'verified'));
      }
    } finally {
      await sandbox.close();
    }
    expect([codes.size > 2, (codes.get(0) ?? 0) > CAMPAIGNS / 5]).toEqual([true, true]);
  }, 600_000);
});
