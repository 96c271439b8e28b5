/** What a collection of a peer finds wrong with a sandbox. */
import { createRedactor } from '../../scripts/lib/redact/redact';
import { runSuite } from '../../scripts/newman/run-suite';
import type { Collection } from './suite';

/** Checks by `request › assertion`; a request without an answer and a script that ends early are red checks of their own. */
export interface Outcome {
  readonly green: ReadonlySet<string>;
  readonly red: ReadonlySet<string>;
}

/** Longer than any healthy answer of the sandbox; mutants may not answer at all. */
const REQUEST_SECONDS = 10;

const SEPARATOR = ' › ';
const UNDISTURBED = 'answered, and its script ended';

export async function outcomeOf(collection: Collection, variables: Readonly<Record<string, string>>): Promise<Outcome> {
  const green = new Set<string>();
  const red = new Set<string>();
  await runSuite({
    collection,
    variables,
    folders: collection.item.map(({ name }) => name),
    bail: false,
    seconds: REQUEST_SECONDS,
    redactor: createRedactor(['password']),
    onStep: ({ folder, name, assertions, fault }) => {
      const request = `${folder} ${name}`;
      (fault === undefined ? green : red).add(`${request}${SEPARATOR}${UNDISTURBED}`);
      for (const { name: check, outcome } of assertions)
        (outcome === 'failed' ? red : green).add(`${request}${SEPARATOR}${check}`);
    },
  });
  return { green, red };
}

/** The checks that are red now and green on the healthy sandbox. */
export function newlyRed(now: Outcome, healthy: Outcome): string[] {
  return [...now.red].filter((check) => healthy.green.has(check));
}
