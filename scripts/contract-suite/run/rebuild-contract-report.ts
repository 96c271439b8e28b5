import path from 'node:path';
import { createRedactor } from '../../lib/redact/redact';
import { readOutput } from '../../session/read-output';
import { runsLike } from '../../session/run-history';
import { entryOfContract } from '../report/contract-entry';
import type { ContractReport } from '../report/contract-report';
import { writeContractReport } from './contract-files';

/**
 * The pages of a contract run from its contract.json. Returns the names of what was written.
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED, DISK_FULL, TARGET_UNWRITABLE
 */
export async function rebuildContractReport(folder: string): Promise<readonly string[]> {
  const report = readOutput(path.join(folder, 'contract.json'), 'contract', 'report') as ContractReport;
  const earlier = await runsLike(path.dirname(folder), entryOfContract(report, path.basename(folder)));
  return writeContractReport(report, folder, { redactor: createRedactor(), earlier });
}
