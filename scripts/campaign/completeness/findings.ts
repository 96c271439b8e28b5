/** What the deviations of all types come to: errors with one cause each, and what cannot be told. */
import type { BaselineExample, DeviatingType, FileDates } from '../../errors/errors';
import { parseAdfName, UNKNOWN_TYPE } from '../../sentinel/adf-name';
import { widened } from '../../sentinel/selection-rules';
import { stamp, type Candidate } from './candidates';
import { chooserOf } from './chooser';
import { configurationsWanted, doubtOf } from './doubts';
import type { CampaignFacts, JudgedCampaign, JudgedQuestion, KnownDeviation } from './judge';
import { deviationsOf, type Deviation } from './judge-type';
import type { CompletenessError, Doubt, DoubtReason, Judgement } from './judgement';
import type { DeviationKind } from './kinds';
import { sensedOf, type AnsweredProduct } from './products';
import { shiftOfListed, shiftSeenByBaselines, type Shift } from './shifted';

type Findings = Pick<Judgement, 'errors' | 'doubts' | 'configurationsWanted'>;

/** The deviations of one type that are of one kind. */
interface Group {
  readonly question: JudgedQuestion;
  readonly deviations: readonly Deviation[];
}

export function findingsOf(campaign: JudgedCampaign): Findings {
  const { facts, judged } = campaign;
  const shift = facts.isListed ? shiftSeenByBaselines(campaign.questions) : undefined;
  const listedShift = facts.isListed ? shiftOfListed(campaign.questions) : undefined;
  const byShift = new Set(shift?.shown.map(({ question }) => question));
  const questions = campaign.questions.filter((question) => !byShift.has(question));
  const doubts: Doubt[] = [];
  const sure = questions.map((question): JudgedQuestion => {
    const told = question.deviations.filter(({ kind }) => facts.isListed || kind === 'missing');
    const reasons = told.map((deviation) => doubtOf(deviation, question, facts));
    const deviations = told.filter((_, index) => reasons[index] === undefined);
    // Beside what is certain, a doubt says nothing more.
    if (deviations.length === 0) doubts.push(...doubtsOf(question.type.longName, reasons));
    return { ...question, deviations };
  });
  const { length: of } = judged;
  return {
    errors: [
      ...withoutFiles(campaign),
      ...shiftErrors(shift, 'rdb.svc', of),
      ...shiftErrors(listedShift, 'reprocessing.svc', of),
      ...missingErrors(sure, of),
      ...kindErrors(sure, of),
      ...(facts.isListed ? foreignErrors(campaign) : otherSatellites(campaign)),
      ...differing(campaign),
    ],
    doubts: [...doubts, ...unreadable(campaign), ...withoutRule(campaign)],
    configurationsWanted: configurationsWanted(questions, facts),
  };
}

function doubtsOf(type: string, reasons: readonly (DoubtReason | undefined)[]): Doubt[] {
  return [...new Set(reasons)].flatMap((reason) =>
    reason ? [{ type, level0: reasons.filter((another) => another === reason).length, reason }] : [],
  );
}

/** Products with an empty list: one cause, whatever types they lack. */
function withoutFiles({ facts }: JudgedCampaign): CompletenessError[] {
  const [first, ...more] = facts.products.filter(({ files }) => files.length === 0);
  return first ? [{ code: 'BASELINE_WITHOUT_FILES', level0: first.name, others: more.length }] : [];
}

function shiftErrors(shift: Shift | undefined, where: 'rdb.svc' | 'reprocessing.svc', of: number): CompletenessError[] {
  const found = shift && incomplete(shift.shown, of);
  return found ? [{ code: 'ADF_VALIDITY_SHIFTED', hours: shift.hours, where, ...found }] : [];
}

/** A type that is missing together with all that the service walks after it has another cause than one that is missing alone. */
function missingErrors(questions: readonly JudgedQuestion[], of: number): CompletenessError[] {
  const missing = groupsOf(questions, 'missing');
  const ended = missing.filter((group) => isEndOfWalk(group, questions, missing));
  const dropped = missing.filter((group) => !ended.includes(group));
  return (
    [
      ['dropped', dropped],
      ['ended', ended],
    ] as const
  ).flatMap(([cause, groups]): CompletenessError[] => {
    const found = incomplete(groups, of);
    return found ? [{ code: 'ADF_TYPE_MISSING', cause, ...found }] : [];
  });
}

/** Of the first product that lacks the type: no later type has files, and there are later ones that should. */
function isEndOfWalk(
  { question, deviations }: Group,
  questions: readonly JudgedQuestion[],
  missing: readonly Group[],
): boolean {
  const product = deviations[0]?.product ?? -1;
  const lacks = (another: JudgedQuestion): boolean =>
    missing.some((group) => group.question === another && group.deviations.some((item) => item.product === product));
  const lastAnswered = questions.findLastIndex(({ answers }) => (answers[product]?.names.length ?? 0) > 0);
  const place = questions.indexOf(question);
  return place > lastAnswered && questions.slice(lastAnswered + 1).filter(lacks).length > 1;
}

function kindErrors(questions: readonly JudgedQuestion[], of: number): CompletenessError[] {
  const superseded = groupsOf(questions, 'superseded');
  const [older, some, wrong, surplus] = [
    incomplete(superseded, of),
    ...(['incomplete', 'wrong', 'unexpected'] as const).map((kind) => incomplete(groupsOf(questions, kind), of)),
  ];
  return [
    ...(older ? [{ code: 'ADF_SUPERSEDED' as const, createdFrom: staleSince(superseded), ...older }] : []),
    ...(some ? [{ code: 'ADF_FILES_MISSING' as const, ...some }] : []),
    ...(wrong ? [{ code: 'ADF_WRONG_FILE' as const, ...wrong }] : []),
    ...(surplus ? [{ code: 'ADF_UNEXPECTED' as const, cause: 'surplus' as const, ...surplus }] : []),
  ];
}

function groupsOf(questions: readonly JudgedQuestion[], kind: DeviationKind): Group[] {
  return questions.flatMap((question) => {
    const deviations = question.deviations.filter((deviation: KnownDeviation) => deviation.kind === kind);
    return deviations.length > 0 ? [{ question, deviations }] : [];
  });
}

/** rdb.svc keeps its lists until it is started again: the time from which on it knows no file, when that explains all these types. */
function staleSince(groups: readonly Group[]): string | undefined {
  const since = Math.min(...groups.map(({ deviations }) => earliestLost(deviations)));
  const isExplained = groups.every(({ question }) => {
    const known = question.candidates.filter(({ creation }) => creation < since);
    const choose = chooserOf(question.type.rule, known);
    return deviationsOf(question, question.verdict.deltas, [], choose).length === 0;
  });
  return groups.length > 0 && isExplained ? stamp(since) : undefined;
}

function earliestLost(deviations: readonly Deviation[]): number {
  return Math.min(...deviations.flatMap(({ misfit }) => misfit.lost.map(([file]) => file.creation)));
}

/** The type that concerns most products first; undefined for no type. */
function incomplete(groups: readonly Group[], of: number) {
  if (groups.length === 0) return undefined;
  const types = groups.map(({ question, deviations }): DeviatingType => ({
    type: question.type.longName,
    level0: deviations.length,
    example: exampleOf(question, deviations[0]),
  }));
  return { types: types.sort((a, b) => b.level0 - a.level0), of };
}

export function exampleOf(
  { type, products, candidates, verdict, answers }: JudgedQuestion,
  deviation?: Deviation,
): BaselineExample {
  const place = deviation?.product ?? 0;
  const { name = '', t0 = 0, t1 = 0 } = products[place] ?? {};
  const [from, to] = widened({ t0, t1, ...verdict.deltas });
  const listed = new Map(candidates.map((file) => [file.name, file]));
  return {
    level0: name,
    rule: type.rule,
    from: stamp(from),
    to: stamp(to),
    expected: (deviation?.misfit.lost ?? []).map(([file]) => shownFile(file)),
    answered: (answers[place]?.names ?? []).map((answered) => shownFile(listed.get(answered) ?? named(answered))),
  };
}

type Dated = Pick<Candidate, 'name'> & Partial<Candidate>;

function shownFile({ name, start, stop, creation }: Dated): FileDates {
  if (start === undefined || stop === undefined || creation === undefined) return { name };
  return { name, start: stamp(start), stop: stamp(stop), creation: stamp(creation) };
}

function named(name: string): Dated {
  return { name, ...parseAdfName(name) };
}

/** Files that no wanted type has. */
function foreignErrors({ answers, facts, judged }: JudgedCampaign): CompletenessError[] {
  if (answers.strange.size === 0) return [];
  const isStrange = (name: string): boolean => answers.strange.has(name);
  const types = byTypeInName(facts, ({ files }) => files.filter(isStrange), 'answered');
  return types.length > 0 ? [{ code: 'ADF_UNEXPECTED', cause: 'foreign', types, of: judged.length }] : [];
}

/** Names that begin with another satellite than that of their product: what no table decides. */
function otherSatellites({ facts, judged }: JudgedCampaign): CompletenessError[] {
  const types = byTypeInName(
    facts,
    ({ name, files }) => files.filter((file) => ![name.slice(0, 3), `${name.slice(0, 2)}_`].includes(file.slice(0, 3))),
    'answered',
  );
  return types.length > 0 ? [{ code: 'ADF_UNEXPECTED', cause: 'satellite', types, of: judged.length }] : [];
}

/** Files that only some of the answers for the same product have. */
function differing({ facts, judged }: JudgedCampaign): CompletenessError[] {
  const types = byTypeInName(facts, (product) => product.differing ?? [], 'expected');
  return types.length > 0 ? [{ code: 'ADF_ANSWERS_DIFFER', types, of: judged.length }] : [];
}

/** Some of the files of each product by the types in their names, each with the first product that has such a file. */
function byTypeInName(
  { products }: Pick<CampaignFacts, 'products'>,
  filesOf: (product: AnsweredProduct) => readonly string[],
  place: 'expected' | 'answered',
): DeviatingType[] {
  const types = new Map<string, DeviatingType>();
  for (const product of products) {
    const own = new Map(filesOf(product).map((file) => [parseAdfName(file)?.type ?? UNKNOWN_TYPE, file]));
    for (const [type, file] of own) {
      const { t0 = 0, t1 = 0 } = sensedOf(product) ?? {};
      const none = { level0: product.name, from: stamp(t0), to: stamp(t1), expected: [], answered: [] };
      const known = types.get(type) ?? { type, level0: 0, example: { ...none, [place]: [shownFile(named(file))] } };
      types.set(type, { ...known, level0: known.level0 + 1 });
    }
  }
  return [...types.values()];
}

function unreadable({ sensed }: JudgedCampaign): Doubt[] {
  const count = sensed.filter((times) => times === undefined).length;
  return count > 0 ? [{ level0: count, reason: 'name' }] : [];
}

/** Types whose rule is not known. */
function withoutRule({ facts, judged }: JudgedCampaign): Doubt[] {
  return (facts.otherwise?.unknown ?? []).map((type) => ({ type, level0: judged.length, reason: 'rule' }));
}
