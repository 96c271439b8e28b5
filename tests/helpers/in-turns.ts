import { test, type TestContext } from 'vitest';
import { IS_LONG, TURN } from './budget';

type Run = (context: TestContext) => Promise<void> | void;
type Define = (name: string, run: Run) => void;

/**
 * `test` for expensive tests of one kind, each some runs of the command line, that take turns: of those defined by one call every
 * `period`th is run, others at each commit, and all of them at night. The others are listed as skipped.
 */
export function inTurns(period: number, define: Define & { readonly skip: Define } = test): Define {
  let place = 0;
  return (name, run) => {
    const isDue = IS_LONG || place % period === TURN % period;
    place += 1;
    (isDue ? define : define.skip)(name, run);
  };
}
