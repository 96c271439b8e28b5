/** Whether the answers for one ADF type are what its rule chooses, under the deltas that explain them best. */
import { misfitOf, type Misfit } from '../../sentinel/acceptable-choices';
import type { AdfType } from '../../sentinel/adf-types';
import { hasAttributes, PUBLISHED_ATTRIBUTE_ROWS, type AttributeRow } from '../../sentinel/level0-attributes';
import { publishedForAnyMission } from '../../sentinel/published-deltas';
import { NO_DELTAS, type Deltas } from '../../sentinel/select-adfs';
import { SECOND } from '../../sentinel/time';
import type { Candidate } from './candidates';
import { chooserOf, type Choices, type Chooser } from './chooser';
import { learnedDeltas } from './learned-deltas';
import type { Answer, Sensed } from './products';

export type DeltaSource = 'zero' | 'published' | 'learned';

/** A product whose files are not what the rule chooses. */
export interface Deviation {
  /** Place in the list of products. */
  readonly product: number;
  readonly misfit: Misfit<Candidate>;
}

export interface TypeVerdict {
  readonly deltas: Deltas;
  readonly deltaSource: DeltaSource;
  /** Empty where everything is explained; else those under the deltas with the fewest. */
  readonly deviations: readonly Deviation[];
}

export interface TypeQuestion {
  readonly type: AdfType;
  /** Of the request: deltas and attributes are configured for it. */
  readonly mission: string;
  /** In the order in which the service lists files: for all units first. */
  readonly candidates: readonly Candidate[];
  readonly products: readonly Sensed[];
  /** Places of the products that are to be judged. */
  readonly judged: readonly number[];
  /** By product. */
  readonly answers: readonly Answer[];
}

const NOTHING_TO_JUDGE: TypeVerdict = { deltaSource: 'zero', deltas: NO_DELTAS, deviations: [] };

/** Zero, published, learned deltas, each without and with the published attribute rows: the first that explains all answers. */
export function judgeType(question: TypeQuestion): TypeVerdict {
  const { type, mission, candidates, answers } = question;
  const choose = chooserOf(type.rule, candidates);
  const published = publishedForAnyMission(mission, type.longName);
  const verdicts: TypeVerdict[] = [];
  for (const rows of attributeRows(type, mission)) {
    const verdictFor = (deltaSource: DeltaSource, deltas: Deltas): TypeVerdict => ({
      deltaSource,
      deltas,
      deviations: deviationsOf(question, deltas, rows, choose),
    });
    const zero = verdictFor('zero', NO_DELTAS);
    if (zero.deviations.length === 0) return zero;
    verdicts.push(zero, ...published.map((deltas) => verdictFor('published', deltas)));
  }
  const answered = ({ deviations }: TypeVerdict) => deviations.filter(({ product }) => !isEmpty(answers[product]));
  const order = (verdict: TypeVerdict) => [answered(verdict).length, verdict.deviations.length] as const;
  const [known] = verdicts.sort((a, b) => order(a)[0] - order(b)[0] || order(a)[1] - order(b)[1]);
  if (!known || known.deviations.length === 0) return known ?? NOTHING_TO_JUDGE;
  return learnedVerdict(question, known, answered(known), choose) ?? known;
}

/**
 * A verdict under learned deltas. Large enough ones leave every type out, so they are not learned from products without files: only
 * where those with files need them, they may explain the others.
 */
function learnedVerdict(
  question: TypeQuestion,
  known: TypeVerdict,
  answered: readonly Deviation[],
  choose: Chooser,
): TypeVerdict | undefined {
  if (answered.length === 0) return undefined;
  const deviationsFor = (deltas: Deltas) => deviationsOf(question, deltas, [], choose);
  const all = learnedDeltas(question, known.deviations, deviationsFor);
  if (all) return { deltaSource: 'learned', deltas: all, deviations: [] };
  const withFiles = { ...question, judged: question.judged.filter((place) => !isEmpty(question.answers[place])) };
  const some = learnedDeltas(withFiles, answered, (deltas) => deviationsOf(withFiles, deltas, [], choose));
  return some && { deltaSource: 'learned', deltas: some, deviations: deviationsFor(some) };
}

const isEmpty = (answer: Answer | undefined): boolean => (answer?.names.length ?? 0) === 0;

function attributeRows({ longName }: AdfType, mission: string): readonly (readonly AttributeRow[])[] {
  const own = mission === 'S1SAR' ? PUBLISHED_ATTRIBUTE_ROWS.filter(({ type }) => type === longName) : [];
  return own.length > 0 ? [[], own] : [[]];
}

/** The deviations of all judged products under one hypothesis. */
export function deviationsOf(
  { type, products, judged, answers }: Pick<TypeQuestion, 'type' | 'products' | 'judged' | 'answers'>,
  deltas: Deltas,
  rows: readonly AttributeRow[],
  choose: Chooser,
): readonly Deviation[] {
  const compare = comparer();
  return judged.flatMap((place) => {
    const [product, answer] = [products[place], answers[place]];
    if (!product || !answer) return [];
    const passes = hasAttributes(product.name, type.longName, rows) ?? true;
    const misfit = passes ? misfitAt(product, answer, deltas, choose, compare) : compare(NOTHING, answer);
    return misfit ? [{ product: place, misfit }] : [];
  });
}

const NOTHING: Choices = [];

type Compare = (choices: Choices, answer: Answer) => Misfit<Candidate> | undefined;

/** The same choices and the same answer are compared once. */
function comparer(): Compare {
  const known = new Map<Choices, Map<Answer, Misfit<Candidate> | undefined>>();
  return (choices, answer) => {
    const compared = known.get(choices) ?? new Map<Answer, Misfit<Candidate> | undefined>();
    known.set(choices, compared);
    if (!compared.has(answer)) compared.set(answer, misfitOf(choices, answer.names));
    return compared.get(answer);
  };
}

function misfitAt(
  { t0, t1, within }: Sensed,
  answer: Answer,
  deltas: Deltas,
  choose: Chooser,
  compare: Compare,
): Misfit<Candidate> | undefined {
  const misfit = compare(choose({ t0, t1, ...deltas }), answer);
  if (!misfit || !within) return misfit;
  // Somewhere in the span lies the time that counts; an answer that is right at any of them is not wrong.
  for (let time = within.from; time <= within.to; time += INSTANT_STEP)
    if (!compare(choose({ t0: time, t1: time, ...deltas }), answer)) return undefined;
  return misfit;
}

/** Fine enough for validities, which begin at whole minutes or hold for hours. */
const INSTANT_STEP = 30 * SECOND;
