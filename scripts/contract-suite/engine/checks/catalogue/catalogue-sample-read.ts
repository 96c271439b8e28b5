import { serverTime, type Answer } from '../../answer';
import { keepSample, memberOf, type Row } from '../../catalogue-sample';
import { keepSeeds } from '../../catalogue-seeds';
import { finding, setDifference, type Finding } from '../../finding';
import type { Scope } from '../../scope';
import { keepTerms } from './catalogue-shown';
import { rowPromises } from '../row-promises';

/** A page that is full may be cut off, and nothing says so (auxip.md §2.2). */
const PAGE = 200;

/** The sample comes in: whole, of distinct rows, each of which agrees with its own name. Seeds for other cases are taken from it. */
export function readSample(answer: Answer, scope: Scope): Finding[] {
  const { value } = answer.json() as { value: Row[] };
  if (value.length > 0) {
    keepSample(value, scope);
    keepSeeds(value, scope);
    keepTerms(value, 0, scope);
  }
  const ids = value.map(({ Id }) => Id);
  return [
    finding('The sample has rows, and fewer than a page', () =>
      value.length > 1 && value.length < PAGE
        ? undefined
        : `${value.length} rows: set catalogue_sample to another filter`,
    ),
    finding('Every id stands once', () => setDifference([...new Set(ids)], ids, 'ids')),
    finding('Every name stands once', () => repeatedName(value)),
    finding('Files of different length have different MD5', () => sharedChecksum(value)),
    finding('Every row fits the filter, and each part of the filter has rows', () =>
      strangeNames(value, scope.text('{{catalogue_sample}}')),
    ),
    ...rowPromises(scope, serverTime(answer)).map(([promise, problemOf]) =>
      finding(promise, () => firstProblem(value, problemOf)),
    ),
  ];
}

function firstProblem(rows: readonly Row[], problemOf: (row: Row) => string | undefined): string | undefined {
  for (const row of rows) {
    const problem = problemOf(row);
    if (problem !== undefined) return `${row.Name}: ${problem}`;
  }
  return undefined;
}

/** While a file is being replaced its name stands twice for a moment (auxip.md §7, hazard 13). */
function repeatedName(rows: readonly Row[]): string | undefined {
  const names = rows.map(({ Name }) => Name);
  const problem = setDifference([...new Set(names)], names, 'names');
  return problem && `${problem}: two entries for one file, of which the newest counts`;
}

/** Looked at here as well when the filter is nothing but beginnings of names. */
function strangeNames(rows: readonly Row[], filter: string): string | undefined {
  const beginnings = [...filter.matchAll(/startswith\(Name,'([^']+)'\)/g)].map(([, beginning = '']) => beginning);
  if (!/^\(*startswith\(Name,'[^']+'\)(?:\)* or \(*startswith\(Name,'[^']+'\))*\)*$/.test(filter)) return undefined;
  const strange = rows.find(({ Name }) => !beginnings.some((beginning) => Name.startsWith(beginning)));
  if (strange) return `${strange.Name} was not asked for`;
  const empty = beginnings.find((beginning) => !rows.some(({ Name }) => Name.startsWith(beginning)));
  return empty && `nothing starts with ${empty}: set catalogue_sample to another filter`;
}

function sharedChecksum(rows: readonly Row[]): string | undefined {
  const lengths = new Map<unknown, unknown>();
  for (const row of rows) {
    const md5 = memberOf(row, 'Checksum/0/Value');
    const known = lengths.get(md5) ?? row.ContentLength;
    if (known !== row.ContentLength) return `${row.Name}: ${String(md5)} stands at another file too`;
    lengths.set(md5, known);
  }
  return undefined;
}
