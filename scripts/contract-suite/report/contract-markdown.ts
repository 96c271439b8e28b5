import { duration, plural } from '../../lib/format';
import { citationsInMarkdown } from '../citations';
import { countVerdicts, type ContractReport, type LinkedSource } from './contract-report';
import { costWords } from './cost-sum';
import { latencyText, type Latency } from './latency';
import { reportFindings, type ReportFinding } from './root-causes';
import { selectionLines } from './selection-facts';

/** Findings shown whole: a job page is read on one screen. */
const MAX_FINDINGS = 20;

/** A short summary for the page of a CI job (Markdown as GitHub and GitLab read it). */
export function contractMarkdown(report: ContractReport): string {
  const { cases, costs, latency, selection, environment, siteUrl, profile, seed, seconds } = report;
  const findings = reportFindings(cases);
  const counts = countVerdicts(cases);
  return [
    `## Service contract: ${findings.length === 0 ? 'kept' : plural(findings.length, 'finding')}`,
    '',
    `${environment} ${siteUrl}, profile \`${profile}\`, seed ${seed}, ${plural(cases.length, 'case')} in ${duration(seconds)}: ` +
      `${counts.kept} kept, ${counts.broken} broken, ${counts.news} news, ${counts.pinned} pinned, ${counts.untested} untested.`,
    '',
    `Cost to the services: ${costWords(costs)}.`,
    '',
    ...latencyLines(latency),
    ...(selection ? [...selectionLines(selection), ''] : []),
    ...(findings.length === 0 ? [] : [...tableOf(findings.slice(0, MAX_FINDINGS)), '']),
    ...(findings.length > MAX_FINDINGS
      ? [`… and ${findings.length - MAX_FINDINGS} more in \`contract.html\`.`, '']
      : []),
  ].join('\n');
}

function latencyLines(latency: readonly Latency[]): string[] {
  return latency.length === 0 ? [] : [...latency.map((row) => `- ${row.kind}: ${latencyText(row)}`), ''];
}

function tableOf(findings: readonly ReportFinding[]): string[] {
  return [
    '| severity | resource | promise | got | rests on |',
    '| --- | --- | --- | --- | --- |',
    ...findings.map(({ severity, cause, cases }) => {
      const resources = [...new Set(cases.map(({ folder }) => folder))].join(', ');
      const names = cases.slice(0, MAX_NAMES).map(({ name }) => name);
      const more = cases.length > names.length ? ` … and ${cases.length - names.length} more` : '';
      const [problem] = cases[0].problems;
      const got = cause ?? (problem ? `${problem.promise}: ${problem.got}` : '');
      const promises = cell(names.join('; ') + more, MAX_NAMES * MAX_CELL);
      const sources = [...new Set(cases.map(({ source }) => citedInMarkdown(source)))].slice(0, MAX_NAMES);
      const cells = [cell(severity), cell(resources), promises, cell(got, 2 * MAX_CELL), ` ${sources.join(', ')} `];
      return ['', ...cells, ''].join('|');
    }),
  ];
}

/** Characters. */
const MAX_CELL = 200;
/** Cases named of those with a common cause. */
const MAX_NAMES = 10;

/** A link of the user's own is written so that no character of it is Markdown. */
function citedInMarkdown({ basis, cite, url }: LinkedSource): string {
  if (basis !== 'own') return citationsInMarkdown(cite);
  return url === undefined ? cell(cite).trim() : `<${url.replaceAll('|', '%7C')}>`;
}

function cell(text: string, length = MAX_CELL): string {
  const line = text
    .replace(/\s+/g, ' ')
    .replaceAll('|', String.raw`\|`)
    .replaceAll('<', '&lt;');
  return line === '' ? '' : ` ${line.length > length ? `${line.slice(0, length)}…` : line} `;
}
