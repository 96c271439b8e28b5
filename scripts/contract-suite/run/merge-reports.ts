import { existsSync, readdirSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../errors/errors';
import { unreadable } from '../../errors/read-input';
import type { CommandContext } from '../../session/context';
import { readOutput } from '../../session/read-output';
import { foldersFor, makeFolder } from '../../session/run-folders';
import type { ContractReport } from '../report/contract-report';
import { mergeShards, shardProblems, type ShardReport } from '../report/merge-shards';
import { caseErrors } from './contract-errors';
import { finishContract } from './finish-contract';
import { EXIT } from '../../errors/exit-codes';
import { inTarget } from '../../errors/target-failure';
import { removeTemporaries } from '../../lib/write-file-atomic';

export interface MergeOptions {
  /** Folder of the merged report; a new one in `reports` when left out. */
  readonly out?: string;
  readonly reports: string;
}

/**
 * One report from those of the shards of a run (`contract --shard`). Returns the exit code that the whole run would have had.
 * @throws Failure USAGE where they are not all shards of one run; FILE_UNREADABLE, FILE_MALFORMED
 */
export async function mergeReports(
  places: readonly string[],
  { out, reports }: MergeOptions,
  context: CommandContext,
): Promise<number> {
  const [first, ...others] = places.flatMap((place) => reportsIn(place)).map(readShard);
  const shards = first ? ([first, ...others] as const) : undefined;
  const problems = shardProblems(shards ?? []);
  if (!shards || problems.length > 0)
    throw new Failure({
      code: 'USAGE',
      problem: `These are not the reports of all shards of one run: ${problems.join('; ')}.`,
      next: 'Give the report of each `auxflow contract --shard i/n` once, all with the same n, seed, site and version.',
    });
  const merged = mergeShards(shards);
  const folder = path.resolve(out ?? foldersFor({ reports }, `${merged.environment}-contract`, context.now()).reports);
  await makeFolder(folder);
  await inTarget(folder, () => removeTemporaries(folder));
  // What the shards say of their own cases is said anew of all.
  const ended = merged.exitCode === EXIT.checkFailed ? EXIT.ok : merged.exitCode;
  return finishContract(merged, { folder, errors: caseErrors(merged.cases), ended }, context);
}

const REPORT = 'contract.json';
/** Folders below a folder: CI systems gather the artifacts of each job in one of its own. */
const MAX_DEPTH = 3;

function reportsIn(place: string, depth = 0): string[] {
  if (existsSync(path.join(place, REPORT))) return [place];
  const below = depth < MAX_DEPTH && existsSync(place) ? entriesOf(place).filter((entry) => entry.isDirectory()) : [];
  const found = below.flatMap(({ name }) => reportsIn(path.join(place, name), depth + 1));
  if (depth === 0 && found.length === 0)
    throw new Failure({ code: 'FILE_UNREADABLE', path: place, what: 'report folder', reason: `it has no ${REPORT}` });
  return found.sort();
}

function entriesOf(place: string): Dirent[] {
  try {
    return readdirSync(place, { withFileTypes: true });
  } catch (error) {
    throw unreadable(place, 'report folder', error);
  }
}

const readShard = (place: string): ShardReport => ({
  place,
  report: readOutput(path.join(place, REPORT), 'contract', 'report') as ContractReport,
});
