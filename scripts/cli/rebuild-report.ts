import { existsSync } from 'node:fs';
import path from 'node:path';
import { rebuildRunReport } from '../campaign/rebuild-run-report';
import { rebuildContractReport } from '../contract-suite/run/rebuild-contract-report';
import { Failure } from '../errors/errors';
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
  if (!found) throw new Failure({ code: 'FILE_UNREADABLE', path: folder, what: 'report folder', reason: NOTHING });
  for (const page of await found[1](path.resolve(folder))) out.write(`${path.join(folder, page)}\n`);
  return EXIT.ok;
}

const NOTHING = 'it holds neither run.json nor contract.json';
