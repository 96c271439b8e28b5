import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import { valuesAsked } from '../helpers/campaign';
import { expectTruth } from '../helpers/campaign-truth';
import { mounts } from '../helpers/mounts';
import { placesIn, runCli, temporaryFolder, type CliResult } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { withSandbox } from '../helpers/with-sandbox';

interface Stage {
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly out: string;
  /** Runs the same line; `inMidTransfer` is called once, when the large file is on its way and the four others are here. */
  readonly fetchIt: (inMidTransfer?: () => void) => Promise<CliResult>;
}

/** Looks, each some 10 ms after the other, until what has its final name is booked too. */
const SETTLED = 100;

/** The largest file has 1.85 MB and comes at 0.3 MB/s: the others, 30 KB together, are home long before it on the busiest machine. */
async function setUp(): Promise<Stage> {
  const sandbox = await withSandbox({ scenario: 'slow-stream@300000:always' });
  const folder = temporaryFolder();
  const out = path.join(folder, 'out');
  mkdirSync(out);
  const frozen = ['--frozen', await sharedCampaign('small')];
  const words = ['fetch', '--site-url', sandbox.siteUrl, ...frozen, ...placesIn(folder)];
  const isLarge = (name: string) => name.endsWith('.part') && statSync(path.join(out, name)).size > 200_000;
  const isMidTransfer = (names: readonly string[]) =>
    names.some(isLarge) && names.filter((name) => name.endsWith('.zip')).length === 4;
  const fetchIt = async (inMidTransfer?: () => void) => {
    let looks = 0;
    const watch = setInterval(() => {
      if (!inMidTransfer || !isMidTransfer(readdirSync(out)) || (looks += 1) < SETTLED) return;
      clearInterval(watch);
      inMidTransfer();
    }, 10);
    return runCli(words).finally(() => clearInterval(watch));
  };
  return { sandbox, folder, out, fetchIt };
}

/** The same line again brings home what is missing, and only that. */
async function expectRecovery({ sandbox, folder, fetchIt }: Stage, here: readonly string[]): Promise<void> {
  const asked = valuesAsked(sandbox).length;
  sandbox.setScenario('healthy');
  const { exitCode, stdout, stderr } = await fetchIt();
  expect([exitCode, stderr]).toEqual([0, '']);
  const finals = await expectTruth(folder, sandbox, { exitCode, output: stdout });
  expect(valuesAsked(sandbox).length - asked).toBe(finals.length - here.length);
}

test('a disk that fills in mid-transfer: said, nothing half under a final name, and the same line again ends it', async ({
  skip,
}) => {
  const stage = await setUp();
  const { sandbox, folder, out, fetchIt } = stage;
  skip(!mounts(out, 'size=3m'), 'a small file system cannot be mounted here');
  const filler = path.join(out, 'filler');
  const full = await fetchIt(() => {
    try {
      writeFileSync(filler, Buffer.alloc(4_000_000));
    } catch {
      // It is full now.
    }
  });
  const output = full.stdout + full.stderr;
  rmSync(filler);
  expect([full.exitCode, output]).toEqual([
    2,
    expect.stringMatching(/No space left at .*out[^]*Run the same command again/),
  ]);
  const here = await expectTruth(folder, sandbox, { exitCode: full.exitCode, output, lockMayLag: true });
  expect(here.length).toBe(4);
  await expectRecovery(stage, here);
});

test('a disk that is too small from the start: said before anything is asked for', async ({ skip }) => {
  const { sandbox, folder, out, fetchIt } = await setUp();
  skip(!mounts(out, 'size=1m'), 'a small file system cannot be mounted here');
  const { exitCode, stdout, stderr } = await fetchIt();
  expect([exitCode, valuesAsked(sandbox)]).toEqual([2, []]);
  expect(stderr).toMatch(/next/);
  await expectTruth(folder, sandbox, { exitCode, output: stdout + stderr });
});

test('a target that vanishes in mid-transfer: said, and the same line again makes it anew', async () => {
  const stage = await setUp();
  const { sandbox, folder, out, fetchIt } = stage;
  const elsewhere = temporaryFolder();
  const gone = await fetchIt(() => {
    renameSync(out, path.join(elsewhere, 'out'));
    mkdirSync(path.join(elsewhere, 'reports'));
  });
  const output = gone.stdout + gone.stderr;
  expect([gone.exitCode, output]).toEqual([
    2,
    expect.stringMatching(/out cannot be written: there is no such file or folder [(]ENOENT[)][^]*next/),
  ]);
  expect([output, existsSync(out)]).toEqual([expect.stringMatching(/4 verified.* 1 failed/), false]);
  expect(await expectTruth(folder, sandbox, { exitCode: gone.exitCode, output })).toEqual([]);
  const there = await expectTruth(elsewhere, sandbox, { exitCode: null, output });
  expect(there.length).toBe(4);
  await expectRecovery(stage, []);
});
