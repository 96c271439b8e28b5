import type { Answer } from '../../answer';
import { memberOf, sampleRows, type Row } from '../../catalogue-sample';
import { finding, setDifference, type Finding } from '../../finding';
import type { Scope } from '../../scope';

/** So many rows in one request that its address stays below 2000 characters (access.md#proxies-and-limits). */
const ROWS = 3;

const TERMS = ['Id', 'ContentLength', 'OriginDate', 'PublicationDate', 'ContentDate/Start', 'ContentDate/End'];

/** What an entry shows is what the database holds: all its values together find it again, and nothing else. */
export function catalogueShown(answer: Answer, scope: Scope): Finding[] {
  const rows = sampleRows(scope);
  const start = Number(scope.value('shown_from'));
  const due = rows.slice(start, start + ROWS);
  const { value } = answer.json() as { value: Row[] };
  const findings = [
    finding(`Entries ${start + 1} to ${start + due.length} are found by the values that they show`, () =>
      setDifference(
        due.map(({ Id }) => Id),
        value.map(({ Id }) => Id),
        'entries',
      ),
    ),
  ];
  const isMore = start + ROWS < rows.length;
  keepTerms(rows, isMore ? start + ROWS : 0, scope);
  if (isMore) scope.repeat();
  return findings;
}

/** The next condition, from the row at `start` on. */
export function keepTerms(rows: readonly Row[], start: number, scope: Scope): void {
  const terms = rows
    .slice(start, start + ROWS)
    .map((row) => `(${TERMS.map((path) => `${path} eq ${String(memberOf(row, path))}`).join(' and ')})`);
  scope.remember('shown_from', String(start));
  scope.remember('shown_terms', terms.join(' or '));
}
