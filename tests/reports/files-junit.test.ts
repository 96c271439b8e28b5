import { expect, it } from 'vitest';
import { filesJunit } from '../../scripts/reports/run/files-junit';
import type { ReportedFile } from '../../scripts/reports/run/run-report';
import { junitProblems } from '../helpers/junit-problems';

const RUN = {
  ...{ title: 'Workflow', startedAt: '2024-03-01T10:20:30.400Z', environment: 'sandbox' },
  ...{ siteUrl: 'https://site.example', auxflowVersion: '1.2.3' },
};

it('has one test case per file', () => {
  const files: ReportedFile[] = [
    { name: 'a.zip', type: 'OL_1_CAL_AX', bytes: 1, status: 'verified', seconds: 1.5, neededBy: 1 },
    { name: 'b.zip', bytes: 1, status: 'already-here', neededBy: 1 },
    { name: '<c & "d">', type: 'X', bytes: 1, status: 'failed', seconds: 0.25, neededBy: 1, error: 'size <1>' },
    { name: 'e.zip', type: 'X', bytes: 0, status: 'not-fetched', neededBy: 1 },
  ];
  const xml = filesJunit({ ...RUN, files });
  expect(junitProblems(xml)).toEqual([]);
  expect(xml).toContain('tests="4" failures="1" skipped="1" errors="0" time="1.750"');
  expect(xml.slice(xml.indexOf('<testcase'), xml.indexOf('<system-out')))
    .toBe(`<testcase classname="OL_1_CAL_AX" name="a.zip" time="1.500"></testcase>
<testcase classname="other" name="b.zip" time="0.000"></testcase>
<testcase classname="X" name="&lt;c &amp; &quot;d&quot;&gt;" time="0.250"><failure type="FileFailure" message="size &lt;1&gt;">size &lt;1&gt;
&lt;c &amp; &quot;d&quot;&gt;
Size: 1 bytes
Needed by: 1 Level-0</failure></testcase>
<testcase classname="X" name="e.zip" time="0.000"><skipped message="not fetched"/></testcase>
`);
});
