import type { Answer } from '../../answer';
import { sampleRows, type Row } from '../../catalogue-sample';
import { finding, setDifference, type Finding } from '../../finding';
import type { Scope } from '../../scope';
import { nameFilter } from '../../linked-files';

/** Names in one look-up: more than ten terms tire the catalogue (auxip.md#filters). */
const AT_ONCE = 10;

/** The whole catalogue has each name of the sample once. Goes on with the next names. */
export function catalogueNames(answer: Answer, scope: Scope): Finding[] {
  const rows = sampleRows(scope);
  const start = Number(scope.value('names_from'));
  const due = rows.slice(start, start + AT_ONCE);
  const { value } = answer.json() as { value: readonly Pick<Row, 'Name'>[] };
  const isMore = start + AT_ONCE < rows.length;
  keepNames(rows, isMore ? start + AT_ONCE : 0, scope);
  if (isMore) scope.repeat();
  const names = value.map(({ Name }) => Name);
  const asked = [...new Set(due.map(({ Name }) => Name))];
  return [
    finding(`Every name occurs once (entries ${start + 1} to ${start + due.length})`, () => wrongNames(asked, names)),
  ];
}

/** The condition for the names of the rows from `start` on. */
export function keepNames(rows: readonly Row[], start: number, scope: Scope): void {
  scope.remember('names_from', String(start));
  scope.remember('names_terms', nameFilter(rows.slice(start, start + AT_ONCE).map(({ Name }) => Name)));
}

/** While a file is being replaced its name stands twice for a moment (auxip.md#names-and-replacements). */
export function wrongNames(asked: readonly string[], names: readonly string[]): string | undefined {
  const problem = setDifference(asked, names, 'names');
  if (problem === undefined || names.length === new Set(names).size) return problem;
  return `${problem}: two entries for one file, of which the newest counts`;
}
