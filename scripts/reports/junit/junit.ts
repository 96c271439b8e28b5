// Not under its own name: a formatter would lay out XML as if it were HTML.
import { html as xml, type Html as Xml } from '../page/html';

/** A test case before it is XML. */
export interface JunitCase {
  readonly classname: string;
  /** With all that tells it from others of its class: what was checked, of which file, by which request. */
  readonly name: string;
  readonly seconds: number;
  readonly outcome?: JunitOutcome;
  /** Of a case that passed: what is good to know. */
  readonly note?: string;
}

export type JunitOutcome =
  | { readonly is: 'failure' | 'error'; readonly type: string; readonly message: string; readonly text: string }
  | { readonly is: 'skipped'; readonly message: string };

export interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
  /** Where it is not the sum of its cases'. */
  readonly seconds?: number;
}

/** What a reader of the file has to know of the run. */
export interface JunitRun {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * JUnit XML that both Jenkins' xUnit plugin (junit-10.xsd) and the schema of Ant's JUnit task allow: neither attributes on
 * `testsuites`, nor output in a test case. No two cases of a file have both class and name in common, since readers take such for one.
 */
export function junit(suites: readonly JunitSuite[], run: JunitRun): string {
  const unique = uniqueNames();
  return xml`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
${suites.map((suite, index) => suiteXml({ ...suite, cases: suite.cases.map(unique) }, { run, index }))}</testsuites>
`.html;
}

/** The second case of a name is `name (2)`. */
function uniqueNames(): (item: JunitCase) => JunitCase {
  const seen = new Map<string, number>();
  return (item) => {
    const id = `${item.classname}\n${item.name}`;
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    return times === 1 ? item : { ...item, name: `${item.name} (${times})` };
  };
}

function suiteXml({ name, cases, ...own }: JunitSuite, { run, index }: { run: JunitRun; index: number }): Xml {
  const count = (...kinds: JunitOutcome['is'][]): number =>
    cases.filter(({ outcome }) => outcome && kinds.includes(outcome.is)).length;
  const seconds = own.seconds ?? cases.reduce((sum, item) => sum + item.seconds, 0);
  const notes = cases.flatMap((item) => (item.note === undefined ? [] : [`${item.name}: ${item.note}`]));
  return xml`<testsuite name="${name}" package="auxflow" id="${index}" timestamp="${run.startedAt.slice(0, 19)}" hostname="localhost" tests="${cases.length}" failures="${count('failure')}" skipped="${count('skipped')}" errors="${count('error')}" time="${seconds.toFixed(3)}">
<properties>
${Object.entries(run.properties).map(
  ([key, value]) => xml`<property name="${key}" value="${value}"/>
`,
)}</properties>
${cases.map(caseXml)}<system-out>${notes.join('\n')}</system-out>
<system-err></system-err>
</testsuite>
`;
}

function caseXml({ classname, name, seconds, outcome }: JunitCase): Xml {
  return xml`<testcase classname="${classname}" name="${name}" time="${seconds.toFixed(3)}">${outcome && outcomeXml(outcome)}</testcase>
`;
}

function outcomeXml(outcome: JunitOutcome): Xml {
  if (outcome.is === 'skipped') return xml`<skipped message="${outcome.message}"/>`;
  const { type, message, text } = outcome;
  return outcome.is === 'failure'
    ? xml`<failure type="${type}" message="${message}">${text}</failure>`
    : xml`<error type="${type}" message="${message}">${text}</error>`;
}
