/** What the cases cost the services, and which of those that cost anything are sent to a real service all the same. */
import { TOKEN_PATH } from '../services/services';
import { COSTS, costsOf, type Cost } from '../services/request-costs';
import type { CaseFolder, ContractCase } from './contract-case';

/** What a default run on a real service may cost at most. */
export const BUDGET: Readonly<Record<Cost, number>> = {
  'leaks a connection': 0,
  'failed login': 1,
  'logs an exception': 10,
  '$value grant': 3,
};

/** Keys of the cases worth their cost in every run, within the budget. All others that cost anything wait for `--intrusive`. */
const ALWAYS_ASKED: ReadonlySet<string> = new Set([
  // A refused login that counts against nobody's account.
  'token-unknown-user',
  // "Not found" is told by this 500 alone (auxip.md#errors): clients depend on its text.
  'unknown-entry',
  'value-unknown',
  // What a caller is most likely to write, and must know not to work.
  'refusal-filter-not',
  'refusal-filter-tolower',
  'refusal-filter-any-uncast',
  'refusal-orderby-function',
  'reprocessing-refused-option-select',
  'reprocessing-refused-call-list-start',
  // One bad name costs the whole request of a campaign.
  'rdb-exception-one-bad',
  // The files that are read.
  'value',
  'value-other',
  'value-again',
]);

/** The folder with the costs of each case: those it declares, and those that its request and expected status show. */
export function withCosts(folder: CaseFolder): CaseFolder {
  return {
    ...folder,
    cases: folder.cases.map((item) => {
      const found = new Set([...(item.costs ?? []), ...visibleCosts(item)]);
      return { ...item, costs: COSTS.filter((cost) => found.has(cost)) };
    }),
  };
}

/** By what the service was recorded to answer, under either profile: a real service answers as it is, not as it should. */
function visibleCosts({ request, expect }: ContractCase): Cost[] {
  const url = request.url.replace('{{access_token_url}}', TOKEN_PATH);
  const location = expect.headers?.Location ?? undefined;
  return [expect.status].flat().flatMap((status) => costsOf({ url, status, location }));
}

/** Whether a real service is asked only with `--intrusive`. */
export function isIntrusive({ key, costs = [] }: ContractCase): boolean {
  return costs.length > 0 && !ALWAYS_ASKED.has(key);
}
