import { EXIT, EXIT_OF } from '../../errors/exit-codes';
import { groupBy } from '../../lib/group-by';
import { withoutQuery } from '../../lib/without-query';
import { junit, type JunitCase, type JunitOutcome, type JunitSuite } from '../junit/junit';
import { completenessCases } from './completeness-cases';
import { junitRun, type ReportedRun } from './junit-run';
import type { ReportedCompleteness, ReportedStep, RunReport } from './run-report';

type Checked = ReportedRun & Pick<RunReport, 'steps' | 'repeated' | 'completeness' | 'files' | 'findings'>;

/** What a check of a request came to. */
interface Check {
  readonly step: ReportedStep;
  readonly name: string;
  readonly outcome?: JunitOutcome;
  /** For one that passed what is good to know. */
  readonly note?: string;
}

/**
 * JUnit XML of the checks: one test case per check of the last attempt of each call, named with the request and the file that it asked
 * for. Newman's own says of a check that failed in one iteration and passed in a later one that it passed, and of an attempt that was
 * made good that it failed. An attempt that was repeated is a case that passed and says what had happened.
 */
export function checksJunit(report: Checked): string {
  const { steps, repeated = [], completeness, files } = report;
  const checks = [...steps.flatMap(checksOf), ...repeated.flatMap(noteOf)];
  const isNumbered = new Set(steps.map(({ call }) => call)).size > 1;
  const names = new Map(files.flatMap(({ id, name }) => (id === undefined ? [] : [[id, name] as const])));
  const suites = [...groupBy(checks, ({ step }) => `${step.folder} / ${step.name}`)].map(([name, own]): JunitSuite => ({
    name,
    cases: own.map((check) => caseOf(check, { classname: name, isNumbered, names })),
    seconds: [...new Set(own.map(({ step }) => step))].reduce((sum, step) => sum + secondsOf(step), 0),
  }));
  const complete = completeness ? [completenessSuite(completeness)] : [];
  return junit([...suites, ...complete, ...untoldSuite(report, checks)], junitRun(report));
}

/** Exit codes of what a run found, not of what kept it from looking. */
const FOUND: ReadonlySet<number> = new Set([EXIT.checkFailed, EXIT.notFound, EXIT.integrity]);

/** Errors that no check of a request, no ADF type and no file tells: a run that ends with them is not green here. */
function untoldSuite({ findings, completeness, files }: Checked, checks: readonly Check[]): JunitSuite[] {
  if (checks.some(({ outcome }) => outcome)) return [];
  const told = new Set<string | undefined>(completeness?.errors.map(({ code }) => code));
  const ofFiles = new Set(files.map(({ error }) => error));
  const untold = findings.filter(
    ({ severity, code, title }) =>
      severity === 'error' && code !== undefined && FOUND.has(EXIT_OF[code]) && !told.has(code) && !ofFiles.has(title),
  );
  const classname = 'Findings of the run';
  const cases = untold.map(({ code = '', title, text }): JunitCase => {
    const outcome = failureOf(title, [title, text].join('\n'));
    return { classname, name: code, seconds: 0, outcome };
  });
  return cases.length > 0 ? [{ name: classname, cases }] : [];
}

const secondsOf = ({ milliseconds }: ReportedStep): number => milliseconds / 1000;

/** A request that got no answer, or whose script failed, is an error beside its checks. */
function checksOf(step: ReportedStep): Check[] {
  const text = (why: string): string => [why, requestOf(step), `Status: ${step.status ?? 'no answer'}`].join('\n');
  const fault: Check[] =
    step.fault === undefined
      ? []
      : [{ step, name: 'The request is answered', outcome: errorOf(step.fault, text(step.fault)) }];
  const checks = step.assertions.map(({ name, ok, message = 'failed' }): Check =>
    ok ? { step, name } : { step, name, outcome: failureOf(message, text(message)) },
  );
  return [...fault, ...checks];
}

/** The text as well as the message: GitLab and Jenkins show it where they show the attribute in a line at best. */
const failureOf = (message: string, text: string): JunitOutcome => ({
  is: 'failure',
  type: 'AssertionFailure',
  message,
  text,
});

const errorOf = (message: string, text: string): JunitOutcome => ({ is: 'error', type: 'RequestError', message, text });

function noteOf(step: ReportedStep): Check[] {
  const failed = step.assertions.filter(({ ok }) => !ok).map(({ name, message = 'failed' }) => `${name}: ${message}`);
  if (failed.length === 0 && step.fault === undefined) return [];
  const answer = step.status === undefined ? 'no answer' : `status ${step.status}`;
  const note = [`Asked again after ${answer}.`, step.fault ?? [], ...failed].flat().join('\n');
  return [{ step, name: 'An attempt that was repeated', note }];
}

interface Surroundings {
  readonly classname: string;
  /** Whether there are several calls. */
  readonly isNumbered: boolean;
  /** Of files, by their id. */
  readonly names: ReadonlyMap<string, string>;
}

function caseOf({ step, name, outcome, note }: Check, { classname, isNumbered, names }: Surroundings): JunitCase {
  const call = isNumbered && step.call !== undefined ? `call ${step.call}: ` : '';
  const file = fileOf(step, names);
  const subject = [file ?? [], requestOf(step)].flat().join(', ');
  return { classname, name: `${call}${name} (${subject})`, seconds: secondsOf(step), outcome, note };
}

const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/i;

/** The file that a request asks for: its id is in the address of its entry, of its content and of its place in the store. */
function fileOf({ url }: ReportedStep, names: ReadonlyMap<string, string>): string | undefined {
  const [id] = UUID.exec(url) ?? [];
  return id === undefined ? undefined : names.get(id);
}

/** Characters: that of a baseline of many names has 2000. */
const MAX_URL = 300;

/** Without the query of a presigned address. */
function requestOf({ method, url }: ReportedStep): string {
  const address = /[?&]X-Amz-/i.test(url) ? withoutQuery(url) : url;
  return `${method} ${address.length > MAX_URL ? `${address.slice(0, MAX_URL)}…` : address}`;
}

function completenessSuite(completeness: ReportedCompleteness): JunitSuite {
  const classname = 'Completeness / ADF types';
  const cases = completenessCases(completeness).map(({ name, outcome, note = '' }): JunitCase => {
    const common = { classname, name, seconds: 0 };
    return outcome ? { ...common, outcome: failureOf(note, note) } : { ...common, ...(note && { note }) };
  });
  return { name: classname, cases };
}
