import { runFolder, type LightCheck } from '../../bench/mutants/light/run-folder';
import { readCollection } from '../../bench/mutants/our-suite';
import { variablesAt } from '../../bench/sign-in';
import { readProblemMessage } from '../../scripts/newman/assertion-protocol';
import type { CaseAssertion, CaseStep } from '../../scripts/newman/case-step';

const COLLECTION = readCollection();

/**
 * A folder of the contract suite without Newman, in a fraction of the time. That it sends what Newman sends and comes to the same
 * verdicts is proven by tests/bench/light-runner.test.ts; it knows no cookies and no words for broken connections.
 */
export async function lightSteps(
  folder: string,
  siteUrl: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<CaseStep[]> {
  const steps: CaseStep[] = [];
  const environment = { ...variablesAt({ siteUrl }), profile: 'adg', ...variables };
  await runFolder(COLLECTION, folder, environment, ({ checks, ...step }) => {
    steps.push({ ...step, curl: '', milliseconds: 0, assertions: checks.map(assertionOf) });
    return true;
  });
  return steps;
}

function assertionOf({ message, ...check }: LightCheck): CaseAssertion {
  if (message === undefined) return check;
  const { got, cause } = readProblemMessage(message);
  return { ...check, message: got, ...(cause ? { cause } : {}) };
}
