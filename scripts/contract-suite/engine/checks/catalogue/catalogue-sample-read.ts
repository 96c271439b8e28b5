import { serverTime, type Answer } from '../../answer';
import { keepSample, memberOf, type Row } from '../../catalogue-sample';
import { keepSeeds } from '../../catalogue-seeds';
import { difference, finding, setDifference, type Finding } from '../../finding';
import { drawAgain, isDrawn, isEnough, keepSlice, PAGE, SAMPLE_SIZE, seedOf } from '../../sample-draw';
import type { Scope } from '../../scope';
import { keepNames, wrongNames } from './catalogue-names';
import { keepTerms } from './catalogue-shown';
import { rowFindings, rowPromises } from '../row-promises';

/** The sample comes in: distinct rows, each of which agrees with its own name. Seeds for other cases are taken from it. */
export function readSample(answer: Answer, scope: Scope): Finding[] {
  const { value } = answer.json() as { value: Row[] };
  if (!isEnough(value.length, scope) && drawAgain(scope))
    return [{ promise: `Few entries follow ${scope.value('sample_from')}: another sample is drawn` }];
  const ids = value.map(({ Id }) => Id);
  const names = value.map(({ Name }) => Name);
  keepSlice([...ids].sort(), scope);
  if (value.length > 0) {
    keepSample(value, scope);
    keepSeeds(value, scope);
    keepTerms(value, 0, scope);
    keepNames(value, 0, scope);
  }
  return [
    finding(`The sample of seed ${seedOf(scope)} has rows, and fewer than a page`, () =>
      value.length > 1 && value.length < PAGE
        ? undefined
        : `${value.length} rows: set catalogue_sample to another filter`,
    ),
    ...(isDrawn(scope) ? drawnAsAsked(ids, scope) : [fitsTheFilter(value, scope)]),
    finding('Every id occurs once', () => setDifference([...new Set(ids)], ids, 'ids')),
    finding('Every name occurs once', () => wrongNames([...new Set(names)], names)),
    finding('Files of different length have different MD5', () => sharedChecksum(value)),
    ...rowFindings(value, rowPromises(scope, serverTime(answer))),
  ];
}

/** One entry without date attributes spoils a page (auxip.md#expanded-attributes): what is told of it is the status, and others are looked at. */
export function readAnotherSample(scope: Scope): Finding[] {
  drawAgain(scope);
  return [];
}

function drawnAsAsked(ids: readonly string[], scope: Scope): Finding[] {
  const from = scope.value('sample_from');
  return [
    finding('As many entries as requested, and those after the requested id', () =>
      ids.length > SAMPLE_SIZE || ids.some((id) => id < from) ? `${ids.length} from ${ids[0] ?? ''} on` : undefined,
    ),
    finding('They come by id', () => difference([...ids].sort(), ids)),
  ];
}

function fitsTheFilter(rows: readonly Row[], scope: Scope): Finding {
  return finding('Every row fits the filter, and each part of the filter has rows', () =>
    strangeNames(rows, scope.value('catalogue_sample')),
  );
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
    if (known !== row.ContentLength) return `${row.Name}: ${String(md5)} belongs to another file too`;
    lengths.set(md5, known);
  }
  return undefined;
}
