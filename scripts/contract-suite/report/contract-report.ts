import { shownCitation } from '../citations';
import type { Basis, CaseFolder, ContractCase, Severity, Source } from '../contract-case';
import { readTestName, type ToldKind } from '../../newman/assertion-protocol';
import type { CaseAssertion, CaseStep } from '../../newman/case-step';
import type { Cost } from '../../services/request-costs';
import { CAUSES, isCauseKey, type CauseKey } from '../causes';
import type { CostSum } from './cost-sum';
import type { Latency } from './latency';
import type { SelectionFacts } from '../learned';

/**
 * What came of a case: `kept` its promises; `broken`; `pinned` a known deviation, as recorded; `news` such a deviation is gone;
 * `untested`.
 */
export type CaseVerdict = 'kept' | 'broken' | 'pinned' | 'news' | 'untested';

/** A source with the address of the section that it cites. */
export interface LinkedSource extends Source<string> {
  /** Absent where the user's own case names no link. */
  readonly url?: string;
}

export interface CaseResult {
  /** Of the suite. */
  readonly key: string;
  readonly name: string;
  /** The resource. */
  readonly folder: string;
  readonly severity: Severity;
  readonly source: LinkedSource;
  /** The known deviation. */
  readonly deviation?: LinkedSource;
  readonly verdict: CaseVerdict;
  /** Checks that held. */
  readonly held: number;
  readonly problems: readonly Problem[];
  /** Why it is untested. */
  readonly reason?: string;
  /** Of the last request, secrets masked. */
  readonly curl: string;
  readonly status?: number;
  readonly requests: number;
  /** What its requests took from the service, each as often as it arose; absent when that is nothing. */
  readonly costs?: readonly Cost[];
  readonly milliseconds: number;
}

export interface Problem {
  readonly promise: string;
  readonly got: string;
  /** Why, where it can be told, and what to do. */
  readonly cause?: string;
  readonly causeKey?: CauseKey;
  /** What it is a cause for, e.g. the platform `S1`. */
  readonly causeOf?: string;
}

/** A finding without what stands in its cases already. */
export interface FindingFacts {
  readonly causeKey?: CauseKey;
  readonly cause?: string;
  readonly severity: Severity;
  readonly cases: readonly Pick<CaseResult, 'key' | 'folder' | 'name'>[];
}

export interface ContractReport {
  readonly auxflowVersion: string;
  /** Of the collection that asked and checked: the first digits of the SHA-256 of its file. Absent in reports of earlier versions. */
  readonly collectionVersion?: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly environment: string;
  readonly siteUrl: string;
  readonly profile: string;
  /** What was drawn of the catalogue follows from it: `--seed`. */
  readonly seed: string;
  /** Which part of the run it is; absent for a whole one. */
  readonly shard?: { readonly index: number; readonly of: number };
  readonly cases: readonly CaseResult[];
  /** What there is to look at: one for each cause, and for each case that is not as expected for a reason of its own. */
  readonly findings: readonly FindingFacts[];
  /** What the run took from the services. */
  readonly costs: CostSum;
  /** How long answers took, by kind of request; kinds that were not asked for are not in it. */
  readonly latency: readonly Latency[];
  /** Absent when no selection rule was looked at. */
  readonly selection?: SelectionFacts;
  readonly exitCode: number;
}

export const VERDICTS: readonly CaseVerdict[] = ['broken', 'news', 'kept', 'pinned', 'untested'];
export const SEVERITIES: readonly Severity[] = ['data', 'contract', 'shape'];
export const BASES: Readonly<Record<Basis, string>> = {
  documented: 'the manuals',
  observed: 'a recording',
  icd: 'the AUXIP specification',
  published: 'the published configuration',
  required: 'the command line',
  own: 'your own case',
};

/** Cases in the suite's order with what Newman saw of each; cases that were neither sent nor left out are not in it. */
export function caseResults(folders: readonly CaseFolder[], steps: readonly CaseStep[]): CaseResult[] {
  const stepsOf = stepsByCase(steps.filter(isOfProfile));
  return folders.flatMap((folder) =>
    folder.cases.flatMap((item) => {
      const own = stepsOf.get(caseId(folder.name, item.name));
      return own ? [resultOf(folder, item, own)] : [];
    }),
  );
}

/** Of a case in a run: names stand once in a folder. */
export const caseId = (folder: string, name: string): string => `${folder}\n${name}`;

/** A case that asks in several parts has several steps. */
function stepsByCase(steps: readonly CaseStep[]): Map<string, CaseStep[]> {
  const byCase = new Map<string, CaseStep[]>();
  for (const step of steps) {
    const id = caseId(step.folder, step.name);
    byCase.set(id, [...(byCase.get(id) ?? []), step]);
  }
  return byCase;
}

/** A case of another profile leaves no trace: not sent, and no reason given. */
function isOfProfile({ sent, assertions, fault }: CaseStep): boolean {
  return sent || assertions.length > 0 || fault !== undefined;
}

function resultOf(folder: CaseFolder, item: ContractCase, steps: readonly CaseStep[]): CaseResult {
  const last = steps.at(-1);
  const costs = steps.flatMap((step) => step.costs ?? []);
  const reason = steps
    .flatMap(({ assertions }) => assertions)
    .map(({ name }) => readTestName(name))
    .find(({ kind }) => kind === 'untested')?.text;
  return {
    key: item.key,
    name: item.name,
    folder: folder.name,
    severity: item.severity,
    source: sourceOf(item.source),
    ...(item.promised ? { deviation: sourceOf(item.promised) } : {}),
    verdict: verdictOf(steps),
    held: steps.flatMap(({ assertions }) => assertions).filter(({ outcome }) => outcome === 'ok').length,
    problems: steps.flatMap(problemsOf),
    ...(reason === undefined ? {} : { reason }),
    curl: last?.curl ?? '',
    ...(last?.status === undefined ? {} : { status: last.status }),
    requests: steps.filter(({ sent }) => sent).length,
    ...(costs.length > 0 ? { costs } : {}),
    milliseconds: steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
  };
}

export const sourceOf = ({ basis, cite, says }: ContractCase['source']): LinkedSource => ({
  basis,
  says,
  ...shownCitation(cite),
});

const kindOf = ({ name }: CaseAssertion): ToldKind => readTestName(name).kind;

function verdictOf(steps: readonly CaseStep[]): CaseVerdict {
  const all = steps.flatMap(({ assertions }) => assertions);
  const failed = all.filter(({ outcome }) => outcome === 'failed');
  if (steps.some(({ fault }) => fault !== undefined) || failed.some((item) => kindOf(item) !== 'news')) return 'broken';
  if (failed.length > 0) return 'news';
  if (all.some((item) => kindOf(item) === 'pinned')) return 'pinned';
  return all.some(({ outcome }) => outcome === 'ok') ? 'kept' : 'untested';
}

function problemsOf({ assertions, fault, isUnanswered }: CaseStep): Problem[] {
  const failed = assertions.filter(({ outcome }) => outcome === 'failed');
  if (fault !== undefined)
    return [{ promise: 'An answer comes', got: fault, ...(isUnanswered ? causeWords('noAnswer') : {}) }];
  return failed.map(({ name, message = '', cause }) => ({
    promise: name,
    got: message,
    ...(cause && isCauseKey(cause.key) ? causeWords(cause.key, cause.of) : {}),
  }));
}

/** A cause as a problem tells it. */
export function causeWords(key: CauseKey, of?: string): Pick<Problem, 'cause' | 'causeKey' | 'causeOf'> {
  return { cause: CAUSES[key].says, causeKey: key, ...(of === undefined ? {} : { causeOf: of }) };
}

/** How many cases came to each verdict. */
export function countVerdicts(cases: readonly CaseResult[]): Readonly<Record<CaseVerdict, number>> {
  const count = (wanted: CaseVerdict): number => cases.filter(({ verdict }) => verdict === wanted).length;
  return {
    kept: count('kept'),
    broken: count('broken'),
    pinned: count('pinned'),
    news: count('news'),
    untested: count('untested'),
  };
}

export const isFinding = ({ verdict }: CaseResult): boolean => verdict === 'broken' || verdict === 'news';
