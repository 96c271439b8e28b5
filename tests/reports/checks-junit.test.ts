import { expect, test } from 'vitest';
import { checksJunit } from '../../scripts/reports/run/checks-junit';
import type { ReportedStep, RunReport } from '../../scripts/reports/run/run-report';
import { junitProblems } from '../helpers/junit-problems';

const step = (call: number, fields: Partial<ReportedStep>): ReportedStep => ({
  ...{ name: 'Baseline by names', folder: '1 Data baseline', method: 'GET', url: 'https://site.example/rdb.svc' },
  ...{ status: 200, milliseconds: 1500, startMilliseconds: 0, bytes: 10, assertions: [], call },
  ...fields,
});
const RUN = {
  ...{ title: 'Workflow', startedAt: '2024-03-01T10:20:30.400Z', environment: 'sandbox' },
  ...{ siteUrl: 'https://site.example', auxflowVersion: '1.2.3', files: [], findings: [] },
};
const junitOf = (fields: Partial<RunReport> & Pick<RunReport, 'steps'>): string => {
  const xml = checksJunit({ ...RUN, ...fields });
  expect(junitProblems(xml)).toEqual([]);
  return xml;
};
const ok = { name: 'Status is 200', ok: true };
const failed = { name: 'Status is 200', ok: false, message: 'expected <504> to equal 200' };

test('one case per check and call: what failed in one call and passed in the next has failed', () => {
  const steps = [
    step(1, { name: 'Get a token', folder: '0 Authenticate', assertions: [ok] }),
    step(1, { assertions: [failed] }),
    step(2, { assertions: [ok] }),
    step(3, { status: undefined, fault: 'read ECONNRESET' }),
    step(3, { name: 'Baseline by sensing interval', skipped: true }),
  ];
  const rest = 'package="auxflow" id="N" timestamp="2024-03-01T10:20:30" hostname="localhost"';
  const properties = `<properties>
<property name="title" value="Workflow"/>
<property name="environment" value="sandbox"/>
<property name="site" value="https://site.example"/>
<property name="auxflow" value="1.2.3"/>
</properties>`;
  const end = '<system-out></system-out>\n<system-err></system-err>\n</testsuite>';
  const request = '(GET https://site.example/rdb.svc)';
  expect(junitOf({ steps }).replace(/ id="\d+"/g, ' id="N"')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
<testsuite name="0 Authenticate / Get a token" ${rest} tests="1" failures="0" skipped="0" errors="0" time="1.500">
${properties}
<testcase classname="0 Authenticate / Get a token" name="call 1: Status is 200 ${request}" time="1.500"></testcase>
${end}
<testsuite name="1 Data baseline / Baseline by names" ${rest} tests="3" failures="1" skipped="0" errors="1" time="4.500">
${properties}
<testcase classname="1 Data baseline / Baseline by names" name="call 1: Status is 200 ${request}" time="1.500"><failure type="AssertionFailure" message="expected &lt;504&gt; to equal 200">expected &lt;504&gt; to equal 200
GET https://site.example/rdb.svc
Status: 200</failure></testcase>
<testcase classname="1 Data baseline / Baseline by names" name="call 2: Status is 200 ${request}" time="1.500"></testcase>
<testcase classname="1 Data baseline / Baseline by names" name="call 3: The request is answered ${request}" time="1.500"><error type="RequestError" message="read ECONNRESET">read ECONNRESET
GET https://site.example/rdb.svc
Status: no answer</error></testcase>
${end}
</testsuites>
`);
});

test('cases of five files are told apart by file and address, also where the same was asked twice', () => {
  const id = (n: number): string => `c4ca4842-492a-4f73-b84c-70bc9213950${n}`;
  const files = [1, 2, 3].map((n) => ({ id: id(n), name: `file-${n}.zip`, bytes: 1, neededBy: 1 }));
  const steps = [1, 2, 3, 3].map((n) =>
    step(1, { assertions: [failed], url: `https://store.example/auxip/${id(n)}/x?X-Amz-Signature=***` }),
  );
  const xml = junitOf({ steps, files: files.map((file) => ({ ...file, status: 'verified' as const })) });
  const names = [...xml.matchAll(/<testcase [^>]*name="([^"]*)"/g)].map(([, name]) => name);
  expect(names).toEqual([
    ...[1, 2, 3].map((n) => `Status is 200 (file-${n}.zip, GET https://store.example/auxip/${id(n)}/x)`),
    `Status is 200 (file-3.zip, GET https://store.example/auxip/${id(3)}/x) (2)`,
  ]);
});

test('an attempt that was repeated has not failed, and is told', () => {
  const repeated = [
    step(1, { name: 'Get a token', folder: '0 Authenticate', assertions: [ok] }),
    step(1, { status: 504, assertions: [failed] }),
  ];
  const text = junitOf({ steps: [step(1, { assertions: [ok] })], repeated });
  expect(text).toMatch(/ tests="2" failures="0" skipped="0" errors="0"/);
  expect(text).toContain(
    'An attempt that was repeated (GET https://site.example/rdb.svc): Asked again after status 504.\nStatus is 200: expected &lt;504&gt; to equal 200</system-out>',
  );
});

test('an error that no check tells is red, one that a check or a file tells is told once', () => {
  const finding = (code: 'NAME_TWICE' | 'SIZE_WRONG', title: string) => ({
    ...{ severity: 'error' as const, code, title, text: 'Expected one entry.' },
  });
  const steps = [step(1, { assertions: [ok] })];
  const told = { name: 'A.zip', type: 'A', neededBy: 1, bytes: 0, status: 'failed' as const, error: 'A.zip is short.' };
  const findings = [finding('NAME_TWICE', 'A.zip is there twice.'), finding('SIZE_WRONG', told.error)];
  const xml = junitOf({ steps, findings, files: [told] });
  expect(xml.match(/<failure/g)).toHaveLength(1);
  expect(xml).toMatch(/classname="Findings of the run" name="NAME_TWICE"[^>]*><failure [^>]*>A.zip is there twice.\nExpected/);
  expect(junitOf({ steps: [step(1, { assertions: [failed] })], findings }).match(/<failure/g)).toHaveLength(1);
});
