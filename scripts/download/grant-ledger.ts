import { createHash } from 'node:crypto';
import path from 'node:path';
import { Failure } from '../errors/errors';
import { sleep } from '../services/interruption';
import { makePath } from '../lib/ensure-folder';
import { homeFolder } from '../lib/input/home-folder';
import { appendPlainFile, readPlainFile } from '../lib/plain-file';
import { writeWhole } from '../lib/write-file-atomic';
import { openGrants, PERIOD, type Grant } from './quota';
import { codeOf, inTarget, targetFailure } from '../errors/target-failure';
import { acquireFolderLock } from './folder-lock/folder-lock';

/** What an account was granted, on this machine: it survives restarts, and all processes of a user share it. */
export interface GrantLedger {
  /** Runs `work` while no other process does: with the grants that still count, oldest first. */
  exclusively<Result>(work: (grants: Grant[]) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /** To be called within `exclusively`. */
  book(grant: Grant): Promise<void>;
  /** The grant was refused after all. */
  giveBack(grant: Grant): Promise<void>;
}

/**
 * AUXFLOW_STATE, or where the XDG base directory specification puts the state of a program.
 * @throws Failure TARGET_UNWRITABLE where the user has no home folder
 */
export function stateFolder(environment: NodeJS.ProcessEnv): string {
  const { AUXFLOW_STATE, XDG_STATE_HOME = '' } = environment;
  if (AUXFLOW_STATE) return AUXFLOW_STATE;
  // That specification: one that is empty or relative does not count.
  if (path.isAbsolute(XDG_STATE_HOME)) return path.join(XDG_STATE_HOME, 'auxflow');
  const home = homeFolder();
  const usual = path.join('.local', 'state', 'auxflow');
  if (home !== undefined) return path.join(home, usual);
  throw new Failure({
    ...{ code: 'TARGET_UNWRITABLE', path: path.join('~', usual), setting: SETTING },
    reason: 'there is no home folder',
  });
}

/** A name of an account at a site that tells neither: of its ledger. */
export function accountDigest({ siteUrl, username }: { readonly siteUrl: string; readonly username: string }): string {
  return createHash('sha256').update(`${siteUrl}\n${username}`).digest('hex').slice(0, 16);
}

/** What names the folder to users. */
const SETTING = 'AUXFLOW_STATE';
/** Milliseconds between two looks at a lock that another process holds; it is held for one `$value` only. */
const LOOK_AGAIN = 100;
/** Rows after which those that do not count any more are taken out. */
const MANY_ROWS = 10_000;

/** @throws (all methods) Failure TARGET_UNWRITABLE, DISK_FULL, INTERRUPTED */
export function openGrantLedger(
  state: string,
  account: { readonly siteUrl: string; readonly username: string },
  now: () => number = Date.now,
): GrantLedger {
  const folder = path.join(state, accountDigest(account));
  const file = path.join(folder, 'grants.jsonl');
  let queue: Promise<unknown> = Promise.resolve();

  async function locked<Result>(
    work: (grants: Grant[]) => Promise<Result>,
    signal: AbortSignal | undefined,
  ): Promise<Result> {
    const unlock = await lockWhenFree(folder, signal);
    try {
      const rows = await readRows(file);
      const grants = grantsOf(rows);
      await shorten(rows.length, grants);
      return await work([...openGrants(grants, now())]);
    } finally {
      await unlock();
    }
  }

  async function shorten(rows: number, grants: readonly Grant[]): Promise<void> {
    if (rows <= MANY_ROWS) return;
    // Those of the future stay: it may be this clock that is wrong.
    const kept = grants.filter(({ at }) => at + PERIOD > now());
    const lines = kept.map((grant) => `${JSON.stringify(grant)}\n`);
    if (kept.length < rows / 2) await inTarget(folder, () => writeWhole(file, lines), SETTING);
  }

  return {
    exclusively(work, signal) {
      const result = queue.then(() => locked(work, signal));
      queue = result.catch(() => undefined);
      return result;
    },
    book: (grant) => append(file, grant),
    giveBack: (grant) => append(file, { ...grant, bytes: -grant.bytes, refused: true }),
  };
}

interface Row extends Grant {
  /** Takes back the grant of the same time and id. */
  readonly refused?: boolean;
}

async function lockWhenFree(folder: string, signal: AbortSignal | undefined): Promise<() => Promise<void>> {
  for (;;) {
    try {
      return await acquireFolderLock(folder);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.detail.code === 'TARGET_UNWRITABLE')
        throw new Failure({ ...error.detail, setting: SETTING }, { cause: error });
      if (error.detail.code !== 'TARGET_IN_USE') throw error;
      await sleep(LOOK_AGAIN * (1 + Math.random()), signal);
    }
  }
}

async function append(file: string, row: Row): Promise<void> {
  const folder = path.dirname(file);
  const write = async (): Promise<void> => {
    await makePath(folder);
    // On a line of its own even where the last one was cut off.
    await appendPlainFile(file, `\n${JSON.stringify(row)}\n`);
  };
  await inTarget(folder, write, SETTING);
}

async function readRows(file: string): Promise<Row[]> {
  let text: string;
  try {
    text = (await readPlainFile(file)).toString('utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw targetFailure(error, path.dirname(file), SETTING);
  }
  return text.split('\n').flatMap((line) => rowOf(line) ?? []);
}

/** The last line may have been cut off with the power; a line that is no row counts for nothing. */
function rowOf(line: string): Row | undefined {
  try {
    const row = JSON.parse(line) as Partial<Row> | null;
    if (typeof row?.at !== 'number' || typeof row.bytes !== 'number' || typeof row.id !== 'string') return undefined;
    return { at: row.at, id: row.id, bytes: row.bytes, refused: row.refused };
  } catch {
    return undefined;
  }
}

function grantsOf(rows: readonly Row[]): Grant[] {
  const key = ({ at, id }: Row): string => `${at} ${id}`;
  const refused = new Set(rows.filter((row) => row.refused).map(key));
  return rows.filter((row) => !row.refused && !refused.has(key(row))).sort((a, b) => a.at - b.at);
}
