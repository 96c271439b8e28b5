import path from 'node:path';
import { createRedactor } from '../../lib/redact/redact';
import { readOutput } from '../../session/read-output';
import type { ContractReport } from '../report/contract-report';
import { writeContractReport } from './contract-files';

/**
 * The pages of a contract run from its contract.json. Returns the names of what was written.
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED, DISK_FULL, TARGET_UNWRITABLE
 */
export async function rebuildContractReport(folder: string): Promise<readonly string[]> {
  const report = readOutput(path.join(folder, 'contract.json'), 'contract', 'report') as ContractReport;
  const { names } = await writeContractReport(report, folder, createRedactor());
  return names;
}
