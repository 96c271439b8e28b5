/**
 * The ADF types of a request by reprocessing.svc, and by the published table: a type that the list has lost would never be missed, and one
 * with another rule would be judged by it.
 */
import { isWanted, type AdfType } from '../../sentinel/adf-types';
import { publishedTypes } from '../../sentinel/published-types';
import type { SelectionRuleName } from '../../sentinel/selection-rules';
import type { ListedTypes } from '../../services/reprocessing';
import { wantedTypes } from './judge';

/** What reprocessing.svc lists otherwise than the published table; by LongName. */
export interface ListedOtherwise {
  /** Not listed for the product type, or not with a known rule: taken from the table. */
  readonly added: readonly string[];
  /** The published rules of those that are listed with another. */
  readonly rules: ReadonlyMap<string, SelectionRuleName>;
  /** Listed with a rule that is not known, and not in the table. */
  readonly unknown: readonly string[];
}

export function typesByBoth(
  { types: listed, unknownRules }: ListedTypes,
  mission: string,
  productType: string,
): { readonly types: readonly AdfType[]; readonly otherwise: ListedOtherwise } {
  const table = wantedTypes(publishedTypes(), mission, productType);
  const own = new Map(wantedTypes(listed, mission, productType).map((type) => [type.longName, type]));
  const added = table.filter(({ longName }) => !own.has(longName));
  const names = new Set(added.map(({ longName }) => longName));
  const rules = table.flatMap(({ longName, rule }) => {
    const known = own.get(longName);
    return known && known.rule !== rule ? [[longName, rule] as const] : [];
  });
  const both = [...listed.filter(({ longName }) => !names.has(longName)), ...added];
  return {
    types: added.length > 0 ? both.sort(byName) : listed,
    otherwise: {
      added: [...names],
      rules: new Map(rules),
      unknown: unknownRules
        .filter((type) => isWanted(type, productType) && !names.has(type.longName))
        .map(({ longName }) => longName),
    },
  };
}

/** As reprocessing.svc lists them. */
function byName(a: AdfType, b: AdfType): number {
  return a.longName < b.longName ? -1 : 1;
}
