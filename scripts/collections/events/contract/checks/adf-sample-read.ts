import type { AdfSet } from '../../../contract-suite/adf-query';
import type { AdfCheck } from '../../../contract-suite/checks';
import { adfSample, keepAdfSample, KEYS, namesIn, NAVIGATIONS, type AdfRow } from '../adf-sample';
import type { Answer } from '../answer';
import { difference, finding, setDifference, type Finding } from '../finding';
import type { Scope } from '../scope';
import { filePromises } from './adf-file-promises';
import { keepFileSeeds, keepTypeSeeds } from './adf-seeds';
import { typePromises } from './adf-type-promises';

/** What must hold of a row by itself: undefined, or what is wrong. */
export type RowPromise = readonly [promise: string, problemOf: (row: AdfRow) => string | undefined];

/** A set comes in: distinct rows, each with the recorded members and true to itself. Seeds for other cases are taken from it. */
export function readAdfSample(
  { of }: AdfCheck & { readonly is: 'adf-sample' },
  answer: Answer,
  scope: Scope,
): Finding[] {
  const { value } = answer.json() as { value: AdfRow[] };
  if (value.length > 0) keep(of, value, scope);
  const keys = value.map((row) => String(row[KEYS[of]]));
  const promises: RowPromise[] = [
    ['Every row has exactly the recorded members', (row) => setDifference(MEMBERS[of], Object.keys(row), 'members')],
    ['Every row names itself in @odata.id', (row) => difference(idOf(of, String(row[KEYS[of]])), row['@odata.id'])],
    ...ownPromises(of, scope),
  ];
  return [
    finding('The sample has rows, and not too many', () =>
      value.length > 0 && value.length < MOST_ROWS ? undefined : `${value.length} rows: set adf_sample to another filter`,
    ),
    finding('Every key stands once', () => setDifference([...new Set(keys)], keys, 'keys')),
    ...promises.map(([promise, problemOf]) => finding(promise, () => firstProblem(value, of, problemOf))),
  ];
}

const MOST_ROWS = 600;

const TYPE_MEMBERS = [
  ...['@odata.id', 'LongName', 'ShortName', 'Format', 'Mission', 'Variability', 'Validity', 'InProduction', 'Rule'],
  ...['Comments', ...NAVIGATIONS.AuxTypes],
];
const FILE_MEMBERS = [
  ...['@odata.id', 'Id', 'FullName', 'Baseline', 'IpfVersion', 'ValidityStart', 'ValidityStop', 'CreationDate'],
  ...['SensingTimeApplicationStart', 'SensingTimeApplicationStop', 'Band', 'Unit', ...NAVIGATIONS.AuxFiles],
];
const MEMBERS: Readonly<Record<AdfSet, readonly string[]>> = {
  AuxTypes: TYPE_MEMBERS,
  AuxFiles: FILE_MEMBERS,
  ProductLevels: ['@odata.id', 'Level'],
  ProductTypes: ['@odata.id', 'Type'],
};

/** A UUID stands without quotes, a text with them. */
function idOf(of: AdfSet, key: string): string {
  return KEYS[of] === 'Id' ? `${of}(${key})` : `${of}('${key}')`;
}

function ownPromises(of: AdfSet, scope: Scope): readonly RowPromise[] {
  if (of === 'AuxTypes') return typePromises();
  if (of === 'AuxFiles') return filePromises(adfSample('AuxTypes', scope), scope);
  const isTypes = of === 'ProductTypes';
  return [
    [
      isTypes ? 'Every name is a level, or a level and a product' : 'Every name is a level',
      (row) => ((isTypes ? /^L[0-3][A-Z0-9]*$/ : /^L[0-3]$/).test(String(row[KEYS[of]])) ? undefined : 'is none'),
    ],
  ];
}

function keep(of: AdfSet, rows: readonly AdfRow[], scope: Scope): void {
  keepAdfSample(of, rows, scope);
  if (of === 'AuxTypes') keepTypeSeeds(rows, scope);
  if (of === 'AuxFiles') keepFileSeeds(rows, scope);
}

function firstProblem(rows: readonly AdfRow[], of: AdfSet, problemOf: RowPromise[1]): string | undefined {
  for (const row of rows) {
    const problem = problemOf(row);
    if (problem !== undefined) return `${String(row.FullName ?? row[KEYS[of]])}: ${problem}`;
  }
  return undefined;
}

/** Product types and levels that the ADF types name. */
export function namesOfTypes(of: 'ProductTypes' | 'ProductLevels', types: readonly AdfRow[]): readonly string[] {
  const member = of === 'ProductTypes' ? 'Type' : 'Level';
  return [...new Set(types.flatMap((type) => namesIn(type[of], member)))];
}
