import type { AdfType } from '../../../../sentinel/adf-types';
import { TASK_TABLE_RULES } from '../../../../sentinel/published-rules';
import { publishedTypes } from '../../../../sentinel/published-types';
import type { AdfCheck } from '../../../checks';
import { namesIn, type AdfRow } from '../../adf-sample';
import type { Answer } from '../../answer';
import { finding, type Finding } from '../../finding';

/** Differences that are told one by one. */
const MAX_TOLD = 5;

/**
 * Types as their operators published them: a wrong rule in the list deceives rdb.svc and whoever computes with it alike. Types that
 * were added since are no difference. `rules`: where the processors' task tables have another rule than the list, which of the two.
 */
export function publishedConfiguration(
  { rules }: AdfCheck & { readonly is: 'adf-published' },
  answer: Answer,
): Finding[] {
  const { value } = answer.json() as { value: AdfRow[] };
  const rows = new Map(value.map((row) => [String(row.LongName), row]));
  return [
    finding('The configuration is the published one', () => {
      const told = publishedTypes().flatMap((type) => differencesOf(type, rows.get(type.longName), rules));
      if (told.length === 0) return undefined;
      const more = told.length > MAX_TOLD ? `, and ${told.length - MAX_TOLD} more` : '';
      return `configuration differs from the published one: ${told.slice(0, MAX_TOLD).join('; ')}${more}`;
    }),
  ];
}

function differencesOf(type: AdfType, row: AdfRow | undefined, rules: 'list' | 'task-tables'): readonly string[] {
  if (!row) return [`${type.longName} is missing`];
  const inTables = rules === 'task-tables' ? TASK_TABLE_RULES[type.longName] : undefined;
  const compared: readonly (readonly [member: string, published: readonly string[], came: string])[] = [
    ['ShortName', [type.shortName], String(row.ShortName)],
    ['Mission', [type.mission], String(row.Mission)],
    ['ProductTypes', [listed(type.productTypes)], listed(namesIn(row.ProductTypes, 'Type'))],
    ['Rule', inTables ?? [type.rule], String(row.Rule)],
    ['Variability', [type.variability], String(row.Variability)],
    ['Validity', [type.validity], String(row.Validity)],
    ['Format', [type.format], String(row.Format)],
  ];
  return compared.flatMap(([member, published, came]) =>
    published.includes(came)
      ? []
      : [`${member} of ${type.longName} is ${came}, published is ${published.join(' or ')}`],
  );
}

const listed = (names: readonly string[]): string => [...names].sort().join(',');
