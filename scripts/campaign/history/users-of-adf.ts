/** Which Level-0 products of a lock used some auxiliary files. */
import { Failure } from '../../errors/errors';
import { unreadable } from '../../errors/read-input';
import { readJson } from '../../lib/read-json';
import { stemOf } from '../../sentinel/adf-name';
import { readLock, type CampaignLock } from '../lock/campaign-lock';
import { scanLock, type OnRow, type ScanResult } from '../lock/lock-scan';

export interface LockUsers {
  readonly campaign: string;
  /** Whether the whole request was answered when the lock was written; else there may be more users. */
  readonly complete: boolean;
  /** The lock's own names of the files that were asked for. */
  readonly files: readonly string[];
  /** Level-0 products whose baselines name one of them, in the order of the lock. */
  readonly level0: readonly string[];
  /** All Level-0 products of the lock. */
  readonly of: number;
}

/**
 * Names match with or without their extension. The lock is read twice by lines, because its files come last, and never held as a whole.
 * @throws Failure FILE_UNREADABLE, LOCK_BROKEN
 */
export async function usersOfAdf(file: string, names: readonly string[]): Promise<LockUsers> {
  const stems = new Set(names.map(stemOf));
  const needles = [...stems].map((stem) => Buffer.from(stem));
  const [places, files]: [number[], string[]] = [[], []];
  let place = 0;
  const { outcome, members } = await scan(file, (list, row) => {
    if (list !== 'files' || !row) return;
    const name = needles.some((needle) => row.includes(needle)) ? nameIn(row) : '';
    if (stems.has(stemOf(name))) {
      files.push(name);
      places.push(place);
    }
    place++;
  });
  if (outcome === 'broken') throw broken(file);
  if (outcome === 'other-layout') return usersInWhole(file, stems);
  const uses = placeFinder(places);
  const level0: string[] = [];
  let of = 0;
  await scan(file, (list, row) => {
    if (list !== 'level0' || !row) return;
    of++;
    if (uses(row)) level0.push(nameIn(row));
  });
  return { campaign: campaignOf(members, file), complete: members.get('complete') === 'true', files, level0, of };
}

async function scan(file: string, onRow: OnRow): Promise<ScanResult> {
  try {
    return await scanLock(file, onRow);
  } catch (error) {
    if (error instanceof SyntaxError) throw broken(file);
    throw unreadable(file, 'lock', error);
  }
}

function broken(file: string): Failure {
  return new Failure({ code: 'LOCK_BROKEN', path: file, reason: 'its content is not what its sha256 says' });
}

/** @throws SyntaxError for a row that is not JSON */
function nameIn(row: Buffer): string {
  const { name } = JSON.parse(row.toString()) as { readonly name?: unknown };
  return typeof name === 'string' ? name : '';
}

/** @throws Failure LOCK_BROKEN where it is not JSON: a digest is no proof, anybody can write one */
function campaignOf(members: ScanResult['members'], file: string): string {
  const read = readJson(members.get('campaign') ?? '');
  if ('value' in read && typeof read.value === 'string') return read.value;
  throw new Failure({ code: 'LOCK_BROKEN', path: file, reason: 'it is of another version, or no lock' });
}

const FILES = Buffer.from('"files":[');
const [OPEN, COMMA, CLOSE] = Buffer.from('[,]');

/** Whether the list of files of a Level-0 row has one of the places, found among its bytes: to parse them all takes ten times as long. */
function placeFinder(places: readonly number[]): (row: Buffer) => boolean {
  const needles = places.map((place) => Buffer.from(String(place)));
  return (row) => {
    const list = row.lastIndexOf(FILES) + FILES.length - 1;
    return needles.some((needle) => {
      for (let at = row.indexOf(needle, list); at >= 0; at = row.indexOf(needle, at + 1)) {
        const [before, after] = [row[at - 1], row[at + needle.length]];
        if ((before === OPEN || before === COMMA) && (after === COMMA || after === CLOSE)) return true;
      }
      return false;
    });
  };
}

/** A lock that somebody laid out anew. */
async function usersInWhole(file: string, stems: ReadonlySet<string>): Promise<LockUsers> {
  const lock = await readLock(file);
  if (!lock) throw new Failure({ code: 'FILE_UNREADABLE', path: file, what: 'lock', reason: 'ENOENT' });
  return { ...usersInLock(lock, stems), campaign: lock.campaign, complete: lock.complete, of: lock.level0.length };
}

function usersInLock({ files, level0 }: CampaignLock, stems: ReadonlySet<string>): Pick<LockUsers, 'files' | 'level0'> {
  const isAsked = (place: number): boolean => stems.has(stemOf(files[place]?.name ?? ''));
  return {
    files: files.flatMap(({ name }) => (stems.has(stemOf(name)) ? [name] : [])),
    level0: level0.flatMap(({ name, files: places }) => (places.some(isAsked) ? [name] : [])),
  };
}
