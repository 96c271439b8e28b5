import { createHash } from 'node:crypto';
import { beforeEach, TestRunner, type RunnerTask, type RunnerTestCase, type RunnerTestSuite } from 'vitest';
import { IS_LONG, TURN } from './budget';

/**
 * Called in a file, or in a `describe`, of expensive tests (each some runs of the command line): one of every `period` is run, at least
 * one, others at each commit, and all of them at night; the rest is listed as skipped. That the whole path works is shown by what README.md
 * tells people to type. Tests that need others before them must be one test.
 */
export function drawTests(period: number): void {
  const { suite } = TestRunner.getCurrentSuite();
  let drawn: ReadonlySet<string> | undefined;
  beforeEach(({ task, skip }) => {
    drawn ??= idsOfDraw(suite ?? task.file, period);
    if (!IS_LONG && !drawn.has(task.id)) skip('at another commit, and at night');
  });
}

function idsOfDraw({ tasks, name, file }: RunnerTestSuite, period: number): Set<string> {
  const ids = tasks.flatMap(testsIn).map(({ id }) => id);
  const indexes = indexesOfDraw(ids.length, { period, turn: TURN, name: `${file.name} ${name}` });
  return new Set(ids.filter((_id, index) => indexes.has(index)));
}

/** What is to be run: neither skipped by another rule nor left out by `-t`. */
function testsIn(task: RunnerTask): RunnerTestCase[] {
  if (task.mode === 'skip' || task.mode === 'todo') return [];
  return task.type === 'suite' ? task.tasks.flatMap(testsIn) : [task];
}

interface Draw {
  readonly period: number;
  readonly turn: number;
  /** Draws of different names differ at the same turn. */
  readonly name: string;
}

/** Of `count` tests: a random choice that stays the same for a turn. */
export function indexesOfDraw(count: number, { period, turn, name }: Draw): Set<number> {
  const placeOf = (index: number): string => createHash('sha256').update(`${turn} ${name} ${index}`).digest('hex');
  const indexes = Array.from({ length: count }, (_none, index) => ({ index, place: placeOf(index) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ index }) => index);
  return new Set(indexes.slice(0, Math.max(1, Math.round(count / period))));
}
