/** What the rule is computed from: types, tables that are not published, candidates, and the baselines that came. */
import { typesOfMission, isWanted, type AdfType } from '../../../sentinel/adf-types';
import type { AdfFile } from '../../../sentinel/select-adfs';
import type { SelectionRuleName } from '../../../sentinel/selection-rules';
import type { Answer } from '../answer';
import { entriesOf } from '../baseline-sample';
import type { Scope } from '../scope';
import type { Sample } from './samples';

/** A type as reprocessing.svc lists it (reprocessing.md#entities), as far as the rule needs it. */
export interface WireType {
  readonly LongName: string;
  readonly ShortName: string;
  readonly Mission: string;
  readonly ProductTypes: readonly { readonly Type: string }[];
  readonly Rule: string;
  readonly Variability: string;
}

type KeptType = readonly [
  longName: string,
  mission: string,
  productTypes: string,
  rule: string,
  variability: AdfType['variability'],
];

export function keepTypes(types: readonly WireType[], scope: Scope): void {
  const kept: KeptType[] = types.map(({ LongName, Mission, ProductTypes, Rule, Variability }) => [
    LongName,
    Mission,
    ProductTypes.map(({ Type }) => Type).join(','),
    Rule,
    Variability === 'Static' ? 'Static' : 'Dynamic',
  ]);
  scope.remember('selection_types', kept);
}

/** All types that reprocessing.svc listed. */
export function listedTypes(scope: Scope): readonly Pick<AdfType, 'longName' | 'mission' | 'rule'>[] {
  const kept = (scope.recall('selection_types') ?? []) as KeptType[];
  return kept.map(([longName, mission, , rule]) => ({ longName, mission, rule: rule as SelectionRuleName }));
}

/** The types that a sample needs, in the order in which the service walks them (rdb.md#selection). */
export function neededTypes({ mission, productType }: Sample, scope: Scope): readonly AdfType[] {
  return typesOfMission(keptTypes(scope), mission).filter((type) => isWanted(type, productType));
}

/** Hundreds of products are asked for with the same types. */
const typesOfKept = new WeakMap<readonly KeptType[], readonly AdfType[]>();

function keptTypes(scope: Scope): readonly AdfType[] {
  const kept = (scope.recall('selection_types') ?? []) as readonly KeptType[];
  const types = typesOfKept.get(kept) ?? kept.map(typeOf);
  typesOfKept.set(kept, types);
  return types;
}

function typeOf([longName, mission, productTypes, rule, variability]: KeptType): AdfType {
  return {
    longName,
    shortName: longName,
    mission,
    productTypes: productTypes.split(','),
    rule: rule as SelectionRuleName,
    variability,
    validity: 'ValidityPeriod',
    format: '',
  };
}

/** A file as reprocessing.svc lists it (reprocessing.md#entities). */
export interface WireFile {
  readonly FullName: string;
  readonly ValidityStart: string;
  readonly ValidityStop: string;
  readonly CreationDate: string;
}

export type Candidate = Omit<AdfFile, 'type'>;

/** Names without what may stand around them, times without their bracketed zone. */
export function candidateOf({ FullName, ValidityStart, ValidityStop, CreationDate }: WireFile): Candidate {
  return {
    name: FullName.trim(),
    start: instant(ValidityStart),
    stop: instant(ValidityStop),
    creation: instant(CreationDate),
  };
}

function instant(javaTime: string): number {
  return Date.parse(javaTime.replace(/\[.*\]$/, ''));
}

/** A product and the names of its files, trimmed. */
export interface Chosen {
  readonly level0: string;
  readonly names: readonly string[];
}

/** The entries of a baseline. */
export function chosenOf(answer: Answer): readonly Chosen[] {
  return entriesOf(answer).map(({ Level0, AuxDataFiles }) => ({
    level0: Level0,
    names: AuxDataFiles.map(({ Name }) => Name.trim()),
  }));
}

export function keepAnswers(answers: readonly (readonly Chosen[])[], scope: Scope): void {
  scope.remember('selection_answers', answers);
}

/** The baselines so far, in the order of the samples. */
export function keptAnswers(scope: Scope): readonly (readonly Chosen[])[] {
  return (scope.recall('selection_answers') ?? []) as Chosen[][];
}
