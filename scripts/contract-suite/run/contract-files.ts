import path from 'node:path';
import { inTarget } from '../../errors/target-failure';
import type { Redactor } from '../../lib/redact/redact';
import { writeTogether, type Content } from '../../lib/write-file-atomic';
import { contractJunit } from '../report/contract-junit';
import { contractMarkdown } from '../report/contract-markdown';
import { contractPage } from '../report/contract-page';
import type { ContractReport } from '../report/contract-report';

/**
 * The report of a contract run for people, for CI, for its job page, and as data: all of them or none. Each is redacted once more as a
 * whole.
 * @throws Failure DISK_FULL, TARGET_UNWRITABLE
 */
export async function writeContractReport(report: ContractReport, folder: string, redactor: Redactor): Promise<void> {
  const content = (name: string, text: string): Content => ({
    file: path.join(folder, name),
    pieces: [redactor.text(text)],
  });
  const files = [
    content('contract.html', contractPage(report)),
    content('junit.xml', contractJunit(report)),
    content('summary.md', contractMarkdown(report)),
    content('contract.json', `${JSON.stringify(report, null, 2)}\n`),
  ];
  await inTarget(folder, () => writeTogether(files));
}
