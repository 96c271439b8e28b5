import { duration, plural } from '../../lib/format';
import { citationsInMarkdown } from '../citations';
import { countVerdicts, isFinding, SEVERITIES, type CaseResult, type ContractReport } from './contract-report';
import { costWords } from './cost-sum';
import { latencyText, type Latency } from './latency';
import { selectionLines } from './selection-facts';

/** Findings shown whole: a job page is read on one screen. */
const MAX_FINDINGS = 20;

/** A short summary for the page of a CI job (Markdown as GitHub and GitLab read it). */
export function contractMarkdown(report: ContractReport): string {
  const { cases, costs, latency, selection, environment, siteUrl, profile, seed, seconds } = report;
  const findings = cases.filter(isFinding).sort(bySeverity);
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

export function bySeverity(a: CaseResult, b: CaseResult): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

function tableOf(findings: readonly CaseResult[]): string[] {
  return [
    '| severity | resource | promise | got | rests on |',
    '| --- | --- | --- | --- | --- |',
    ...findings.map(({ severity, folder, name, problems: [problem], source }) =>
      [
        ...['', severity, folder, name, problem ? `${problem.promise}: ${problem.got}` : ''].map(cell),
        ` ${citationsInMarkdown(source.cite)} `,
        '',
      ].join('|'),
    ),
  ];
}

function cell(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .replaceAll('|', String.raw`\|`)
    .replaceAll('<', '&lt;');
  return line === '' ? '' : ` ${line.length > 200 ? `${line.slice(0, 200)}…` : line} `;
}
