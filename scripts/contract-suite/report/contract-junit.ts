import type { CaseResult, ContractReport } from './contract-report';
// Not under its own name: prettier would lay out XML as if it were HTML.
import { html as xml, type Html as Xml } from '../../reports/page/html';

/** JUnit XML of a contract run: a suite per resource, a test case per case; known deviations and untested cases are skipped. */
export function contractJunit({ cases }: Pick<ContractReport, 'cases'>): string {
  const folders = [...new Set(cases.map(({ folder }) => folder))];
  return xml`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Service contract" ${countsOf(cases)}>
${folders.map((folder) =>
  suite(
    folder,
    cases.filter((item) => item.folder === folder),
  ),
)}</testsuites>
`.html;
}

function suite(folder: string, cases: readonly CaseResult[]): Xml {
  return xml`<testsuite name="${folder}" ${countsOf(cases)}>
${cases.map(testCase)}</testsuite>
`;
}

function countsOf(cases: readonly CaseResult[]): Xml {
  const count = (...verdicts: CaseResult['verdict'][]): number =>
    cases.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return xml`tests="${cases.length}" failures="${count('broken', 'news')}" skipped="${count('pinned', 'untested')}" time="${seconds(cases)}"`;
}

const seconds = (cases: readonly CaseResult[]): string =>
  (cases.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000).toFixed(3);

function testCase(item: CaseResult): Xml {
  return xml`<testcase classname="${item.folder}" name="${item.name}" time="${seconds([item])}">${outcome(item)}</testcase>
`;
}

function outcome({ verdict, severity, problems, deviation, reason, curl, source }: CaseResult): Xml | undefined {
  switch (verdict) {
    case 'kept':
      return undefined;
    case 'pinned':
      return xml`<skipped message="known deviation: ${deviation?.says ?? ''}"/>`;
    case 'untested':
      return xml`<skipped message="not tested: ${reason ?? 'nothing was checked'}"/>`;
    default: {
      const lines = problems.map(
        ({ promise, got, cause }) => `${promise}: ${got}${cause === undefined ? '' : ` (${cause})`}`,
      );
      const [first = ''] = lines;
      const text = [...lines, '', `${source.cite}: ${source.says}`, source.url, curl].join('\n');
      return xml`<failure type="${severity}" message="${first}">${text}</failure>`;
    }
  }
}
