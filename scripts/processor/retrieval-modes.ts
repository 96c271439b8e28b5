/** Retrieval modes of task tables as the rules by which rdb.svc chooses, which carry the same names (rdb.md#selection-rules). */
import { SELECTION_RULE_NAMES, type SelectionRuleName } from '../sentinel/selection-rules';

/** Names that the services do not use. `ValIntersect` takes every file that touches the interval, as their rule 1 does. */
const OTHER_NAMES: Readonly<Record<string, SelectionRuleName>> = {
  valintersect: 'ValIntersectWithoutDuplicate',
  valintersectwithoutduplicates: 'ValIntersectWithoutDuplicate',
  lateststartvalidity: 'LatestValidity',
  latestvalcovernewestvalidity: 'LatestValCoverLatestValidity',
};

const RULES = new Map(SELECTION_RULE_NAMES.map((name) => [name.toLowerCase(), name]));

/** Undefined for a mode that is known to the processor's own archive only, such as `Custom`. */
export function ruleOf(retrievalMode: string): SelectionRuleName | undefined {
  const name = retrievalMode.toLowerCase();
  return RULES.get(name) ?? (Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined);
}
