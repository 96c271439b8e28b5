import { isOfType } from '../../../sentinel/adf-types';
import { SELECTION_RULE_NAMES } from '../../../sentinel/selection-rules';
import type { Answer } from '../answer';
import { finding, setDifference, type Finding } from '../finding';
import type { Scope } from '../scope';
import {
  candidateOf,
  chosenOf,
  keepAnswers,
  keepTypes,
  keptAnswers,
  neededTypes,
  type Chosen,
  type WireFile,
  type WireType,
} from '../selection/facts';
import { emptinessOf } from '../selection/emptiness';
import { judge } from '../selection/judge';
import { forgetKnowledge } from '../selection/knowledge';
import { callOf, samplesOf, titleOf, twinsOf, type Sample } from '../selection/samples';
import { stepsOf, type Step } from '../selection/steps';
import { forgetLinked, nameFilter } from '../linked-files';
import { forgetEdges, prepareEdges } from './selection-edges';
import { candidateFindings } from './selection-candidates';
import { entriesFindings } from './selection-entries';

const STEP = 'selection_step';
const MISSING = 'selection_missing';
/** Missing files that the catalogue has, once each. */
const LISTED = 'selection_listed';
/** Missing files that are looked up in the catalogue. */
const MAX_MISSING = 10;

/** Types come in: each with a rule that is known. The first baseline is prepared. */
export function selectionTypes(answer: Answer, scope: Scope): Finding[] {
  const { value } = answer.json() as { value: readonly WireType[] };
  keepTypes(value, scope);
  keepAnswers([], scope);
  scope.remember(MISSING, { files: [] });
  for (const name of ['selection_query', 'selection_names']) scope.remember(name, '');
  forgetEdges(scope);
  forgetLinked(scope);
  forgetKnowledge(scope);
  const samples = samplesOf(scope);
  prepareCall(0, scope);
  const rules: readonly string[] = SELECTION_RULE_NAMES;
  return [
    finding('Every type has one of the fourteen rules', () => {
      const strange = value.find(({ Rule }) => !rules.includes(Rule));
      return (
        strange &&
        `${strange.LongName}: ${strange.Rule}. rdb.svc forgets all types after it (reprocessing.md#adf-types)`
      );
    }),
    finding('No type is listed twice', () => {
      const names = value.map(({ LongName, Mission }) => `${Mission} ${LongName}`);
      return setDifference([...new Set(names)], names, 'types');
    }),
    finding('There are samples, each with types that its product type needs', () => {
      const idle = samples.find((sample) => neededTypes(sample, scope).length === 0);
      return idle ? `no type for ${titleOf(idle)}` : samples.length > 0 ? undefined : 'selection_samples is empty';
    }),
  ];
}

function prepareCall(place: number, scope: Scope): void {
  const sample = samplesOf(scope)[place];
  scope.remember('selection_call', sample ? callOf(sample) : '');
}

/** The baseline of a sample: kept for comparison; every file in it belongs to a type that is needed. */
export function selectionBaselines(answer: Answer, scope: Scope): Finding[] {
  const answers = keptAnswers(scope);
  const samples = samplesOf(scope);
  const sample = samples[answers.length];
  if (!sample) return [];
  const chosen = chosenOf(answer);
  keepAnswers([...answers, chosen], scope);
  const isLast = answers.length + 1 >= samples.length;
  if (!isLast) {
    prepareCall(answers.length + 1, scope);
    scope.repeat();
  } else prepareStep(0, stepsOf(scope), scope);
  const types = neededTypes(sample, scope);
  return [
    ...twinsOf(samples, answers.length).map((twin) =>
      sameAsTwin(sample, chosen, twin.sample, answers[twin.place] ?? [], scope),
    ),
    ...entriesFindings(titleOf(sample), sample, answer, scope),
    finding(`${titleOf(sample)}: there are products, each with files`, () => {
      if (chosen.length === 0) return 'no product: choose another sample';
      const empty = chosen.find(({ names }) => names.length === 0);
      return empty && { problem: `${empty.level0} has none`, cause: emptinessOf(sample, chosen) };
    }),
    finding(`${titleOf(sample)}: every file is of a type that ${sample.productType} needs`, () => {
      const names = chosen.flatMap((item) => item.names);
      const strange = names.find((name) => !types.some((type) => isOfType(name, type)));
      return strange && `${strange}: no type of ${sample.mission} with this product type has that name`;
    }),
  ];
}

/** Files do not depend on the product type for which they are chosen (rdb.md#selection). */
function sameAsTwin(
  sample: Sample,
  chosen: readonly Chosen[],
  twin: Sample,
  before: readonly Chosen[],
  scope: Scope,
): Finding {
  const known = neededTypes(twin, scope).map(({ longName }) => longName);
  const common = neededTypes(sample, scope).filter(({ longName }) => known.includes(longName));
  const isCommon = (line: string): boolean => common.some((type) => isOfType(line, type));
  return finding(`${titleOf(sample)}: types that ${twin.productType} needs too have the same files`, () =>
    setDifference(lines(before).filter(isCommon), lines(chosen).filter(isCommon), 'files'),
  );
}

function prepareStep(place: number, steps: readonly Step[], scope: Scope): boolean {
  const step = steps[place];
  scope.remember(STEP, place);
  scope.remember('selection_query', step?.query ?? '');
  return step !== undefined;
}

interface Missing {
  readonly files: readonly string[];
  /** A sample that lacks files. */
  readonly sample?: number;
  /** Some file that was chosen. */
  readonly example?: string;
}

/** Candidates of some types: a test for each type says whether the baseline has what the rule chooses. */
export function selectionCandidates(answer: Answer, scope: Scope): Finding[] {
  const place = Number(scope.recall(STEP) ?? 0);
  const steps = stepsOf(scope);
  const step = steps[place];
  const sample = step && samplesOf(scope)[step.sample];
  if (!step || !sample) return [];
  const candidates = (answer.json() as { value: readonly WireFile[] }).value.map(candidateOf);
  const products = keptAnswers(scope)[step.sample] ?? [];
  const needed = neededTypes(sample, scope);
  const verdicts = judge(step.types, candidates, sample, products, needed, scope);
  keepMissing(
    step.sample,
    verdicts.flatMap(({ missing }) => missing),
    verdicts.find(({ chosen }) => chosen !== undefined)?.chosen,
    scope,
  );
  if (prepareStep(place + 1, steps, scope)) scope.repeat();
  else {
    prepareSecondLook(scope);
    prepareEdges(scope);
  }
  const told = verdicts.map(({ type, problem, cause }) => ({
    promise: `${titleOf(sample)}: ${type.longName} by ${type.rule}`,
    problem,
    cause,
  }));
  return [...told, ...candidateFindings(titleOf(sample), answer, scope)];
}

function keepMissing(sample: number, files: readonly string[], example: string | undefined, scope: Scope): void {
  const missing = scope.recall(MISSING) as Missing;
  const all = [...new Set([...missing.files, ...files])].slice(0, MAX_MISSING);
  scope.remember(MISSING, {
    files: all,
    sample: missing.sample ?? (files.length > 0 ? sample : undefined),
    example: missing.example ?? example,
  } satisfies Missing);
}

function prepareSecondLook(scope: Scope): void {
  const { files, sample = 0, example } = scope.recall(MISSING) as Missing;
  const names = files.length > 0 ? files : example === undefined ? [] : [example];
  scope.remember('selection_names', nameFilter(names));
  prepareCall(sample, scope);
}

/** Files that are missing from baselines, or one that is not: each must be in the catalogue, once. */
export function selectionCatalogue(answer: Answer, scope: Scope): Finding[] {
  const { value } = answer.json() as { value: readonly { Name: string }[] };
  const { files, example } = scope.recall(MISSING) as Missing;
  const looked = files.length > 0 ? files : example === undefined ? [] : [example];
  const countOf = (name: string): number => value.filter(({ Name }) => Name.trim() === name).length;
  scope.remember(
    LISTED,
    looked.filter((name) => countOf(name) === 1),
  );
  return looked.map((name) =>
    finding(`${name} is in the catalogue, once`, () => {
      const count = countOf(name);
      if (count === 1) return undefined;
      const problem = `${count} entries`;
      return files.length > 0 ? { problem, cause: { key: 'droppedType' } } : problem;
    }),
  );
}

/** The same question gives the same answer; what was missing is looked for once more. */
export function selectionAgain(answer: Answer, scope: Scope): Finding[] {
  const { files, sample = 0 } = scope.recall(MISSING) as Missing;
  const before = keptAnswers(scope)[sample] ?? [];
  const now = chosenOf(answer);
  for (const name of ['selection_answers', 'selection_types', 'selection_query']) scope.remember(name, '');
  forgetEdges(scope);
  forgetKnowledge(scope);
  return [
    finding('The same question has the same answer', () => setDifference(lines(before), lines(now), 'files')),
    finding('Nothing is missing for good', () => {
      const names = now.flatMap((item) => item.names);
      const lost = files.filter((name) => !names.includes(name));
      if (lost.length === 0) return undefined;
      const listed = (scope.recall(LISTED) ?? []) as readonly string[];
      const told = `missing again: ${lost.slice(0, 3).join(', ')}`;
      const failed = lost.every((name) => listed.includes(name)) ? ({ key: 'lookUpFailed' } as const) : undefined;
      const asked = samplesOf(scope)[sample];
      return { problem: told, cause: (asked && emptinessOf(asked, now)) ?? failed };
    }),
  ];
}

function lines(products: readonly Chosen[]): string[] {
  return products.flatMap(({ level0, names }) => names.map((name) => `${level0} ${name}`));
}
