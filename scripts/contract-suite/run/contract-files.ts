import path from 'node:path';
import { inTarget } from '../../errors/target-failure';
import type { Redactor } from '../../lib/redact/redact';
import { writeTogether, type Content } from '../../lib/write-file-atomic';
import { runsLike, type WrittenReport } from '../../session/run-history';
import { entryOfContract } from '../report/contract-entry';
import { contractJunit } from '../report/contract-junit';
import { contractMarkdown } from '../report/contract-markdown';
import { contractPage } from '../report/contract-page';
import type { ContractReport } from '../report/contract-report';

/**
 * The report of a contract run for people, for CI, for its job page, and as data: all of them or none. Its
 * texts are redacted before they are parts of a page, the page once more.
 * Returns their names.
 * @throws Failure DISK_FULL, TARGET_UNWRITABLE
 */
export async function writeContractReport(
  report: ContractReport,
  folder: string,
  redactor: Redactor,
): Promise<WrittenReport> {
  const content = (name: string, text: string): Content => ({
    file: path.join(folder, name),
    pieces: [redactor.document(text)],
  });
  const shown = redactor.shown(report);
  const entry = entryOfContract(shown, path.basename(folder));
  const earlier = await runsLike(path.dirname(folder), entry);
  const files = [
    content('contract.html', contractPage(shown, earlier)),
    content('junit.xml', contractJunit(shown)),
    content('summary.md', contractMarkdown(shown)),
    content('contract.json', `${JSON.stringify(shown, null, 2)}\n`),
  ];
  await inTarget(folder, () => writeTogether(files));
  return { names: files.map(({ file }) => path.basename(file)), entry };
}
