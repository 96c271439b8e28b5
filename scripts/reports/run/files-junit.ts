// Not under its own name: prettier would lay out XML as if it were HTML.
import { html as xml, type Html as Xml } from '../page/html';
import type { ReportedFile } from './run-report';

/**
 * JUnit XML of the auxiliary files, one test case each, to stand beside Newman's own: CI systems count and list them. A file
 * that was left out counts as skipped.
 */
export function filesJunit(files: readonly ReportedFile[]): string {
  const failures = files.filter(({ status }) => status === 'failed').length;
  const skipped = files.filter(({ status }) => status === 'not-fetched').length;
  const seconds = files.reduce((sum, file) => sum + (file.seconds ?? 0), 0).toFixed(3);
  const counts = xml`tests="${files.length}" failures="${failures}" skipped="${skipped}" time="${seconds}"`;
  return xml`<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${counts}>
<testsuite name="Auxiliary files" ${counts}>
${files.map(testCase)}</testsuite>
</testsuites>
`.html;
}

function testCase({ name, type = 'other', seconds = 0, status, error = 'failed' }: ReportedFile): Xml {
  const outcome: Partial<Record<ReportedFile['status'], Xml>> = {
    failed: xml`<failure message="${error}"/>`,
    'not-fetched': xml`<skipped/>`,
  };
  return xml`<testcase classname="${type}" name="${name}" time="${seconds.toFixed(3)}">${outcome[status]}</testcase>
`;
}
