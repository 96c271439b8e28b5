/** Where the services choose files otherwise than the processor retrieves them. Pure. */
import { publishedDeltas } from '../sentinel/published-deltas';
import type { Deltas } from '../sentinel/select-adfs';
import { dependsOnDeltas, type SelectionRuleName } from '../sentinel/selection-rules';
import { ruleOf } from './retrieval-modes';
import type { CampaignRequest, ServiceTypes } from './service-types';
import type { Alternative, TaskTable } from './task-table';

export interface Difference {
  readonly fileType: string;
  /** Seconds. */
  readonly processor: { readonly retrievalMode: string; readonly t0: number; readonly t1: number };
  /** LongName, rule and the published deltas, in seconds. What the services are configured with is not published. */
  readonly service: Deltas & { readonly type: string; readonly rule: SelectionRuleName };
  readonly inRule: boolean;
  /** Of rules that look at the interval. `narrower`: the services may leave files out that the processor takes. */
  readonly inInterval?: 'narrower' | 'wider';
}

/** Each once, in the order of the table. */
export function differencesOf(
  table: TaskTable,
  request: CampaignRequest,
  serviceTypes: ServiceTypes,
): readonly Difference[] {
  const alternatives = table.tasks.flatMap(({ inputs }) => inputs.flatMap((input) => input.alternatives));
  const differences = alternatives.flatMap((alternative) => differenceOf(alternative, request, serviceTypes));
  return [...new Map(differences.map((difference) => [JSON.stringify(difference), difference])).values()];
}

function differenceOf(
  alternative: Alternative,
  { mission }: CampaignRequest,
  serviceTypes: ServiceTypes,
): Difference[] {
  const { origin, fileType, retrievalMode, t0, t1 } = alternative;
  const known = origin === 'DB' ? serviceTypes(fileType) : undefined;
  if (!known) return [];
  const { longName: type, rule } = known.type;
  const deltas = publishedDeltas(mission, type);
  const inRule = ruleOf(retrievalMode) !== rule;
  const inInterval = dependsOnDeltas(rule) ? intervalDifference({ t0, t1 }, deltas) : undefined;
  if (!inRule && !inInterval) return [];
  return [{ fileType, processor: { retrievalMode, t0, t1 }, service: { type, rule, ...deltas }, inRule, inInterval }];
}

function intervalDifference(
  { t0, t1 }: Pick<Alternative, 't0' | 't1'>,
  { delta0, delta1 }: Deltas,
): Difference['inInterval'] {
  if (t0 > delta0 || t1 > delta1) return 'narrower';
  return t0 < delta0 || t1 < delta1 ? 'wider' : undefined;
}
