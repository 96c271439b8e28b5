/** Below `per-l0/`: for each Level-0 product the files it needs, as a list or as links. */
import { link, lstat, readdir, readlink, rename, rm, rmdir, symlink } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import path from 'node:path';
import { compareFile } from '../download/existing-file';
import { inTheWay } from '../download/publish';
import { codeOf, targetFailure } from '../errors/target-failure';
import { errorsOf, Failure, type AuxflowError } from '../errors/errors';
import { interruption } from '../services/interruption';
import { isSafeFileName } from '../sentinel/safe-name';
import { unpackedPlace } from '../unpack/archive';
import { makePath } from '../lib/ensure-folder';
import { readPlainFile } from '../lib/plain-file';
import { writeWhole } from '../lib/write-file-atomic';
import type { Listener } from '../session/run-events';
import type { CampaignFile } from './campaign-file';
import type { CampaignLock } from './lock/campaign-lock';

/** `list`: `<L0>.txt` with paths; `hardlink`, `symlink`: `<L0>/<ADF>`. */
export const PER_LEVEL0_FORMS = ['list', 'hardlink', 'symlink'] as const;

export type PerLevel0Form = (typeof PER_LEVEL0_FORMS)[number];

export const PER_LEVEL0_FOLDER = 'per-l0';

export interface PerLevel0Options {
  readonly lock: CampaignLock;
  /** Of the campaign; the caller holds its lock. */
  readonly folder: string;
  readonly form: PerLevel0Form;
  readonly signal: AbortSignal;
  readonly listener?: Listener;
}

/**
 * Lists name everything that a product needs, in paths relative to the campaign's folder: what is not here is missed by whoever
 * reads them. Links lead to verified files only. Done again, it changes nothing that is right.
 * @returns what kept a product from its list or links: NAME_UNSAFE, FILE_IN_THE_WAY, TARGET_UNWRITABLE, DISK_FULL, INTERRUPTED
 */
export async function writePerLevel0({
  lock,
  folder,
  form,
  signal,
  listener,
}: PerLevel0Options): Promise<AuxflowError[]> {
  const errors: AuxflowError[] = [];
  const root = path.join(folder, PER_LEVEL0_FOLDER);
  try {
    await makeOwnFolder(root);
    const total = lock.level0.length;
    for (const [done, { name: told, files }] of lock.level0.entries()) {
      listener?.({ type: 'activity', text: 'files of each Level-0 product', done, total });
      if (signal.aborted) throw interruption(signal);
      const name = told.trim();
      const needed = files.flatMap((place) => lock.files[place] ?? []);
      if (!isSafeFileName(name)) errors.push({ code: 'NAME_UNSAFE', name, what: 'a Level-0 product' });
      else if (form === 'list') await writeList(path.join(root, `${name}.txt`), needed, lock.unpack);
      else errors.push(...(await linkFiles({ place: path.join(root, name), needed, folder, form })));
    }
  } catch (error) {
    errors.push(targetFailure(error, root).detail);
  }
  return errors;
}

async function writeList(file: string, needed: readonly CampaignFile[], unpack: boolean | undefined): Promise<void> {
  const text = needed
    .map((item) => `${placeInList(item, unpack)}\n`)
    .sort()
    .join('');
  const present = await readPlainFile(file).catch(() => undefined);
  if (present?.toString() !== text) await writeWhole(file, [text]);
}

/** What an archive was, or will be, unpacked to; one that could not be unpacked stays what it is. */
function placeInList({ path: place, name, state, unpacked }: CampaignFile, unpack = false): string {
  if (place === undefined) return name;
  return unpacked || (unpack && state !== 'verified') ? unpackedPlace(place) : place;
}

interface Links {
  /** Folder of one Level-0 product. */
  readonly place: string;
  readonly needed: readonly CampaignFile[];
  readonly folder: string;
  readonly form: 'hardlink' | 'symlink';
}

/** A file that can be linked to: a verified one, or what an archive was unpacked to. */
type Verified = Required<Pick<CampaignFile, 'path' | 'bytes' | 'md5'>>;

async function linkFiles(links: Links): Promise<AuxflowError[]> {
  const verified = new Map(links.needed.flatMap(linkable));
  const errors = await errorsOf(makeOwnFolder(links.place));
  if (errors.length > 0) return errors;
  await removeStale(links.place, verified);
  for (const [name, file] of verified) {
    try {
      await makeFoldersTo(name, links.place);
      await linkFile(path.join(links.place, name), file, links);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      errors.push(error.detail);
    }
  }
  return errors;
}

/** Behind a link lies somebody's folder. @throws Failure FILE_IN_THE_WAY; file system errors as they come */
async function makeOwnFolder(folder: string): Promise<void> {
  await makePath(folder);
  if ((await lstat(folder)).isSymbolicLink()) throw inTheWay(folder);
}

/** By the name below the folder of the product: in place of an archive what it holds, in its folders. */
function linkable(file: CampaignFile): [string, Verified][] {
  if (!isVerified(file)) return [];
  const folder = path.posix.dirname(file.path);
  return (file.unpacked ?? [file]).map((part) => [path.posix.relative(folder, part.path), part]);
}

/** Each by itself, because behind a link lies somebody's folder. */
async function makeFoldersTo(name: string, place: string): Promise<void> {
  let folder = place;
  for (const part of name.split('/').slice(0, -1)) await makeOwnFolder((folder = path.join(folder, part)));
}

function isVerified(file: CampaignFile): file is CampaignFile & Verified {
  const { state, path: place, bytes, md5 } = file;
  return state === 'verified' && [place, bytes, md5].every((value) => value !== undefined);
}

/** Links that an earlier run made and that are not right any more. A file that has no other name is never taken away. */
async function removeStale(root: string, verified: ReadonlyMap<string, Verified>, below = ''): Promise<void> {
  for (const name of await readdir(path.join(root, below))) {
    const inner = path.posix.join(below, name);
    if (verified.has(inner) || !isSafeFileName(name)) continue;
    const place = path.join(root, inner);
    const found = await lstat(place);
    if (found.isSymbolicLink() || (found.isFile() && found.nlink > 1)) await rm(place);
    else if (found.isDirectory()) {
      await removeStale(root, verified, inner);
      // Not where somebody's own files are left.
      await rmdir(place).catch(() => undefined);
    }
  }
}

/** In one step: a link under its name is always a right one. @throws Failure FILE_IN_THE_WAY */
async function linkFile(place: string, file: Verified, { folder, form }: Links): Promise<void> {
  const original = path.join(folder, file.path);
  const target = path.relative(path.dirname(place), original);
  const found = await lstatIfThere(place);
  if (found && (await leadsThere(found, place, { form, original, target }))) return;
  if (found) await refuseForeign(found, place, file);
  const temporary = `${place}.tmp`;
  await rm(temporary, { force: true });
  await (form === 'symlink' ? symlink(target, temporary) : link(original, temporary));
  await rename(temporary, place);
}

async function leadsThere(
  found: Stats,
  place: string,
  { form, original, target }: Pick<Links, 'form'> & { readonly original: string; readonly target: string },
): Promise<boolean> {
  if (form === 'symlink') return found.isSymbolicLink() && (await readlink(place)) === target;
  const { dev, ino } = await lstat(original);
  return found.dev === dev && found.ino === ino;
}

/** A link, or a copy of the same bytes, may be replaced; anything else is somebody's. */
async function refuseForeign(found: Stats, place: string, { bytes, md5 }: Verified): Promise<void> {
  if (found.isSymbolicLink()) return;
  if ((await compareFile(place, { contentLength: bytes, md5 })) !== 'right') throw inTheWay(place);
}

async function lstatIfThere(file: string): Promise<Stats | undefined> {
  try {
    return await lstat(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
