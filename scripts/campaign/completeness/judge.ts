/** What a campaign's baselines lack, judged by types, rules and candidates. Pure: data in, data out. */
import { isWanted, typesOfMission, type AdfType } from '../../sentinel/adf-types';
import type { Candidate, Span } from './candidates';
import { findingsOf } from './findings';
import { judgeType, type Deviation, type TypeQuestion, type TypeVerdict } from './judge-type';
import type { ReportedType } from '../../reports/run/run-report';
import type { Judgement } from './judgement';
import type { ListedOtherwise } from './types-by-both';
import { kindOf, type DeviationKind } from './kinds';
import { answersOf, listedNames, sensedOf, type AnsweredProduct, type Answers, type Sensed } from './products';

export interface CampaignFacts {
  readonly mission: string;
  readonly productType: string;
  /** In the order of reprocessing.svc. */
  readonly types: readonly AdfType[];
  /** In the order in which the service lists them: for all units first. */
  candidatesOf(type: AdfType): readonly Candidate[];
  /** Where reprocessing.svc and the published table disagree; absent where it was not read. */
  readonly otherwise?: ListedOtherwise;
  /** For which times files were asked. */
  readonly span: Span;
  /** Whether the candidates are all that there are; else those that the campaign itself or the catalogue names. */
  readonly isListed: boolean;
  readonly products: readonly AnsweredProduct[];
  /** Instrument configurations of Sentinel-1 files by name, as far as they were looked up. */
  readonly configurations?: ReadonlyMap<string, string>;
}

/** The types that a request wants, in the order in which the service walks them. */
export function wantedTypes(types: readonly AdfType[], mission: string, productType: string): readonly AdfType[] {
  return typesOfMission(types, mission).filter((type) => isWanted(type, productType));
}

/** A type with all that came of it. */
export interface JudgedQuestion extends TypeQuestion {
  readonly verdict: TypeVerdict;
  readonly deviations: readonly KnownDeviation[];
}

export interface KnownDeviation extends Deviation {
  readonly kind: DeviationKind;
}

/** All types of a campaign, as judged; the words for it come later. */
export interface JudgedCampaign {
  readonly facts: CampaignFacts;
  readonly questions: readonly JudgedQuestion[];
  readonly answers: Answers;
  /** By product; a name that cannot be read has no times. */
  readonly sensed: readonly (Sensed | undefined)[];
  /** Places of the products that are judged: those with times and files. */
  readonly judged: readonly number[];
}

/** All types of a campaign with their verdicts: what errors, notes and the matrix are made of. */
export function judgedCampaign(facts: CampaignFacts): JudgedCampaign {
  const { products, mission } = facts;
  const wanted = wantedTypes(facts.types, mission, facts.productType);
  const candidates = new Map(wanted.map((type) => [type, facts.candidatesOf(type)]));
  const answers = answersOf(products, wanted, listedNames([...candidates.values()].flat()), facts.otherwise?.unknown);
  const sensed = products.map((product) => sensedOf(product));
  const judged = [...products.keys()].filter((place) => sensed[place] && (products[place]?.files.length ?? 0) > 0);
  const times = sensed.map((known) => known ?? UNREADABLE);
  const questions = wanted.map((type) => {
    const own = candidates.get(type) ?? [];
    return judgedByRules({ type, mission, candidates: own, products: times, judged, answers: answers.of(type) }, facts);
  });
  return { facts, questions, answers, sensed, judged };
}

export function judgementOf(campaign: JudgedCampaign): Judgement {
  const { facts, questions, judged } = campaign;
  return {
    level0: { judged: judged.length, all: facts.products.length },
    types: questions.map(judgedType),
    ...findingsOf(campaign),
  };
}

export function judgeCampaign(facts: CampaignFacts): Judgement {
  return judgementOf(judgedCampaign(facts));
}

const UNREADABLE: Sensed = { name: '', t0: 0, t1: 0 };

/** By the published rule where another is listed, unless neither explains all answers, and the listed one more of them. */
function judgedByRules(question: TypeQuestion, facts: CampaignFacts): JudgedQuestion {
  const rule = facts.otherwise?.rules.get(question.type.longName);
  if (!rule) return judgedQuestion(question, facts);
  const listed = judgedQuestion(question, facts);
  const published = judgedQuestion({ ...question, type: { ...question.type, rule } }, facts);
  const wrong = listed.deviations.length;
  return wrong > 0 && wrong < published.deviations.length ? listed : published;
}

function judgedQuestion(question: TypeQuestion, { span }: CampaignFacts): JudgedQuestion {
  const { type, candidates, products, answers } = question;
  const verdict = judgeType(question);
  const context = { type, span, candidates: new Map(candidates.map((file) => [file.name, file])) };
  const deviations = verdict.deviations.map((deviation) => {
    const { t0, t1 } = products[deviation.product] ?? UNREADABLE;
    const answered = answers[deviation.product]?.names ?? [];
    return { ...deviation, kind: kindOf(deviation.misfit, answered, { t0, t1, ...verdict.deltas }, context) };
  });
  return { ...question, verdict, deviations };
}

function judgedType({ type, candidates, judged, answers, verdict, deviations }: JudgedQuestion): ReportedType {
  return {
    type: type.longName,
    rule: type.rule,
    candidates: candidates.length,
    level0: judged.filter((place) => (answers[place]?.names.length ?? 0) > 0).length,
    deviating: deviations.length,
    deltas: verdict.deltaSource,
    ...verdict.deltas,
  };
}
