import { createHash } from 'node:crypto';
import { test, type TestContext } from 'vitest';
import { IS_LONG, TURN } from './budget';

type Run = (context: TestContext) => Promise<void> | void;
type Define = (name: string, run: Run) => void;

/**
 * `test` for the few tests that take longest (ten seconds of processor time and more): of those defined by one call every `period`th is
 * run, others at each commit, and all of them at night. The others are listed as skipped. Where each call begins is told by the name of
 * its first test, so that not all of them fall on one commit. For many tests of some seconds there is draw-tests.ts.
 */
export function inTurns(period: number, define: Define & { readonly skip: Define } = test): Define {
  let place: number | undefined;
  return (name, run) => {
    place = place === undefined ? beginningOf(name) : place + 1;
    const isDue = IS_LONG || place % period === TURN % period;
    (isDue ? define : define.skip)(name, run);
  };
}

const beginningOf = (name: string): number => createHash('sha256').update(name).digest().readUInt16BE();
