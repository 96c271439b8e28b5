/** Machine-made mutants: the same for the same seed and number, on every machine. */
import type { Faults } from '../../scenarios/faults';
import type { MutantNeeds } from '../mutant';
import { errors, headers, leaks, statuses } from './answer-defects';
import { baselineEntryRows, baselineFiles } from './baseline-rows';
import { choices } from './choice-defects';
import { redirects, storedFiles } from './download-defects';
import type { Area, Ask, Draft, Family, Severity } from './draft';
import { SEVERITIES } from './draft';
import { intervals, periods } from './interval-defects';
import { envelopes, filesReplaced, rowsLost } from './list-defects';
import { metadata } from './metadata-defects';
import { productAttributes, productRows } from './product-rows';
import { queries } from './query-defects';
import { randomOf, type Random } from './random';
import { fileRows, typeRows } from './reprocessing-rows';
import { closedDoors, openDoors, tokenClaims, tokenMembers, tokenRefusals } from './token-defects';
import { toldChecksums, toldProducts, toldTypes } from './told-defects';

export interface GeneratedMutant {
  /** `g<seed>-<number>`, as `--mutant` takes it. */
  readonly name: string;
  readonly area: Area;
  readonly severity: Severity;
  readonly defect: string;
  readonly needs?: MutantNeeds;
  readonly witness: readonly Ask[];
  readonly create: () => readonly Faults[];
}

/** Each as often as it stands here. */
const FAMILIES: readonly Family[] = [
  ...[
    productRows,
    productRows,
    productRows,
    productRows,
    productAttributes,
    productAttributes,
    toldProducts,
    toldChecksums,
  ],
  ...[rowsLost, rowsLost, envelopes, queries, queries, queries],
  ...[
    baselineFiles,
    baselineFiles,
    baselineFiles,
    baselineEntryRows,
    filesReplaced,
    choices,
    choices,
    choices,
    intervals,
    intervals,
  ],
  ...[typeRows, typeRows, fileRows, fileRows, toldTypes, periods],
  ...[headers, statuses, errors, leaks],
  ...[tokenMembers, tokenClaims, tokenRefusals, openDoors, closedDoors],
  ...[redirects, storedFiles, metadata],
];

/** One in so many is two defects at once. */
const SECOND_ORDER = 10;

/** Numbers whose dice fell on nothing are left out, and so is what was made before. */
export function* generatedMutants(seed: number): Generator<GeneratedMutant> {
  const made = new Set<string>();
  for (let number = 0; ; number++) {
    const mutant = generatedMutant(seed, number);
    if (mutant === undefined || made.has(mutant.defect)) continue;
    made.add(mutant.defect);
    yield mutant;
  }
}

/** Undefined where the dice fell on something that cannot be. */
export function generatedMutant(seed: number, number: number): GeneratedMutant | undefined {
  const random = randomOf(seed, number);
  const drafts = random.oneIn(SECOND_ORDER) ? [draftOf(random), draftOf(random)] : [draftOf(random)];
  const [first, second] = drafts;
  if (first === undefined || (drafts.length > 1 && second === undefined)) return undefined;
  return { ...joined(first, second), name: `g${seed}-${number}` };
}

/** The mutant of that name; undefined when it is none. */
export function generatedByName(name: string): GeneratedMutant | undefined {
  const [, seed, number] = /^g(\d{1,9})-(\d{1,9})$/.exec(name) ?? [];
  return seed === undefined || number === undefined ? undefined : generatedMutant(Number(seed), Number(number));
}

function draftOf(random: Random): Draft | undefined {
  return random.pick(FAMILIES)(random);
}

function joined(first: Draft, second: Draft | undefined): Omit<GeneratedMutant, 'name'> {
  const { area, severity, defect, witness, needs, create } = first;
  if (second === undefined)
    return { area, severity, defect, witness, ...(needs ? { needs } : {}), create: () => [create()] };
  return {
    area,
    severity: SEVERITIES[Math.min(SEVERITIES.indexOf(severity), SEVERITIES.indexOf(second.severity))] ?? severity,
    defect: `${defect}; and ${second.defect}`,
    witness: [...witness, ...second.witness],
    create: () => [create(), second.create()],
  };
}
