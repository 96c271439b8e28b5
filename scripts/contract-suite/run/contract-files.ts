import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Redactor } from '../../lib/redact/redact';
import { contractJunit } from '../report/contract-junit';
import { contractMarkdown } from '../report/contract-markdown';
import { contractPage } from '../report/contract-page';
import type { ContractReport } from '../report/contract-report';

/** The report of a contract run for people, for CI, for its job page, and as data; each redacted once more as a whole. */
export async function writeContractReport(report: ContractReport, folder: string, redactor: Redactor): Promise<void> {
  const write = (name: string, text: string): Promise<void> => writeFile(path.join(folder, name), redactor.text(text));
  await Promise.all([
    write('contract.html', contractPage(report)),
    write('junit.xml', contractJunit(report)),
    write('summary.md', contractMarkdown(report)),
    write('contract.json', `${JSON.stringify(report, null, 2)}\n`),
  ]);
}
