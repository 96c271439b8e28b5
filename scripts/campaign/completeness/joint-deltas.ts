/**
 * Calls for baselines have some of a campaign's products each, too few to learn deltas from. So each keeps the deltas that explain its own
 * answers, and those that explain the answers of all calls decide in the end, as for a campaign in a folder: nothing is asked again.
 */
import { concernsTypes, typesOf, type DeviatingType } from '../../errors/errors';
import { intersection, type Zones } from '../../sentinel/delta-zones';
import { isPossible, pairIn } from '../../sentinel/learn-deltas';
import { publishedForAnyMission } from '../../sentinel/published-deltas';
import { NO_DELTAS, type Deltas } from '../../sentinel/select-adfs';
import { addCompleteness, addedErrors, merged } from './add-completeness';
import { chooserOf } from './chooser';
import { doubtOf } from './doubts';
import { exampleOf } from './findings';
import type { JudgedCampaign, JudgedQuestion } from './judge';
import { deviationsOf, type DeltaSource } from './judge-type';
import type { Completeness, CompletenessError } from './judgement';
import { explainingZones, isExact, isWidening } from './learned-deltas';
import { isSuspect } from './shifted';

/** What answers with files say of the deltas of one type. Large deltas explain any answer without. */
export interface KnownDeltas {
  /** LongName. */
  readonly type: string;
  /** Deltas that explain all of them. */
  readonly zones: Zones;
  /** What deviates from zero deltas; absent where nothing does. */
  readonly otherwise?: DeviatingType;
  /** Of that, files are lost, not only too many. */
  readonly isLost?: boolean;
}

/** A judgement of some of a campaign's products, of which the others may explain more. */
export interface PartialCompleteness extends Completeness {
  readonly known: readonly KnownDeltas[];
  /** Errors that some deltas would explain; they are not among `errors`. */
  readonly open: readonly CompletenessError[];
  /** Several types deviate, and not as if all validities were shifted. */
  readonly refutesShift: boolean;
}

export function partial(
  { facts, questions }: JudgedCampaign,
  completeness: Completeness,
  allowMissing: readonly string[],
): PartialCompleteness {
  const judged = questions.filter(({ type }) => facts.isListed && !allowMissing.includes(type.longName));
  // What a table that is not published may explain says nothing of deltas.
  const sure = judged.filter((question) => question.deviations.every((item) => !doubtOf(item, question, facts)));
  const known = sure.flatMap((question) => knownOf(question) ?? []);
  const explicable = new Set(known.flatMap(({ type, zones }) => (zones.length > 0 ? type : [])));
  const isOpen = (error: CompletenessError, type: string): boolean => mayComeOfDeltas(error) && explicable.has(type);
  const { errors } = completeness;
  return {
    ...completeness,
    errors: withTypes(errors, (error, type) => !isOpen(error, type)),
    known,
    open: withTypes(errors, isOpen),
    refutesShift: questions.filter(isSuspect).length > 1 && !errors.some(isShift),
  };
}

const isShift = (error: CompletenessError): boolean =>
  error.code === 'ADF_VALIDITY_SHIFTED' && error.where === 'rdb.svc';

function mayComeOfDeltas(error: CompletenessError): boolean {
  if (error.code === 'ADF_UNEXPECTED') return error.cause === 'surplus';
  return isShift(error) || ['ADF_FILES_MISSING', 'ADF_SUPERSEDED', 'ADF_WRONG_FILE'].includes(error.code);
}

/** Errors with those of their types that a test holds for; errors of no type are of type ''. */
function withTypes(
  errors: readonly CompletenessError[],
  test: (error: CompletenessError, type: string) => boolean,
): CompletenessError[] {
  return errors.flatMap((error): CompletenessError[] => {
    if (!concernsTypes(error)) return test(error, '') ? [error] : [];
    const types = error.types.filter(({ type }) => test(error, type));
    return types.length > 0 ? [{ ...error, types }] : [];
  });
}

/** Undefined where any deltas explain the answers, and where sensing times are not known exactly. */
function knownOf(question: JudgedQuestion): KnownDeltas | undefined {
  const { type, candidates, answers, judged, verdict, products } = question;
  if (judged.some((place) => products[place]?.within)) return undefined;
  const hasFiles = (place: number): boolean => (answers[place]?.names.length ?? 0) > 0;
  const zones = explainingZones(question, judged.filter(hasFiles));
  if (isWidening(zones)) return undefined;
  const choose = chooserOf(type.rule, candidates);
  const all = verdict.deltaSource === 'zero' ? verdict.deviations : deviationsOf(question, NO_DELTAS, [], choose);
  const deviations = all.filter(({ product }) => hasFiles(product));
  const known = { type: type.longName, zones };
  if (deviations.length === 0) return known;
  const example = exampleOf(question, deviations[0]);
  const isLost = deviations.some(({ misfit }) => misfit.lost.length > 0);
  return { ...known, otherwise: { type: type.longName, level0: deviations.length, example }, isLost };
}

/** As `addCompleteness` does. */
export function addPartial(a: PartialCompleteness | undefined, b: PartialCompleteness): PartialCompleteness {
  if (!a) return b;
  return {
    ...addCompleteness(a, b),
    known: merged([...a.known, ...b.known], ({ type }) => type, addedKnown),
    open: addedErrors([...a.open, ...b.open]),
    refutesShift: a.refutesShift || b.refutesShift,
  };
}

function addedKnown(a: KnownDeltas, b: KnownDeltas): KnownDeltas {
  const zones = intersection(a.zones, b.zones);
  if (!a.otherwise || !b.otherwise) return { ...a, ...b, zones };
  const level0 = a.otherwise.level0 + b.otherwise.level0;
  return { ...a, zones, otherwise: { ...a.otherwise, level0 }, isLost: a.isLost === true || b.isLost === true };
}

/** What the calls of a campaign come to. */
export interface Concluded {
  readonly completeness: Completeness;
  /** LongNames of types of which open errors stay. */
  readonly lacking: readonly string[];
  /** Of types that each call explains for itself, by deltas that others exclude. */
  readonly contradicting: readonly string[];
}

/** @param isWhole all calls are answered: until then, what some deltas explain is no error */
export function concluded(
  { known, open, refutesShift, ...judged }: PartialCompleteness,
  mission: string,
  isWhole: boolean,
): Concluded {
  const explanations = new Map(known.map((item) => [item.type, explanationOf(item, mission, isWhole)]));
  const isShiftProbable = isWhole && !refutesShift;
  const staying = withTypes(open, (error, type) => (isShift(error) && isShiftProbable) || !explanations.get(type));
  const wrong = new Set([...judged.errors, ...staying].flatMap(typesOf));
  const types = known.flatMap(({ type, otherwise }) =>
    otherwise && !wrong.has(type) && !explanations.get(type) ? [otherwise] : [],
  );
  const { judged: of } = judged.level0;
  const contradictions = types.length > 0 ? [{ code: 'ADF_WRONG_FILE' as const, types, of }] : [];
  const errors = addedErrors([...judged.errors, ...staying, ...contradictions]);
  const rows = judged.types.map((row) => {
    const found = isWhole && !wrong.has(row.type) ? explanations.get(row.type) : undefined;
    return found ? { ...row, deviating: 0, ...found } : row;
  });
  return {
    completeness: { ...judged, types: rows, errors: errors.map((error) => ('of' in error ? { ...error, of } : error)) },
    lacking: staying.flatMap(typesOf),
    contradicting: types.map(({ type }) => type),
  };
}

/** The first of zero, published, and those deltas that the answers determine: as `judgeType` has it. */
function explanationOf({ type, zones, isLost = false }: KnownDeltas, mission: string, isWhole: boolean) {
  const published = publishedForAnyMission(mission, type).find((pair) => isPossible({ zones }, pair));
  if (isPossible({ zones }, NO_DELTAS)) return explanation('zero', NO_DELTAS);
  if (published) return explanation('published', published);
  return explanation('learned', pairIn(isWhole && isLost ? zones.filter(isExact) : zones));
}

function explanation(deltas: DeltaSource, pair: Deltas | undefined) {
  return pair && { deltas, ...pair };
}
