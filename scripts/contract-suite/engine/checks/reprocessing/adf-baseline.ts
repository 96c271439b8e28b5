import { missionsListedFor } from '../../../../sentinel/missions';
import type { BaselineParameters } from '../../../adf-query';
import type { AdfCheck } from '../../../checks';
import {
  adfSample,
  asCame,
  CONTEXT,
  instantOf,
  namesIn,
  sampleBeginnings,
  shownRow,
  typeOf,
  type AdfRow,
} from '../../adf-sample';
import type { Answer } from '../../answer';
import { COLLATIONS, sorted, type Row } from '../../catalogue-sample';
import { difference, finding, same, setDifference, type Finding } from '../../finding';
import type { Scope } from '../../scope';

type Given = BaselineParameters;

/** What the two functions answer: of the sample exactly the files that apply, and of all others none that plainly does not. */
export function adfBaseline(
  { form, parameters, asList }: AdfCheck & { readonly is: 'adf-baseline' },
  answer: Answer,
  scope: Scope,
): Finding[] {
  const given = filledIn(parameters, scope);
  const { value, ...envelope } = answer.json() as { value: (AdfRow | string)[] };
  const names = value.map((item) => (typeof item === 'string' ? item : String(item.FullName)));
  const applicable = applicableFiles(given, scope);
  const context = `${CONTEXT}${form === 'List' ? 'OData.RBA.AuxFile' : 'Collection(Edm.String)'}`;
  const findings = [
    finding('The envelope is as recorded', () => difference({ '@odata.context': context }, envelope)),
    finding('Of the sample exactly the files that apply', () =>
      given.OrderBy === undefined
        ? wrongNames(applicable, given, ofSample(names, scope))
        : wrongOrder(applicable, given, value as AdfRow[], given.OrderBy),
    ),
    finding('No file that is plainly of another mission or unit', () => strangeNames(names, given)),
  ];
  if (form === 'List') return [...findings, ...listFindings(value as AdfRow[], given, scope)];
  const list = scope.recall(LIST) as string[] | undefined;
  const sameAsList = finding('The names are those of the list', () => setDifference(list ?? [], names, 'names'));
  return [...findings, ...(asList ? [sameAsList] : [])];
}

const LIST = 'adf_list';

function listFindings(rows: readonly AdfRow[], given: Given, scope: Scope): Finding[] {
  const ids = rows.map(({ Id }) => String(Id));
  scope.remember(
    LIST,
    rows.map(({ FullName }) => String(FullName)),
  );
  return [
    finding('Every id occurs once', () => setDifference([...new Set(ids)], ids, 'ids')),
    finding('Each row equals that of the sample', () => {
      const files = adfSample('AuxFiles', scope);
      for (const row of rows) {
        const known = files.find(({ Id }) => Id === row.Id);
        const problem = known && difference(shownRow('AuxFiles', asCame(known, 'AuxFiles')), row);
        if (problem) return `${String(row.FullName)}: ${problem}`;
      }
      return undefined;
    }),
    finding('Every row applies to the time and the unit asked for', () => {
      const wrong = rows.find((row) => !isInTime(row, given) || !isOfUnit(row, given));
      return wrong && `${String(wrong.FullName)} does not`;
    }),
  ];
}

function filledIn(parameters: BaselineParameters, scope: Scope): Given {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, scope.text(value)]));
}

/** By reprocessing.md#functions; SearchName is of the list only, and no case gives it to the names. */
function applicableFiles(given: Given, scope: Scope): readonly Row[] {
  const types = adfSample('AuxTypes', scope);
  return adfSample('AuxFiles', scope).filter((file) => {
    const type = typeOf(file, types);
    return (
      type !== undefined &&
      isOfMission(type, given.Mission) &&
      serves(type, given) &&
      isOfUnit(file, given) &&
      isInTime(file, given) &&
      file.Name.includes(given.SearchName ?? '')
    );
  });
}

function isOfMission({ Mission }: AdfRow, asked: string | undefined): boolean {
  return asked === undefined || missionsListedFor(asked).includes(String(Mission));
}

export function serves(type: AdfRow, { ProductType, Variability }: Given): boolean {
  const productTypes = namesIn(type.ProductTypes, 'Type');
  if (Variability !== undefined && type.Variability !== Variability) return false;
  if (ProductType === undefined) return productTypes.length > 0;
  return productTypes.includes(ProductType);
}

function isOfUnit({ Unit }: AdfRow, given: Given): boolean {
  return given.Unit === undefined || Unit === given.Unit || Unit === 'X';
}

/** A start alone is an instant, a stop alone no condition; touching ends are not enough (reprocessing.md#functions). */
export function isInTime(row: AdfRow, { SensingTimeStart, SensingTimeStop }: Given): boolean {
  if (SensingTimeStart === undefined) return true;
  const [from, to] = [instantOf(row.SensingTimeApplicationStart), instantOf(row.SensingTimeApplicationStop)];
  const start = Date.parse(SensingTimeStart);
  if (SensingTimeStop === undefined) return from <= start && start < to;
  return from < Date.parse(SensingTimeStop) && to > start;
}

/** Without an order `Top` and `Skip` may leave any. */
function wrongNames(applicable: readonly Row[], given: Given, got: readonly string[]): string | undefined {
  const names = applicable.map(({ Name }) => Name);
  if (given.Top === undefined && given.Skip === undefined) return setDifference(names, got, 'files');
  return difference(pageOf(applicable, given).length, got.filter((name) => names.includes(name)).length);
}

function wrongOrder(applicable: readonly Row[], given: Given, got: readonly AdfRow[], by: string): string | undefined {
  const descending = given.OrderByDirection === 'DESC';
  const due = COLLATIONS.map((collation) => pageOf(sorted(applicable, [{ by, descending }], collation), given));
  const keys = (rows: readonly AdfRow[]): unknown[] => rows.map((row) => row[by]);
  if (due.some((rows) => same(keys(rows), keys(got)))) return undefined;
  return difference(keys(due[0] ?? []), keys(got));
}

function pageOf(rows: readonly Row[], given: Given): readonly Row[] {
  const skip = Number(given.Skip ?? 0);
  return rows.slice(skip, given.Top === undefined ? undefined : skip + Number(given.Top));
}

function ofSample(names: readonly string[], scope: Scope): readonly string[] {
  const beginnings = sampleBeginnings(scope);
  return names.filter((name) => beginnings.some((text) => name.startsWith(text)));
}

/** Platform and unit stand at the beginning of every name (reprocessing.md#adf-names). */
function strangeNames(names: readonly string[], { Mission, Unit }: Given): string | undefined {
  const strange = names.find(
    (name) =>
      (Mission !== undefined && !name.startsWith(Mission.slice(0, 2))) ||
      (Unit !== undefined && name.charAt(2) !== Unit && name.charAt(2) !== '_'),
  );
  return strange;
}
