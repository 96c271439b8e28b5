import type { CatalogueCheck } from '../../../checks';
import type { Answer } from '../../answer';
import type { Row } from '../../catalogue-sample';
import { difference, finding, setDifference, type Finding } from '../../finding';
import type { Scope } from '../../scope';

type PageCheck = CatalogueCheck & { readonly is: 'catalogue-page' };

/** A page of the whole catalogue: how long it is, where it begins, and whether it says that there is more. */
export function cataloguePage({ rows, nextLink, first, behind }: PageCheck, answer: Answer, scope: Scope): Finding[] {
  const { value, '@odata.nextLink': link } = answer.json() as { value: Row[]; '@odata.nextLink': unknown };
  const ids = value.map(({ Id }) => Id);
  const bound = behind === undefined ? undefined : scope.text(behind);
  return [
    ...(rows === undefined ? [] : [finding(`The page has ${rows} rows`, () => difference(rows, value.length))]),
    finding('Every id occurs once', () => setDifference([...new Set(ids)], ids, 'ids')),
    finding(nextLink ? 'A link leads to the next page' : 'No link leads to the next page', () =>
      difference(nextLink ? 'string' : 'undefined', typeof link),
    ),
    ...(first === undefined ? [] : [finding('It begins where it should', () => difference(scope.text(first), ids[0]))]),
    ...(bound === undefined
      ? []
      : [
          finding('Every row is after the previous page', () =>
            difference(
              [],
              ids.filter((id) => id <= bound),
            ),
          ),
        ]),
  ];
}
