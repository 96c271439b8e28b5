import { completenessCases } from './completeness-cases';
// Not under its own name: prettier would lay out XML as if it were HTML.
import { html as xml, type Html as Xml } from '../page/html';
import type { ReportedStep, RunReport } from './run-report';

type Checked = Pick<RunReport, 'title' | 'steps' | 'repeated' | 'completeness'>;

/** A test case, before it is XML. */
interface Case {
  readonly suite: string;
  /** Absent for what no single request shows. */
  readonly step?: ReportedStep;
  readonly name: string;
  readonly outcome?: 'failure' | 'error';
  /** Why, or for a case that passed what is good to know. */
  readonly note?: string;
}

/**
 * JUnit XML of the checks: one test case per check of the last attempt of each call. Newman's own says of a check that failed in
 * one iteration and passed in a later one that it passed, and of an attempt that was made good that it failed. An attempt that
 * was repeated is a case that passed and says what had happened.
 */
export function checksJunit({ title, steps, repeated = [], completeness }: Checked): string {
  const isNumbered = new Set(steps.map(({ call }) => call)).size > 1;
  const complete = completeness ? completenessCases(completeness) : [];
  const cases = [
    ...steps.flatMap(casesOf),
    ...repeated.flatMap(noteOf),
    ...complete.map((item): Case => ({ suite: COMPLETENESS, ...item })),
  ];
  return xml`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${title}" ${countsOf(cases)}>
${Array.from(bySuite(cases), ([name, inSuite]) => suite(name, inSuite, isNumbered))}</testsuites>
`.html;
}

const COMPLETENESS = 'Completeness / ADF types';

const suiteOf = ({ folder, name }: ReportedStep): string => `${folder} / ${name}`;

/** A request that got no answer, or whose script failed, is an error beside its checks. */
function casesOf(step: ReportedStep): Case[] {
  const suite = suiteOf(step);
  const fault: Case[] =
    step.fault === undefined
      ? []
      : [{ suite, step, name: 'The request is answered', outcome: 'error', note: step.fault }];
  const checks = step.assertions.map(({ name, ok, message = 'failed' }): Case =>
    ok ? { suite, step, name } : { suite, step, name, outcome: 'failure', note: message },
  );
  return [...fault, ...checks];
}

function noteOf(step: ReportedStep): Case[] {
  const failed = step.assertions.filter(({ ok }) => !ok).map(({ name, message = 'failed' }) => `${name}: ${message}`);
  if (failed.length === 0 && step.fault === undefined) return [];
  const answer = step.status === undefined ? 'no answer' : `status ${step.status}`;
  const note = [`Asked again after ${answer}.`, step.fault ?? [], ...failed].flat().join('\n');
  return [{ suite: suiteOf(step), step, name: 'An attempt that was repeated', note }];
}

function bySuite(cases: readonly Case[]): Map<string, Case[]> {
  const suites = new Map<string, Case[]>();
  for (const item of cases) {
    const inSuite = suites.get(item.suite) ?? [];
    inSuite.push(item);
    suites.set(item.suite, inSuite);
  }
  return suites;
}

function suite(name: string, cases: readonly Case[], isNumbered: boolean): Xml {
  return xml`<testsuite name="${name}" ${countsOf(cases)}>
${cases.map((item) => testCase(item, name, isNumbered))}</testsuite>
`;
}

function testCase({ step, name, outcome, note }: Case, suiteName: string, isNumbered: boolean): Xml {
  const call = isNumbered && step?.call !== undefined ? `call ${step.call}: ` : '';
  return xml`<testcase classname="${suiteName}" name="${call}${name}" time="${secondsOf(step)}">${outcomeOf(outcome, note, step)}</testcase>
`;
}

/** As text as well: GitLab and Jenkins show it where they show the attribute in a line at best. */
function outcomeOf(outcome: Case['outcome'], note = '', step?: ReportedStep): Xml | undefined {
  const details = [note, step && `${step.method} ${step.url}`, step && (step.status ?? 'no answer')]
    .filter(Boolean)
    .join('\n');
  if (outcome === 'failure') return xml`<failure type="AssertionFailure" message="${note}">${details}</failure>`;
  if (outcome === 'error') return xml`<error message="${note}">${details}</error>`;
  return note === '' ? undefined : xml`<system-out>${note}</system-out>`;
}

function countsOf(cases: readonly Case[]): Xml {
  const count = (wanted: Case['outcome']): number => cases.filter(({ outcome }) => outcome === wanted).length;
  const steps = new Set(cases.flatMap(({ step }) => step ?? []));
  const seconds = [...steps].reduce((sum, step) => sum + step.milliseconds, 0) / 1000;
  return xml`tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="0" time="${seconds.toFixed(3)}"`;
}

const secondsOf = (step?: ReportedStep): string => ((step?.milliseconds ?? 0) / 1000).toFixed(3);
