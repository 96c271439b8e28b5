import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import { rounds, seedOr } from '../helpers/budget';
import { lockIn, SMALL_REQUEST, valuesAsked } from '../helpers/campaign';
import { expectTruth } from '../helpers/campaign-truth';
import { pick, randomOf } from '../helpers/random';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';

vi.setConfig({ maxConcurrency: 2, testTimeout: 300_000 });

const SIGNALS = ['SIGKILL', 'SIGKILL', 'SIGINT', 'SIGTERM'] as const;
/** Of the request's files; the bytes come at 2 MB/s, so that there is time to die. */
const BYTES = 1_878_259;
/** Token, baseline, token, entries, addresses. */
const CONTROL_REQUESTS = 12;

/** A moment in the life of a process, by what the world has seen of it. */
type Moment = { readonly requests: number } | { readonly bytes: number } | { readonly list: string };

function hasCome(moment: Moment, out: string, sandbox: Sandbox, requestsBefore: number): boolean {
  if ('requests' in moment) return sandbox.requests.length - requestsBefore >= moment.requests;
  if ('list' in moment) return readdirIfThere(out).some((name) => name.startsWith(moment.list));
  return bytesIn(out) >= moment.bytes;
}

function readdirIfThere(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function bytesIn(out: string): number {
  const files = readdirIfThere(out).filter((name) => /^S1/.test(name));
  return files.reduce((sum, name) => sum + (statSync(path.join(out, name), { throwIfNoEntry: false })?.size ?? 0), 0);
}

/** Grants that the ledger counts. */
function booked(state: string): number {
  const rows = readdirIfThere(state)
    .map((account) => path.join(state, account, 'grants.jsonl'))
    .flatMap((file) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { refused?: boolean });
  return rows.reduce((sum, { refused }) => sum + (refused ? -1 : 1), 0);
}

const SEED = seedOr(1);

test.concurrent.for(Array.from({ length: rounds(1, 20) }, (_, series) => SEED + series))(
  'killed in the control plane, in the transfers and towards the end, the same line again: series %i',
  async (seed, { onTestFinished }) => {
    const random = randomOf(seed);
    const sandbox = await withSandbox({ scenario: 'slow-stream@2000000:always' }, onTestFinished);
    const folder = temporaryFolder(onTestFinished);
    const [out, state] = [path.join(folder, 'out'), path.join(folder, 'state')];
    const site = ['--site-url', sandbox.siteUrl, '--budget-files', '1000', '--parallel', '2'];
    const words = ['fetch', ...site, ...SMALL_REQUEST, ...placesIn(folder)];
    const moments: Moment[] = [
      { requests: Math.floor(random() * CONTROL_REQUESTS) },
      { bytes: Math.floor(random() * BYTES) },
      pick<Moment>(
        [{ bytes: Math.floor(BYTES * (0.9 + random() / 10)) }, { list: 'MD5SUMS' }, { list: 'manifest' }],
        random,
      ),
    ];
    let [here, kills, ended] = [new Set<string>(), 0, false];
    for (const moment of [...moments, undefined]) {
      if (ended) break;
      const asked = valuesAsked(sandbox).length;
      const { exitCode, output, killed } = await runUntil(moment, words, state, pick(SIGNALS, random));
      const finals = await expectTruth(folder, sandbox, { exitCode, output, lockMayLag: kills > 0 });
      expect([0, null, 130, 143], output).toContain(exitCode);
      // Nothing that was verified is asked for again, and nothing twice in a life.
      const now = valuesAsked(sandbox).slice(asked);
      expect(new Set(now).size).toBe(now.length);
      if (here.size > 0) {
        const idOf = new Map(lockIn(out).files.map((file) => [file.path, file.id]));
        expect(now.filter((id) => [...here].some((name) => idOf.get(name) === id))).toEqual([]);
      }
      // Who is killed between booking and asking has counted one too many, never one too few.
      if (killed) kills += 1;
      const over = booked(state) - valuesAsked(sandbox).length;
      expect([over >= 0, over <= kills], `${over} booked beyond those asked`).toEqual([true, true]);
      expect(finals).toEqual(expect.arrayContaining([...here]));
      here = new Set(finals);
      ended = exitCode === 0;
    }
    expect([ended, kills >= 2]).toEqual([true, true]);
    expect(readdirSync(out).filter((name) => /\.(part|tmp)$|downloading/.test(name))).toEqual([]);

    async function runUntil(moment: Moment | undefined, line: string[], AUXFLOW_STATE: string, signal: NodeJS.Signals) {
      const before = sandbox.requests.length;
      let child: ChildProcess | undefined;
      const running = runCli(line, { environment: { AUXFLOW_STATE }, started: (started) => (child = started) });
      const watch = setInterval(() => {
        if (moment && hasCome(moment, out, sandbox, before)) child?.kill(signal);
        if (child?.killed) clearInterval(watch);
      }, 2);
      const { exitCode, stdout, stderr } = await running;
      clearInterval(watch);
      return { exitCode, output: stdout + stderr, killed: child?.killed ?? false };
    }
  },
);
