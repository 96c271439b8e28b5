import type { AdfCheck } from '../../../checks';
import type { AdfQuery } from '../../../adf-query';
import { adfSample, asCame, CONTEXT, keyed, KEYS, shownRow, type AdfRow } from '../../adf-sample';
import type { Answer } from '../../answer';
import { chosenRows, COLLATIONS, sorted, type Collation, type Row } from '../../catalogue-sample';
import { difference, finding, same, type Finding } from '../../finding';
import type { Scope } from '../../scope';
import { wrongPage, wrongSet } from '../catalogue/catalogue-rows';

type RowsCheck = AdfCheck & { readonly is: 'adf-rows' };

/** The answer to a query: the rows, their order, each row whole; its count is that of the page, not of all (reprocessing.md#query-options). */
export function adfRows(check: RowsCheck, answer: Answer, scope: Scope): Finding[] {
  const candidates = COLLATIONS.map((collation) => findingsBy(collation, check, answer, scope));
  const kept = candidates.find((findings) => findings.every(({ problem }) => problem === undefined));
  return kept ?? candidates[0] ?? [];
}

function findingsBy(collation: Collation, check: RowsCheck, answer: Answer, scope: Scope): Finding[] {
  const { of, orderBy, count, top = Infinity, skip = 0 } = check;
  const chosen = chosenRows(adfSample(of, scope), check.filter, scope, collation);
  const { value, ...envelope } = answer.json() as { value: AdfRow[] };
  const got = keyed(of, value);
  const total = count ? { '@odata.count': countOf(check, chosen.length) } : {};
  return [
    finding('The envelope is as recorded', () =>
      difference({ '@odata.context': `${CONTEXT}${of}`, ...total }, envelope),
    ),
    finding(orderBy ? 'Exactly the rows asked for, in the order asked for' : 'Exactly the rows asked for', () =>
      orderBy
        ? wrongPage({ top, skip }, orderBy, sorted(chosen, orderBy, collation), got)
        : wrongSet({ top, skip }, chosen, got),
    ),
    finding('Each row equals that of the sample', () => wrongRow(check, chosen, value)),
  ];
}

/** `/$count` is JSON here, not text (reprocessing.md#query-options). */
export function adfCount(check: AdfCheck & { readonly is: 'adf-count' }, answer: Answer, scope: Scope): Finding[] {
  const { of, filter } = check;
  return [
    finding('The number of rows, in JSON', () => {
      const counts = COLLATIONS.map((collation) => chosenRows(adfSample(of, scope), filter, scope, collation).length);
      const bodies = counts.map((chosen) => ({ '@odata.context': CONTEXT, value: countOf(check, chosen) }));
      return bodies.some((body) => same(body, answer.json())) ? undefined : difference(bodies[0], answer.json());
    }),
  ];
}

function countOf(
  { top = Infinity, skip = 0, countAll }: Pick<AdfCheck & { readonly is: 'adf-count' }, 'top' | 'skip' | 'countAll'>,
  chosen: number,
): number {
  return countAll ? chosen : Math.max(0, Math.min(top, chosen - skip));
}

function wrongRow({ of, expand }: AdfQuery, chosen: readonly Row[], got: readonly AdfRow[]): string | undefined {
  for (const row of got) {
    const known = chosen.find(({ Id }) => Id === row[KEYS[of]]);
    const problem = known && difference(shownRow(of, asCame(known, of), expand), row);
    if (problem) return `${known.Id}: ${problem}`;
  }
  return undefined;
}
