/** One cause is one finding, however many promises it breaks. */
import { causeFacts, type CauseKey } from '../causes';
import type { Severity } from '../contract-case';
import { causeWords, isFinding, SEVERITIES, type CaseResult, type FindingFacts, type Problem } from './contract-report';

/** What a reader has to look at: a cause with all cases that it breaks, or a single case. */
export interface ReportFinding {
  readonly causeKey?: CauseKey;
  /** What it is, and what to do. */
  readonly cause?: string;
  /** The worst of its cases. */
  readonly severity: Severity;
  /** The worst first, with those of their problems that belong here; never empty. */
  readonly cases: readonly [CaseResult, ...CaseResult[]];
}

/** The same cases; where another cause of the run explains a problem's own, the problem names that one. */
export function withRootCauses(cases: readonly CaseResult[]): CaseResult[] {
  const problems = cases.flatMap((item) => item.problems);
  return cases.map((item) => ({ ...item, problems: item.problems.map((problem) => rooted(problem, problems)) }));
}

function rooted(problem: Problem, all: readonly Problem[]): Problem {
  const { causeKey, causeOf } = problem;
  const root = all.find(
    (another) =>
      causeKey !== undefined &&
      another.causeKey !== undefined &&
      (causeFacts(another.causeKey).explains ?? []).includes(causeKey) &&
      (another.causeOf === undefined || another.causeOf === causeOf),
  );
  if (root?.causeKey === undefined) return problem;
  return rooted({ ...problem, ...causeWords(root.causeKey, causeOf) }, all);
}

/** The findings among cases with root causes: the worst first, then those with the most cases. */
export function reportFindings(cases: readonly CaseResult[]): ReportFinding[] {
  const red = cases.filter(isFinding);
  const keys = new Set(red.flatMap(({ problems }) => problems.flatMap((problem) => sharedCause(problem) ?? [])));
  const shared = [...keys].flatMap((key) => findingOf(red, (problem) => sharedCause(problem) === key, key));
  const single = red.flatMap((item) => findingOf([item], (problem) => sharedCause(problem) === undefined));
  return [...shared, ...single].sort((a, b) => bySeverity(a, b) || b.cases.length - a.cases.length);
}

interface Severe {
  readonly severity: Severity;
}

/** The worst first. */
function bySeverity(a: Severe, b: Severe): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

/** As the report has them as data. */
export function findingFacts(cases: readonly CaseResult[]): FindingFacts[] {
  return reportFindings(cases).map((item) => ({
    ...item,
    cases: item.cases.map(({ key, folder, name }) => ({ key, folder, name })),
  }));
}

function sharedCause({ causeKey }: Problem): CauseKey | undefined {
  return causeKey !== undefined && causeFacts(causeKey).isLocal !== true ? causeKey : undefined;
}

function findingOf(
  red: readonly CaseResult[],
  belongs: (problem: Problem) => boolean,
  causeKey?: CauseKey,
): ReportFinding[] {
  const [first, ...others] = red
    .map((item) => ({ ...item, problems: item.problems.filter(belongs) }))
    .filter(({ problems }) => problems.length > 0)
    .sort(bySeverity);
  if (!first) return [];
  const cause = causeKey === undefined ? {} : { causeKey, cause: causeWords(causeKey).cause };
  return [{ ...cause, severity: first.severity, cases: [first, ...others] }];
}
