/** Whether what a service chose can be right: whatever ties, deltas and attribute rows, as long as those are the same in all answers. */
import { acceptableChoices } from '../../../sentinel/acceptable-choices';
import { isOfType, type AdfType } from '../../../sentinel/adf-types';
import { conclusionOf, NOTHING_KNOWN, type Learned } from '../../../sentinel/learn-deltas';
import { deltaKey, publishedDeltas } from '../../../sentinel/published-deltas';
import { NO_DELTAS, type Deltas } from '../../../sentinel/select-adfs';
import { dependsOnDeltas, type SelectionRuleName } from '../../../sentinel/selection-rules';
import type { SelectionFacts, TypeFacts } from '../../learned';
import type { Scope } from '../scope';
import type { Cause } from '../../causes';
import { contradictionIn, evidenceWith, isLeftOutByRows, rowsInForce } from './attributes';
import { emptinessOf } from './emptiness';
import type { Candidate, Chosen } from './facts';
import {
  keepKnowledge,
  recallKnowledge,
  type AttributeEvidence,
  type Knowledge,
  type TypeKnowledge,
} from './knowledge';
import { learnFromProduct, type Lesson } from './learn';
import type { Product, Subject } from './product';
import type { Sample } from './samples';
import { timesOfLevel0 } from './times';

/** What came of one type for the products of a sample. */
export interface Verdict {
  readonly type: AdfType;
  readonly problem?: string;
  readonly cause?: Cause;
  /** Right choices for products that should have a file of the type and have none. */
  readonly missing: readonly string[];
  /** Any file of the type that was chosen. */
  readonly chosen?: string;
}

/** Each of the types, for every product of the sample; what is learned on the way is kept. */
export function judge(
  types: readonly AdfType[],
  candidates: readonly Candidate[],
  sample: Sample,
  answers: readonly Chosen[],
  needed: readonly AdfType[],
  scope: Scope,
): readonly Verdict[] {
  let knowledge = recallKnowledge(scope);
  const verdicts = types.map((type) => {
    const key = deltaKey(sample.mission, type.longName);
    const subject = { type, sample, needed, candidates: candidates.filter(({ name }) => isOfType(name, type)) };
    const products = answers.flatMap((answer) => productOf(subject, answer) ?? []);
    const before = { own: knowledge.types[key] ?? { known: NOTHING_KNOWN }, attributes: knowledge.attributes };
    const { own, attributes, verdict } = judgeType(subject, products, before);
    knowledge = { types: { ...knowledge.types, [key]: own }, attributes };
    return verdict;
  });
  keepKnowledge(knowledge, scope);
  scope.tell(factsOf(types, sample, knowledge));
  return verdicts;
}

/** What is thought of a type so far. */
export interface Opinion {
  /** To compute with: deltas that explain all answers, or the most. */
  readonly deltas: Deltas;
  /** Where neither zero nor the published deltas explain the answers, but others do: the least and the greatest of those. */
  readonly unusual?: readonly [least: Deltas, greatest: Deltas];
  /** Others do, because no answer had a file. */
  readonly isSilent: boolean;
}

export function opinions({ mission }: Sample, scope: Scope): (type: AdfType) => Opinion {
  const { types } = recallKnowledge(scope);
  return ({ longName, rule }) => {
    const { known, nearest } = types[deltaKey(mission, longName)] ?? { known: NOTHING_KNOWN };
    const learned = conclusionOf(known, publishedDeltas(mission, longName));
    const unusual = learned.kind === 'learned' ? extremesOf(learned, rule) : undefined;
    return { deltas: nearest ?? learned.deltas, unusual, isSilent: unusual !== undefined && known.withFiles === 0 };
  };
}

function extremesOf(
  { delta0 = [0, 0], delta1 = [0, 0], difference = [0, 0] }: Learned,
  rule: SelectionRuleName,
): readonly [least: Deltas, greatest: Deltas] {
  const at = (end: 0 | 1): Deltas =>
    rule === 'LatestValidityClosest'
      ? { delta0: 0, delta1: difference[end] }
      : { delta0: delta0[end], delta1: delta1[end] };
  return [at(0), at(1)];
}

/** The last word on these types, for the report. */
function factsOf(
  types: readonly AdfType[],
  { mission }: Sample,
  { types: all, attributes }: Knowledge,
): SelectionFacts {
  const facts = types.flatMap(({ longName, rule }): TypeFacts[] => {
    const own = all[deltaKey(mission, longName)];
    if (!own) return [];
    const { answers, withFiles } = own.known;
    const { kind, delta0, delta1, difference } = conclusionOf(own.known, publishedDeltas(mission, longName));
    const deltas = dependsOnDeltas(rule) || kind === 'contradictory' ? kind : 'not used';
    return [{ mission, type: longName, rule, deltas, delta0, delta1, difference, answers, withFiles }];
  });
  return { types: facts, level0Attributes: rowsInForce(attributes) };
}

function productOf({ type, sample, candidates }: Subject, { level0, names }: Chosen): Product | undefined {
  const times = timesOfLevel0(level0, sample);
  return times && { level0, names, candidates, ...times, chosen: names.filter((name) => isOfType(name, type)) };
}

/** Why a type is missing, where all that is wrong with it is that it is missing. */
function causeOfLosses(subject: Subject, wrong: readonly Product[]): Cause | undefined {
  const isLost = wrong.length > 0 && wrong.every(({ chosen }) => chosen.length === 0);
  if (!isLost || wrong.some((product) => isLeftOutByRows(subject, product))) return undefined;
  return emptinessOf(subject.sample, wrong) ?? { key: 'missingType' };
}

interface State {
  readonly own: TypeKnowledge;
  readonly attributes: AttributeEvidence;
}

function judgeType(subject: Subject, products: readonly Product[], before: State): State & { verdict: Verdict } {
  let state = before;
  const wrong = products.flatMap((product) => {
    const { problem, ...after } = judgeProduct(subject, product, state);
    state = after;
    return problem ? [{ product, problem }] : [];
  });
  const { nearest = NO_DELTAS } = state.own;
  const missing = wrong
    .filter(({ product }) => product.chosen.length === 0)
    .flatMap(({ product }) => acceptableChoices(subject.type.rule, product.candidates, { ...product, ...nearest }));
  const verdict = {
    type: subject.type,
    missing: [...new Set(missing.map(([{ name }]) => name))],
    chosen: products.flatMap(({ chosen }) => chosen)[0],
    ...inWords(wrong.map(({ problem }) => problem)),
    cause: causeOfLosses(
      subject,
      wrong.map(({ product }) => product),
    ),
  };
  return { ...state, verdict };
}

function inWords([first, ...others]: readonly NonNullable<Lesson['problem']>[]): { problem?: string } {
  if (!first) return {};
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return { problem: `${first.level0}${more}: ${first.words}` };
}

/** Where the published attribute rows would leave the type out, its absence is no loss, and its presence no fault: it is evidence. */
function judgeProduct(subject: Subject, product: Product, { own, attributes }: State): State & Lesson {
  const lesson = learnFromProduct(subject, product, own);
  if (!isLeftOutByRows(subject, product)) return { attributes, ...lesson };
  const isLost = product.chosen.length === 0 && lesson.problem !== undefined;
  const evidence = evidenceWith(attributes, subject, product, isLost);
  const problem = contradictionIn(evidence);
  if (product.chosen.length === 0) return { own, attributes: evidence, problem };
  return { own: lesson.own, attributes: evidence, problem: lesson.problem ?? problem };
}
