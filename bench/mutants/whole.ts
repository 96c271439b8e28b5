/** A suite of others: all of it is run, and what is red on the healthy sandbox counts for nothing. */
import { dialectOf, inSandbox, type Dialect, type Meeting } from './mutant-sandbox';
import { variablesAt } from '../sign-in';
import { newlyRed, outcomeOf, type Outcome } from './peer-run';
import type { Collection } from './suite';

export function whole(collection: Collection): Meeting {
  const healthy = new Map<Dialect, Promise<Outcome>>();
  const run = (profile: Dialect, mutant?: string): Promise<Outcome> =>
    inSandbox({ profile, mutant }, (sandbox) => outcomeOf(collection, variablesAt(sandbox)));
  return async (mutant) => {
    const profile = dialectOf(mutant);
    const expected = healthy.get(profile) ?? healthyOutcome(() => run(profile));
    healthy.set(profile, expected);
    return { noticedBy: newlyRed(await run(profile, mutant.name), await expected)[0], seenIn: [] };
  };
}

/** Of two runs: what is red in one of them is no check to rely on. */
async function healthyOutcome(run: () => Promise<Outcome>): Promise<Outcome> {
  const [first, second] = [await run(), await run()];
  const red = new Set([...first.red, ...second.red]);
  return { green: new Set([...first.green].filter((check) => !red.has(check))), red };
}
