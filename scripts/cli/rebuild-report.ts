import { existsSync } from 'node:fs';
import path from 'node:path';
import { LOCK_NAME } from '../campaign/lock/campaign-lock';
import { rebuildRunReport } from '../campaign/report/rebuild-run-report';
import { rebuildContractReport } from '../contract-suite/run/rebuild-contract-report';
import { Failure } from '../errors/errors';
import { inTarget } from '../errors/target-failure';
import { removeTemporaries } from '../lib/write-file-atomic';
import { EXIT } from '../errors/exit-codes';

/**
 * Writes every page of a report folder again from what was saved in it; asks no service. Returns the exit code.
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED, DISK_FULL, TARGET_UNWRITABLE
 */
export async function rebuildReport(folder: string, out: NodeJS.WritableStream): Promise<number> {
  const rebuild = [
    ['run.json', rebuildRunReport],
    ['contract.json', rebuildContractReport],
  ] as const;
  const found = rebuild.find(([name]) => existsSync(path.join(folder, name)));
  if (!found) {
    const isCampaign = existsSync(path.join(folder, LOCK_NAME));
    throw new Failure({
      ...{ code: 'FILE_UNREADABLE', path: folder, what: 'report folder' },
      reason: isCampaign ? CAMPAIGN : NOTHING,
    });
  }
  await inTarget(folder, () => removeTemporaries(folder));
  for (const page of await found[1](path.resolve(folder))) out.write(`${path.join(folder, page)}\n`);
  return EXIT.ok;
}

const CAMPAIGN = 'it is the folder of a campaign; auxflow fetch --frozen with its lock writes a report';
const NOTHING = 'it holds neither run.json nor contract.json';
