import { existsSync } from 'node:fs';
import path from 'node:path';
import { createRedactor } from '../../lib/redact/redact';
import type { PackedPicture } from '../../reports/campaign/campaign-picture';
import type { RunReport } from '../../reports/run/run-report';
import { readOutput } from '../../session/read-output';
import { PICTURE_FILE, RUN_FILE, writeReport } from './run-report-files';
import { sharedReferences } from './shared-references';

/**
 * The pages of a run or fetch from its run.json and campaign.json. Returns the names of what was written.
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED, DISK_FULL, TARGET_UNWRITABLE
 */
export async function rebuildRunReport(folder: string): Promise<readonly string[]> {
  const report = sharedReferences(readOutput(path.join(folder, RUN_FILE), 'run', 'report') as RunReport);
  const saved = path.join(folder, PICTURE_FILE);
  const picture = existsSync(saved) ? (readOutput(saved, 'campaign', 'matrix') as PackedPicture) : undefined;
  const { names } = await writeReport(report, { folder, redactor: createRedactor(), picture });
  return names;
}
