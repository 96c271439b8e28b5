/**
 * Files for a period of every mission, one request after the other. A long list is the measure: what applies to a shorter period, to the
 * second, for a product type or a variability, follows from it, for the list and for the names alike.
 */
import { searchText } from '../../../../sentinel/adf-types';
import { MISSION_NAMES, missionsListedFor } from '../../../../sentinel/missions';
import { DAY, SECOND } from '../../../../sentinel/time';
import { callText, type BaselineParameters } from '../../../adf-query';
import { adfSample, CONTEXT, instantOf, namesIn, type AdfRow } from '../../adf-sample';
import type { Answer } from '../../answer';
import { shuffled } from '../../draw';
import { brokenOr, difference, finding, setDifference, type Finding } from '../../finding';
import { seedOf } from '../../sample-draw';
import type { Scope } from '../../scope';
import { stamp } from '../../selection/steps';
import { isInTime, serves } from './adf-baseline';
import { ALONE } from './adf-file-promises';
import { firstWrongRow, idOf } from './adf-sample-read';

interface Ask {
  readonly form: 'List' | 'Names' | 'AuxFiles';
  readonly given: BaselineParameters;
  /** Of `AuxFiles` these are asked for. */
  readonly names?: readonly string[];
}

/** Where the walk stands: which mission, its rows, and what is still to be asked. */
interface Place {
  readonly mission: number;
  readonly rows: readonly AdfRow[];
  readonly asks: readonly Ask[];
}

const PLACE = 'period_place';
const CALL = 'period_call';

export function beginPeriods(scope: Scope): void {
  goTo({ mission: 0, rows: [], asks: [] }, scope);
}

/** Days of which files of every kind are known, by platform. */
const DAYS: Readonly<Record<string, string>> = { S1: '2020-11-02', S2: '2021-03-01', S3: '2024-03-01' };

/** Names of `AuxFiles` in one request. */
const MAX_NAMES = 12;

export function adfPeriods(answer: Answer, scope: Scope): Finding[] {
  const { mission, rows, asks } = scope.recall(PLACE) as Place;
  const name = MISSION_NAMES[mission];
  if (name === undefined) return [{ promise: 'Every mission has been looked at' }];
  const typeOf = typesFor(name, scope);
  const [ask, ...others] = asks;
  const { value, ...envelope } = answer.json() as { value: (AdfRow | string)[] };
  if (!ask) {
    const came = value as AdfRow[];
    goTo({ mission, rows: came, asks: asksFor(name, came, typeOf, scope) }, scope);
    scope.repeat();
    return wholeFindings(name, came, typeOf, scope);
  }
  const isMore = others.length > 0 || mission + 1 < MISSION_NAMES.length;
  goTo(others.length > 0 ? { mission, rows, asks: others } : { mission: mission + 1, rows: [], asks: [] }, scope);
  if (isMore) scope.repeat();
  const title = titleOf(ask);
  return [
    finding(`${title}: the envelope is as recorded`, () =>
      difference({ '@odata.context': `${CONTEXT}${CONTEXTS[ask.form]}` }, envelope),
    ),
    finding(`${title}: exactly the files that apply`, () => wrongFiles(ask, rows, value, typeOf)),
  ];
}

const CONTEXTS = { List: 'OData.RBA.AuxFile', Names: 'Collection(Edm.String)', AuxFiles: 'AuxFiles' } as const;

const titleOf = ({ form, given }: Ask): string =>
  form === 'AuxFiles' ? `AuxFiles for ${given.Mission ?? ''}` : callText(form, given);

/** All files of three days, of all product types. */
function wholePeriod(mission: string, scope: Scope): BaselineParameters {
  const day = Date.parse(DAYS[mission.slice(0, 2)] ?? '2024-03-01');
  const [Unit = 'A'] = shuffled(['A', 'B'], seedOf(scope), `unit of ${mission}`);
  const times = { SensingTimeStart: stamp(day - DAY), SensingTimeStop: stamp(day + 2 * DAY) };
  return { Mission: mission, Unit, ...times };
}

function wholeFindings(mission: string, rows: readonly AdfRow[], typeOf: TypeOf, scope: Scope): Finding[] {
  const given = wholePeriod(mission, scope);
  const ids = rows.map(({ Id }) => String(Id));
  const withTypes = rows.map((row) => ({ ...row, AuxType: typeOf(row) }));
  const title = callText('List', given);
  return brokenOr(
    [
      finding(`${title}: there are files`, () => (rows.length > 0 ? undefined : 'none')),
      finding(`${title}: every id occurs once`, () => setDifference([...new Set(ids)], ids, 'ids')),
      finding(`${title}: every row applies`, () => {
        const wrong = rows.find(
          ({ Unit, ...row }) => !isInTime(row, given) || ![given.Unit, 'X'].includes(String(Unit)),
        );
        return wrong && `${String(wrong.FullName)} does not`;
      }),
      finding(`${title}: every row names itself in @odata.id`, () =>
        firstWrongRow(rows, 'AuxFiles', (row) => difference(idOf('AuxFiles', String(row.Id)), row['@odata.id'])),
      ),
      ...ALONE.map(([promise, problemOf]) =>
        finding(`${title}: ${promise}`, () => firstWrongRow(withTypes, 'AuxFiles', problemOf)),
      ),
    ],
    `${title}: ${rows.length} files, each true to its name`,
  );
}

/** The type of the mission whose name stands in the file's. */
type TypeOf = (row: AdfRow) => AdfRow | undefined;

function typesFor(mission: string, scope: Scope): TypeOf {
  const listed = missionsListedFor(mission);
  const types = adfSample('AuxTypes', scope)
    .filter(({ Mission }) => listed.includes(String(Mission)))
    .map((type) => ({ type, text: searchText(String(type['LongName'])) }));
  return ({ FullName }) => types.find(({ text }) => String(FullName).includes(text))?.type;
}

/** From just before one file ceases to apply until just after another begins to; and a second less at either end. */
function asksFor(mission: string, rows: readonly AdfRow[], typeOf: TypeOf, scope: Scope): readonly Ask[] {
  const whole = wholePeriod(mission, scope);
  const drawn = <Item>(items: readonly Item[], what: string): Item | undefined =>
    shuffled(items, seedOf(scope), `${what} of ${mission}`)[0];
  const types = rows.flatMap((row): AdfRow[] => {
    const type = typeOf(row);
    return type ? [type] : [];
  });
  const ProductType = drawn(
    [...new Set(types.flatMap((type) => namesIn(type.ProductTypes, 'Type')))].sort(),
    'product',
  );
  const [first, last] = [Date.parse(whole.SensingTimeStart ?? ''), Date.parse(whole.SensingTimeStop ?? '')];
  const inside = (member: string, from: number): readonly number[] =>
    rows.map((row) => instantOf(row[member])).filter((time) => time > from && time < last && time % SECOND === 0);
  const stop = drawn(inside('SensingTimeApplicationStop', first + SECOND), 'stop') ?? first + DAY;
  const start = drawn(inside('SensingTimeApplicationStart', stop), 'start') ?? last - SECOND;
  const period = (by: number): BaselineParameters => ({
    ...whole,
    SensingTimeStart: stamp(stop - by),
    SensingTimeStop: stamp(start + by),
  });
  const both = (given: BaselineParameters): Ask[] => [
    { form: 'List', given },
    { form: 'Names', given },
  ];
  const names = shuffled(rows, seedOf(scope), `files of ${mission}`)
    .map(({ FullName }) => String(FullName))
    .slice(0, MAX_NAMES);
  return [
    { form: 'Names', given: whole },
    ...both({ ...period(SECOND), ...(ProductType === undefined ? {} : { ProductType }) }),
    ...both(period(0)),
    ...both({ ...period(SECOND), Variability: 'Dynamic' }),
    ...(names.length > 0 ? [{ form: 'AuxFiles', given: whole, names } as const] : []),
  ];
}

function wrongFiles(
  { form, given, names }: Ask,
  rows: readonly AdfRow[],
  came: readonly (AdfRow | string)[],
  typeOf: TypeOf,
): string | undefined {
  const due = rows.filter((row) => {
    if (names) return names.includes(String(row.FullName));
    const type = typeOf(row);
    return isInTime(row, given) && (!type || serves(type, given));
  });
  const lineOf = (row: AdfRow | string): string => {
    if (typeof row === 'string') return row;
    if (form === 'Names') return String(row.FullName);
    return JSON.stringify(
      Object.entries(row)
        .filter(([name]) => name !== '@odata.type')
        .sort(),
    );
  };
  return setDifference(due.map(lineOf), came.map(lineOf), 'files');
}

function goTo(place: Place, scope: Scope): void {
  const mission = MISSION_NAMES[place.mission];
  scope.remember(PLACE, place);
  scope.remember(
    CALL,
    mission === undefined ? '' : addressOf(place.asks[0] ?? { form: 'List', given: wholePeriod(mission, scope) }),
  );
}

function addressOf({ form, given, names = [] }: Ask): string {
  if (form !== 'AuxFiles') return callText(form, given);
  return `AuxFiles?$filter=${names.map((name) => `FullName eq '${name}'`).join(' or ')}`;
}
