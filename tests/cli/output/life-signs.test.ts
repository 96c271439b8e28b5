import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Clock } from '../../../scripts/cli/output/clock';
import { liveLines, plainLines } from '../../../scripts/cli/output/listeners';
import type { RunEvent } from '../../../scripts/session/run-events';

/** A clock that is turned by hand, second by second. */
function handClock(): Clock & { pass: (seconds: number) => void } {
  let now = 0;
  const ticks: (() => void)[] = [];
  return {
    now: () => now,
    every: (_, tick) => void ticks.push(tick),
    pass: (seconds) => {
      for (let second = 0; second < seconds; second++) {
        now += 1000;
        for (const tick of ticks) tick();
      }
    },
  };
}

const STARTED: RunEvent = { type: 'run-started', environment: 'sandbox', siteUrl: 'http://a', request: 'r' };
const COLD: RunEvent = { type: 'step-started', folder: '1 Data baseline', name: 'Baseline by Level-0 names' };
const SUITE: RunEvent = { type: 'suite-started', cases: 100 };
const kept = (name: string): RunEvent => ({
  type: 'case',
  step: { folder: 'f', name, curl: '', milliseconds: 1, sent: true, assertions: [] },
});
const ENDED: RunEvent = { type: 'run-finished', exitCode: 0, sentence: 'Done.', places: [] };

function piped(): { clock: ReturnType<typeof handClock>; tell: (event: RunEvent) => void; lines: () => string[] } {
  const [clock, out] = [handClock(), new PassThrough()];
  const tell = plainLines(out, { clock });
  return {
    clock,
    tell,
    lines: () =>
      String(out.read() ?? '')
        .split('\n')
        .filter((line) => line !== ''),
  };
}

test('a pipe gets a line after each half minute of silence, and none when something was said', () => {
  const { clock, tell, lines } = piped();
  tell(STARTED);
  tell(COLD);
  lines();
  clock.pass(29);
  expect(lines()).toEqual([]);
  clock.pass(62);
  expect(lines()).toEqual([
    '  … Baseline by Level-0 names: waiting for the answer, 30 s; a cold rdb.svc takes minutes',
    '  … Baseline by Level-0 names: waiting for the answer, 1 min; a cold rdb.svc takes minutes',
    '  … Baseline by Level-0 names: waiting for the answer, 2 min; a cold rdb.svc takes minutes',
  ]);
  tell(ENDED);
  lines();
  clock.pass(100);
  expect(lines()).toEqual([]);
});

test('the contract suite says how many cases are done, and how long the rest takes', () => {
  const { clock, tell, lines } = piped();
  for (const event of [STARTED, SUITE]) tell(event);
  lines();
  clock.pass(20);
  // Each is asked twice, and counts once.
  for (let count = 0; count < 80; count++) tell(kept(`case ${count % 40}`));
  clock.pass(10);
  expect(lines()).toEqual(['  … 40/100 cases, about 45 s left']);
});

test('making links says how far it is', () => {
  const { clock, tell, lines } = piped();
  tell({ type: 'activity', text: 'files of each Level-0 product', done: 0, total: 2048 });
  clock.pass(29);
  tell({ type: 'activity', text: 'files of each Level-0 product', done: 512, total: 2048 });
  clock.pass(1);
  expect(lines()).toEqual(['  … files of each Level-0 product: 512/2048, about 2 min left']);
});

test('in a terminal nothing is silent for more than five seconds', () => {
  const clock = handClock();
  const written: string[] = [];
  const out = Object.assign(new PassThrough(), { columns: 60 }) as unknown as NodeJS.WriteStream;
  out.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  const tell = liveLines(out, { clock });
  for (const event of [STARTED, COLD]) tell(event);
  for (let silence = 0; silence < 12; silence++) {
    written.length = 0;
    clock.pass(5);
    expect(written.join('')).toMatch(/Baseline by Level-0 names: waiting for the answer, \d+ s/);
    expect(Math.max(...written.map((line) => line.length))).toBeLessThan(60);
  }
});
