/** What a collection of a peer finds wrong with a sandbox. */
import { createRedactor } from '../../scripts/newman/redact';
import { runSuite, type SuiteRunOptions } from '../../scripts/newman/run-suite';

export type Collection = SuiteRunOptions['collection'];

/** Checks by `request › assertion`; a request without an answer and a script that ends early are red checks of their own. */
export interface Outcome {
  readonly requests: number;
  readonly redRequests: readonly string[];
  readonly green: ReadonlySet<string>;
  readonly red: ReadonlySet<string>;
}

/** Longer than any healthy answer of the sandbox; mutants may not answer at all. */
const REQUEST_SECONDS = 10;

export async function outcomeOf(collection: Collection, variables: Readonly<Record<string, string>>): Promise<Outcome> {
  const green = new Set<string>();
  const red = new Set<string>();
  const redRequests: string[] = [];
  let requests = 0;
  await runSuite({
    collection,
    variables,
    folders: collection.item.map(({ name }) => name),
    bail: false,
    seconds: REQUEST_SECONDS,
    redactor: createRedactor(['password']),
    onStep: ({ folder, name, assertions, fault }) => {
      const request = `${folder} ${name}`;
      const failed = assertions.filter(({ outcome }) => outcome === 'failed');
      requests += 1;
      if (failed.length > 0 || fault !== undefined) redRequests.push(request);
      if (fault === undefined) green.add(`${request} › fault`);
      else red.add(`${request} › fault`);
      for (const { name: check, outcome } of assertions)
        (outcome === 'failed' ? red : green).add(`${request} › ${check}`);
    },
  });
  return { requests, redRequests, green, red };
}

/** The first check that is red now and green on the healthy sandbox. */
export function killedBy(now: Outcome, healthy: Outcome): string | undefined {
  return [...now.red].find((check) => healthy.green.has(check) && !healthy.red.has(check));
}
