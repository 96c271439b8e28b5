import { MISSIONS, SENTINEL3_COMMON } from '../../../../sentinel/missions';
import type { AdfSet } from '../../../adf-query';
import type { AdfCheck } from '../../../checks';
import {
  adfSample,
  asCame,
  keepAdfSample,
  keepTypeLevels,
  KEYS,
  namesIn,
  NAVIGATIONS,
  withLevels,
  type AdfRow,
} from '../../adf-sample';
import type { Answer } from '../../answer';
import { difference, finding, firstProblem, setDifference, type Finding } from '../../finding';
import type { Scope } from '../../scope';
import { filePromises } from './adf-file-promises';
import { drawEntries } from '../../adf-draw';
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
  const { value: rows } = answer.json() as { value: AdfRow[] };
  const value = of === 'AuxTypes' ? withLevels(rows, scope) : rows;
  if (value.length > 0) keep(of, value, scope);
  const keys = value.map((row) => String(row[KEYS[of]]));
  const promises: RowPromise[] = [
    ['Every row has exactly the recorded members', (row) => setDifference(MEMBERS[of], Object.keys(row), 'members')],
    ['Every row names itself in @odata.id', (row) => difference(idOf(of, String(row[KEYS[of]])), row['@odata.id'])],
    ...ownPromises(of, scope),
  ];
  return [
    finding('The sample has rows, and not too many', () =>
      value.length > 0 && value.length < MAX_ROWS
        ? undefined
        : `${value.length} rows: set adf_sample to another filter`,
    ),
    finding('Every key occurs once', () => setDifference([...new Set(keys)], keys, 'keys')),
    ...wholePromises(of, value, scope),
    ...promises.map(([promise, problemOf]) => finding(promise, () => firstWrongRow(value, of, problemOf))),
  ];
}

/** All types come in with their levels. */
export function readTypeLevels(_check: AdfCheck, answer: Answer, scope: Scope): Finding[] {
  const { value } = answer.json() as { value: AdfRow[] };
  keepTypeLevels(value, scope);
  const members = TYPE_MEMBERS.filter((name) => name !== 'ProductTypes');
  return [
    finding('There are types', () => (value.length > 0 ? undefined : 'none')),
    finding('Every row has exactly the recorded members', () =>
      firstWrongRow(value, 'AuxTypes', (row) => setDifference(members, Object.keys(row), 'members')),
    ),
  ];
}

const MAX_ROWS = 600;

const TYPE_MEMBERS = [
  ...['@odata.id', 'LongName', 'ShortName', 'Format', 'Mission', 'Variability', 'Validity', 'InProduction', 'Rule'],
  ...['Comments', ...NAVIGATIONS.AuxTypes],
];
export const FILE_MEMBERS = [
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
export function idOf(of: AdfSet, key: string): string {
  return KEYS[of] === 'Id' ? `${of}(${key})` : `${of}('${key}')`;
}

function ownPromises(of: AdfSet, scope: Scope): readonly RowPromise[] {
  if (of === 'AuxTypes') return typePromises();
  if (of === 'AuxFiles') return filePromises(typeRows(scope), scope);
  const isTypes = of === 'ProductTypes';
  return [
    [
      isTypes ? 'Every name is a level, or a level and a product' : 'Every name is a level',
      (row) => ((isTypes ? /^L[0-3][A-Z0-9]*$/ : /^L[0-3]$/).test(String(row[KEYS[of]])) ? undefined : 'is none'),
    ],
  ];
}

/** What must hold of all rows together. */
function wholePromises(of: AdfSet, rows: readonly AdfRow[], scope: Scope): Finding[] {
  switch (of) {
    case 'AuxTypes':
      return [
        finding('Every mission has types for each of its product types', () => {
          const served = rows.flatMap(({ Mission, ProductTypes }) =>
            namesIn(ProductTypes, 'Type').map((name) => `${String(Mission)} ${name}`),
          );
          const missing = MISSION_PRODUCTS.filter((product) => !served.includes(product));
          return missing.length > 0 ? `none for ${missing.join(', ')}` : undefined;
        }),
      ];
    case 'AuxFiles':
      return [finding('The sample is varied enough for every comparison', () => monotony(rows))];
    default:
      return [
        finding('Every name that the types use is there', () => {
          const used = new Set(
            typeRows(scope).flatMap((type) => namesIn(type[of], of === 'ProductTypes' ? 'Type' : 'Level')),
          );
          const missing = [...used].filter((name) => !rows.some((row) => row[KEYS[of]] === name));
          return missing.length > 0 ? `missing: ${missing.join(', ')}` : undefined;
        }),
      ];
  }
}

const MISSION_PRODUCTS = [...Object.entries(MISSIONS), [SENTINEL3_COMMON, ['L1', 'L2']] as const].flatMap(
  ([mission, products]) => products.map((product) => `${mission} ${product}`),
);

/** Comparisons say nothing where all rows have the same value. */
function monotony(files: readonly AdfRow[]): string | undefined {
  const valuesOf = (property: string): number => new Set(files.map((file) => String(file[property]))).size;
  const few = ['Unit', 'Band', 'ValidityStart', 'CreationDate'].filter((property) => valuesOf(property) < 2);
  const missions = new Set(files.map((file) => (file.AuxType as AdfRow).Mission)).size;
  if (few.length > 0) return `one value only of ${few.join(', ')}: set adf_sample to another filter`;
  return missions < 4 ? `files of ${missions} missions: set adf_sample to another filter` : undefined;
}

function typeRows(scope: Scope): readonly AdfRow[] {
  return adfSample('AuxTypes', scope).map((row) => asCame(row, 'AuxTypes'));
}

function keep(of: AdfSet, rows: readonly AdfRow[], scope: Scope): void {
  keepAdfSample(of, rows, scope);
  if (of === 'AuxTypes' || of === 'AuxFiles') drawEntries(of, rows, scope);
  if (of === 'AuxTypes') keepTypeSeeds(rows, scope);
  if (of === 'AuxFiles') keepFileSeeds(rows, scope);
}

export function firstWrongRow(rows: readonly AdfRow[], of: AdfSet, problemOf: RowPromise[1]): string | undefined {
  return firstProblem(rows, (row) => String(row.FullName ?? row[KEYS[of]]), problemOf);
}
