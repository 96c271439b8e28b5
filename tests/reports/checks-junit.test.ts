import { expect, test } from 'vitest';
import { checksJunit } from '../../scripts/reports/run/checks-junit';
import type { ReportedStep } from '../../scripts/reports/run/run-report';

const step = (call: number, fields: Partial<ReportedStep>): ReportedStep => ({
  ...{ name: 'Baseline by names', folder: '1 Data baseline', method: 'GET', url: 'https://site.example/rdb.svc' },
  ...{ status: 200, milliseconds: 1500, startMilliseconds: 0, bytes: 10, assertions: [], call },
  ...fields,
});
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
  expect(checksJunit({ title: 'Workflow', steps })).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Workflow" tests="4" failures="1" errors="1" skipped="0" time="6.000">
<testsuite name="0 Authenticate / Get a token" tests="1" failures="0" errors="0" skipped="0" time="1.500">
<testcase classname="0 Authenticate / Get a token" name="call 1: Status is 200" time="1.500"></testcase>
</testsuite>
<testsuite name="1 Data baseline / Baseline by names" tests="3" failures="1" errors="1" skipped="0" time="4.500">
<testcase classname="1 Data baseline / Baseline by names" name="call 1: Status is 200" time="1.500"><failure type="AssertionFailure" message="expected &lt;504&gt; to equal 200">expected &lt;504&gt; to equal 200
GET https://site.example/rdb.svc
200</failure></testcase>
<testcase classname="1 Data baseline / Baseline by names" name="call 2: Status is 200" time="1.500"></testcase>
<testcase classname="1 Data baseline / Baseline by names" name="call 3: The request is answered" time="1.500"><error message="read ECONNRESET">read ECONNRESET
GET https://site.example/rdb.svc
no answer</error></testcase>
</testsuite>
</testsuites>
`);
});

test('an attempt that was repeated has not failed, and is told', () => {
  const repeated = [
    step(1, { name: 'Get a token', folder: '0 Authenticate', assertions: [ok] }),
    step(1, { status: 504, assertions: [failed] }),
  ];
  const text = checksJunit({ title: 'Workflow', steps: [step(1, { assertions: [ok] })], repeated });
  expect(text).toContain('<testsuites name="Workflow" tests="2" failures="0" errors="0"');
  expect(text).toContain(
    'name="An attempt that was repeated" time="1.500"><system-out>Asked again after status 504.\nStatus is 200: expected &lt;504&gt; to equal 200</system-out>',
  );
});
