import { FOUND_MESSAGE, NOT_FOUND_MESSAGE } from '../../../sentinel/level0-messages';
import { parseAdfName } from '../../../sentinel/adf-name';
import { level0Times } from '../../../sentinel/level0-times';
import { fitsSatellite, sensingTimes } from '../../../sentinel/level0-name';
import type { BaselineCheck, EmptyEntry } from '../../checks';
import type { Answer } from '../answer';
import { baselineRows, entriesOf, isWithin, rowOf, type BaselineEntry, type BaselineRow } from '../baseline-sample';
import { difference, finding, same, setDifference, type Finding } from '../finding';
import type { Scope } from '../scope';
import { envelope } from './baseline-envelope';

type Of<Name extends BaselineCheck['is']> = BaselineCheck & { readonly is: Name };

/** An entry as it must be. */
interface Expected extends BaselineRow {
  readonly known: boolean;
}

/** By interval: the sample's products inside, both ends included, whole or not at all (rdb.md#look-up-by-interval). */
export function baselineWithin({ start, stop }: Of<'baseline-within'>, answer: Answer, scope: Scope): Finding[] {
  const [from, to] = [Date.parse(scope.text(start)), Date.parse(scope.text(stop))];
  const rows = baselineRows(scope);
  const inside = rows.filter(({ level0 }) => isWithin(level0, from, to));
  const findings = compared(
    inside.map((row) => ({ ...row, known: true })),
    answer,
  );
  const known = new Set(rows.map(({ level0 }) => level0));
  const lost = entriesOf(answer).filter(({ Level0 }) => !known.has(Level0) && isWithin(Level0, from, to));
  return [
    ...findings,
    finding('The sample, a longer interval, had them all', () => {
      const [first] = lost;
      if (!first) return undefined;
      const told = `${first.Level0} was not in it`;
      const last = Math.max(...rows.map(({ level0 }) => level0Times(level0)?.start ?? 0));
      const isBehind = lost.every(({ Level0 }) => (level0Times(Level0)?.start ?? 0) > last);
      return isBehind ? { problem: told, cause: { key: 'truncated' } } : told;
    }),
  ];
}

/** By name: each product asked for, whatever else is asked for beside it (rdb.md#entries). */
export function baselineOf({ names, files }: Of<'baseline-of'>, answer: Answer, scope: Scope): Finding[] {
  const rows = baselineRows(scope);
  const asked = [...new Set(scope.text(names).split(','))];
  return compared(
    asked.map((name) => expectedFor(name, rows, files, scope)),
    answer,
  );
}

function expectedFor(
  name: string,
  rows: readonly BaselineRow[],
  files: 'common' | 'none' | undefined,
  scope: Scope,
): Expected {
  const stem = name.replace(/[.][^.]*$/, '');
  const row = rows.find(({ level0 }) => level0.includes(stem));
  const fits = fitsSatellite(name, scope.value('mission'), scope.value('unit')) === true;
  const like = row ?? (fits ? rows.find(({ level0 }) => same(sensingTimes(level0), sensingTimes(name))) : undefined);
  const all = like?.files ?? [];
  const chosen = files === 'none' ? [] : files === 'common' ? all.filter(isCommon) : all;
  return { level0: name, known: row !== undefined, files: chosen };
}

/** Of a type that serves every Sentinel-3 mission (`S3ALL`, reprocessing.md#missions-and-product-types). */
function isCommon(file: string): boolean {
  return /^(?:AX___|AUX_POEORB)/.test(parseAdfName(file.slice(0, file.lastIndexOf(' ')).trim())?.type ?? '');
}

function compared(expected: readonly Expected[], answer: Answer): Finding[] {
  const entries = entriesOf(answer);
  const byName = new Map(entries.map((entry) => [entry.Level0, entry]));
  const came = expected.flatMap((item) => {
    const entry = byName.get(item.level0);
    return entry ? [{ item, entry }] : [];
  });
  return [
    envelope(answer),
    finding('Exactly the products asked for', () =>
      setDifference(
        expected.map(({ level0 }) => level0),
        entries.map(({ Level0 }) => Level0),
        'products',
      ),
    ),
    finding('Each says whether it is in the data base', () => firstOf(came, wrongMessage)),
    finding('Each has the files of the sample', () => firstOf(came, wrongFiles)),
  ];
}

interface Pair {
  readonly item: Expected;
  readonly entry: BaselineEntry;
}

function firstOf(pairs: readonly Pair[], problemOf: (pair: Pair) => string | undefined): string | undefined {
  for (const pair of pairs) {
    const problem = problemOf(pair);
    if (problem !== undefined) return `${pair.item.level0}: ${problem}`;
  }
  return undefined;
}

function wrongMessage({ item, entry }: Pair): string | undefined {
  return difference(item.known ? FOUND_MESSAGE : NOT_FOUND_MESSAGE, entry.Message);
}

function wrongFiles({ item, entry }: Pair): string | undefined {
  return setDifference(item.files, rowOf(entry).files, 'files');
}

/** Entries without files, in the recorded order of members. One entry, or none, is compared to the letter. */
export function baselineEmpty({ entries, metadata }: Of<'baseline-empty'>, answer: Answer, scope: Scope): Finding[] {
  const expected = {
    ...(metadata === 'none' ? {} : { '@odata.context': '$metadata#Collection(OData.CSC.DataBaseline)' }),
    value: entries.map((entry) => emptyEntry(entry, metadata === 'full', scope)),
  };
  return [finding('The body is as recorded', () => difference(JSON.stringify(expected), answer.text))];
}

function emptyEntry({ level0, known }: EmptyEntry, isFull: boolean, scope: Scope): object {
  return {
    ...(isFull ? { '@odata.type': '#OData.CSC.DataBaseline', '@odata.id': 'OData.CSC.DataBaseline()' } : {}),
    Level0: scope.text(level0),
    Message: known ? FOUND_MESSAGE : NOT_FOUND_MESSAGE,
    ...(isFull ? { 'AuxDataFiles@odata.type': '#Collection(OData.CSC.Product)' } : {}),
    AuxDataFiles: [],
  };
}

/** Another unit or mission: what comes belongs to it, and nothing of it to another. */
export function baselineSatellite(check: Of<'baseline-satellite'>, answer: Answer, scope: Scope): Finding[] {
  const [mission, unit] = [scope.text(check.mission), scope.text(check.unit)];
  const [from, to] = [Date.parse(scope.text(check.start)), Date.parse(scope.text(check.stop))];
  const entries = entriesOf(answer);
  const names = entries.flatMap(({ AuxDataFiles }) => AuxDataFiles.map(({ Name }) => Name));
  return [
    envelope(answer),
    finding(`Products are of ${mission} ${unit} and inside the interval`, () => {
      const strange = entries.find(
        ({ Level0 }) => fitsSatellite(Level0, mission, unit) !== true || !isWithin(Level0, from, to),
      );
      return strange?.Level0;
    }),
    finding(`Files are of ${mission} ${unit}, or serve all units`, () =>
      names.find((name) => !isFileOf(name, mission, unit)),
    ),
  ];
}

function isFileOf(name: string, mission: string, unit: string): boolean {
  const file = parseAdfName(name.trim());
  return file?.platform === mission.slice(0, 2) && (file.unit === unit || file.unit === 'X');
}

/** What another product type needs is something else (reprocessing.md#missions-and-product-types). */
export function baselineOtherFiles({ name }: Of<'baseline-other-files'>, answer: Answer, scope: Scope): Finding[] {
  const row = baselineRows(scope).find(({ level0 }) => level0 === scope.text(name));
  const [entry, ...others] = entriesOf(answer);
  return [
    envelope(answer),
    finding('The one product asked for', () => difference([row?.level0, 0], [entry?.Level0, others.length])),
    finding('It has files, and others than the product type of the sample', () => {
      const files = entry ? rowOf(entry).files : [];
      if (files.length === 0) return 'no files';
      return setDifference(row?.files ?? [], files, 'files') === undefined
        ? 'the same files: the product type is ignored'
        : undefined;
    }),
  ];
}
