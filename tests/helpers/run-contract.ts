import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { CaseResult, ContractReport } from '../../scripts/contract-suite/report/contract-report';
import { runCli, temporaryFolder, type CliOptions, type CliResult } from './run-cli';

export interface ContractRun extends CliResult {
  /** contract.json */
  readonly report: ContractReport;
  readonly cases: readonly CaseResult[];
  /** Broken and news. */
  readonly findings: readonly CaseResult[];
  /** Every file of the report by name. */
  readonly files: ReadonlyMap<string, string>;
}

/** `auxflow contract` in a process of its own, with what it wrote. It must have come as far as its report, and never crash. */
export async function runContract(words: readonly string[], options: CliOptions = {}): Promise<ContractRun> {
  const folder = temporaryFolder();
  const result = await runCli(['contract', ...words, '--reports', folder], options);
  expect(`${result.stdout}${result.stderr}`).not.toMatch(/\n {4}at |INTERNAL|UnhandledPromise/);
  const files = filesBelow(folder);
  expect([result.stderr, [...files.keys()].sort()]).toEqual([
    result.stderr,
    ['contract.html', 'contract.json', 'junit.xml', 'summary.md'],
  ]);
  const report = JSON.parse(files.get('contract.json') ?? '') as ContractReport;
  expect(report.exitCode).toBe(result.exitCode);
  const findings = report.cases.filter(({ verdict }) => verdict === 'broken' || verdict === 'news');
  return { ...result, report, cases: report.cases, findings, files };
}

function filesBelow(folder: string): Map<string, string> {
  const [run = ''] = existsSync(folder) ? readdirSync(folder) : [];
  const names = run === '' ? [] : readdirSync(path.join(folder, run));
  return new Map(names.map((name) => [name, readFileSync(path.join(folder, run, name), 'utf8')]));
}

/** Findings in one line each, to be read in a failed test. */
export function findingLines(findings: readonly CaseResult[]): string[] {
  return findings.map(
    ({ folder, name, problems }) => `${folder}: ${name}: ${problems[0]?.promise}: ${problems[0]?.got}`,
  );
}
