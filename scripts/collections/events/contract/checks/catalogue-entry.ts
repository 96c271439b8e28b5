import type { CatalogueCheck } from '../../../contract-suite/checks';
import type { Answer } from '../answer';
import { sampleRows } from '../catalogue-sample';
import { difference, finding, type Finding } from '../finding';
import type { Scope } from '../scope';
import { projected } from './catalogue-rows';

/** One entry, flattened beside its context, is the row of the sample; `$select` has no effect on it (auxip.md §3.2). */
export function catalogueEntry(
  { id, expand }: CatalogueCheck & { readonly is: 'catalogue-entry' },
  answer: Answer,
  scope: Scope,
): Finding[] {
  return [
    finding('The entry is the same as in the list', () => {
      const row = sampleRows(scope).find(({ Id }) => Id === scope.text(id).toLowerCase());
      if (!row) return `the sample has no entry ${scope.text(id)}`;
      return difference(
        { '@odata.context': '$metadata#Products/$entity', ...projected(row, undefined, expand) },
        answer.json(),
      );
    }),
  ];
}
