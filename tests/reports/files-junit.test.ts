import { expect, it } from 'vitest';
import { filesJunit } from '../../scripts/reports/run/files-junit';

it('has one test case per file', () => {
  const xml = filesJunit([
    { name: 'a.zip', type: 'OL_1_CAL_AX', bytes: 1, status: 'verified', seconds: 1.5, neededBy: 1 },
    { name: 'b.zip', bytes: 1, status: 'already-here', neededBy: 1 },
    { name: '<c & "d">', type: 'X', bytes: 1, status: 'failed', seconds: 0.25, neededBy: 1, error: 'size <1>' },
    { name: 'e.zip', type: 'X', bytes: 0, status: 'not-fetched', neededBy: 1 },
  ]);
  expect(xml).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="4" failures="1" skipped="1" time="1.750">
<testsuite name="Auxiliary files" tests="4" failures="1" skipped="1" time="1.750">
<testcase classname="OL_1_CAL_AX" name="a.zip" time="1.500"></testcase>
<testcase classname="other" name="b.zip" time="0.000"></testcase>
<testcase classname="X" name="&lt;c &amp; &quot;d&quot;&gt;" time="0.250"><failure message="size &lt;1&gt;"/></testcase>
<testcase classname="X" name="e.zip" time="0.000"><skipped/></testcase>
</testsuite>
</testsuites>
`);
});
