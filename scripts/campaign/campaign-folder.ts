import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { settle, settledBy, type CampaignFile, type FileState } from './campaign-file';
import { LOCK_NAME, lockText, readLock, type CampaignLock } from './lock/campaign-lock';
import {
  answersToCopy,
  lockedAnswers,
  makeAnswersFolder,
  refuseForeignAnswers,
  removeOtherAnswers,
} from './lock/answers-folder';
import { folderBeginnings, refuseForeignLists } from './lock/foreign-lists';
import { lockBeginning } from './lock/lock-beginning';
import { fileLists, linkOf, LIST_NAMES } from './lock/file-lists';
import { keptMatrix, MATRIX_NAME, removeOtherMatrix } from './lock/kept-matrix';
import type { Manifest } from './manifest';
import type { Completeness } from './completeness/judgement';
import type { ResolvedFile } from './resolve-files';
import type { SavedAnswer } from './saved-answers';
import { sizeOfFile } from '../lib/plain-file';
import { TEMPORARY, writeTogether, type Content } from '../lib/write-file-atomic';
import type { PackedPicture } from '../reports/campaign/campaign-picture';
import type { DownloadOptions, Outcome } from '../download/download-all';
import { UNPACKING } from '../unpack/unpack-aside';
import { createPartNames } from '../download/part-names';
import { placeOf, type Layout } from '../download/layout';
import { inTarget } from '../errors/target-failure';
import { Failure, toError } from '../errors/errors';
import type { BaselineRequest } from '../services/rdb';
import type { Site } from '../services/site';

export interface CampaignFolderOptions {
  readonly folder: string;
  readonly campaign: string;
  readonly site: Site;
  readonly request: BaselineRequest;
  /** As asked for; without it the folder keeps the one it has, and a new one is flat. */
  readonly layout: Layout | undefined;
  /** Archives are unpacked; a folder in which they are keeps it. */
  readonly unpack?: boolean;
  /** Where the files are objects: the lock beside them, which is believed until this run looks at each. */
  readonly objectLock?: CampaignLock;
  readonly now: () => Date;
}

export interface Known {
  readonly answers: readonly SavedAnswer[];
  readonly complete: boolean;
  readonly level0: Manifest['level0'];
  readonly resolved: readonly ResolvedFile[];
  /** What was judged, where anything was; both free of secrets. */
  readonly completeness?: Completeness;
  readonly matrix?: PackedPicture;
}

/** The lists beside the files: lock, manifests, MD5SUMS and answers. The caller holds the folder's lock against other processes. */
export interface CampaignFolder {
  readonly layout: Layout;
  /** Whether archives are unpacked, and what earlier runs unpacked. */
  readonly unpack: DownloadOptions['unpack'];
  /** What the services said, before the first file is asked for. */
  begin(known: Known): Promise<void>;
  listed(): readonly (CampaignFile & { readonly link: string })[];
  /** What became of a file. The lock is written again now and then, so that it is nearly true when the process is killed. */
  settle(outcome: Outcome): void;
  /** @param without lists that are left to a later run: none that is there stays, as it would say something else than the lock */
  finish(without?: readonly string[]): Promise<void>;
  /** As things stand now. */
  lock(): CampaignLock;
}

const LISTS = new Set<string>([LOCK_NAME, MATRIX_NAME, ...LIST_NAMES]);

/** Writing must not take more than a twentieth of the time, however long the lock is. */
const PAUSE_FACTOR = 20;
const MIN_PAUSE_MILLISECONDS = 1000;

/**
 * @throws Failure LOCK_FOREIGN if the folder belongs to another request, LAYOUT_OTHER, LOCK_BROKEN, FILE_UNREADABLE, FILE_IN_THE_WAY
 * where lists or answers are somebody else's; all methods
 * TARGET_UNWRITABLE, DISK_FULL
 */
export async function openCampaignFolder(options: CampaignFolderOptions): Promise<CampaignFolder> {
  const { folder, now } = options;
  const lockFile = path.join(folder, LOCK_NAME);
  await removeHalfWritten(folder);
  const own = options.objectLock ?? (await ownLock(lockFile, options));
  const layout = await layoutFor(own, options);
  const earlier = new Map(own?.files.map((file) => [file.id, file]));
  let lock: Omit<CampaignLock, 'files'> | undefined;
  /** By id, in the lock's order, as they are now. */
  const files = new Map<string, CampaignFile>();
  let writing: Promise<void> | undefined;
  let nextWrite = 0;

  const current = (): CampaignLock => {
    if (!lock) throw new Error('begin first');
    return { ...lock, updatedAt: now().toISOString(), files: [...files.values()] };
  };
  /** The lock comes last, because it speaks of the others. */
  async function write(others: readonly Content[] = []): Promise<void> {
    const since = performance.now();
    const files = [...others, { file: lockFile, pieces: lockText(current()) }];
    await inTarget(folder, () => writeTogether(files));
    const ended = performance.now();
    nextWrite = ended + Math.max(MIN_PAUSE_MILLISECONDS, PAUSE_FACTOR * (ended - since));
  }

  const unpack = options.unpack === true || own?.unpack === true;
  return {
    layout,
    unpack: unpack ? { known: (id) => files.get(id)?.unpacked } : undefined,
    async begin(known) {
      const answers = baselines(known.answers);
      const matrix = known.matrix && keptMatrix(known.matrix, folder);
      const kept = { answers: lockedAnswers(answers, own?.answers), ...(matrix ? { matrix: matrix.locked } : {}) };
      lock = { ...lockOf(known, { ...options, layout, unpack }), ...kept };
      for (const found of known.resolved) {
        const file = lockedFile(found, layout);
        files.set(file.id, await stillVerified(file, earlier, options));
      }
      earlier.clear();
      await inTarget(folder, async () => {
        await makeAnswersFolder(folder);
        await write([...answersToCopy(answers, folder), ...(matrix ? [matrix.content] : [])]);
        await removeOtherAnswers(kept.answers, folder);
        if (!matrix) await removeOtherMatrix(folder);
      });
    },
    listed: () => [...files.values()].map((file) => ({ ...file, link: linkOf(file, options.site) })),
    settle(outcome) {
      const file = files.get(outcome.id);
      if (file) files.set(file.id, settle(file, settledBy(outcome)));
      if (writing || performance.now() < nextWrite) return;
      // A disk that is full fails the transfers as well, with a better sentence.
      writing = write()
        .catch(() => undefined)
        .finally(() => (writing = undefined));
    },
    lock: current,
    async finish(without = []) {
      await writing;
      await inTarget(folder, () => removeLists(without, folder));
      await write(listsOf(current(), without, folder));
    },
  };
}

async function removeLists(names: readonly string[], folder: string): Promise<void> {
  for (const name of names) await rm(path.join(folder, name), { force: true });
}

function listsOf(lock: CampaignLock, without: readonly string[], folder: string): Content[] {
  const lists = fileLists(lock).filter(({ name }) => !without.includes(name));
  return lists.map(({ name, pieces }) => ({ file: path.join(folder, name), pieces }));
}

async function ownLock(
  lockFile: string,
  { campaign, folder }: CampaignFolderOptions,
): Promise<CampaignLock | undefined> {
  const lock = await readLock(lockFile);
  if (!lock) await refuseForeign(folder);
  else if (lock.campaign !== campaign)
    throw new Failure({ code: 'LOCK_FOREIGN', path: lockFile, campaign: lock.campaign, asked: campaign });
  return lock;
}

async function refuseForeign(folder: string): Promise<void> {
  await refuseForeignLists(folderBeginnings(folder));
  await refuseForeignAnswers(folder);
}

/** Files that lie elsewhere would be fetched, and charged, a second time. @throws Failure LAYOUT_OTHER */
async function layoutFor(
  own: CampaignLock | undefined,
  { folder, layout, objectLock }: CampaignFolderOptions,
): Promise<Layout> {
  const { layout: kept = 'flat', files = [] } = own ?? {};
  if (!own || layout === undefined || layout === kept) return layout ?? kept;
  const parts = createPartNames();
  const isBegun = async (place: string, state: FileState): Promise<boolean> => {
    if (objectLock) return state === 'verified';
    const file = path.join(folder, place);
    return (await sizeOfFile(file)) !== undefined || (await parts.left(file)).length > 0;
  };
  for (const { path: place, state } of files) {
    if (place !== undefined && (await isBegun(place, state)))
      throw new Failure({ code: 'LAYOUT_OTHER', path: folder, layout: kept, asked: layout });
  }
  return layout;
}

/** What a run left that was killed while it wrote a list. */
async function removeHalfWritten(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (TEMPORARY.test(name) && LISTS.has(name.replace(TEMPORARY, '')))
      await rm(path.join(folder, name), { force: true });
  await rm(path.join(folder, UNPACKING), { recursive: true, force: true });
}

/** What an earlier run verified stays so, as long as the file is there: this run may not come to look at it again. */
async function stillVerified(
  file: CampaignFile,
  earlier: ReadonlyMap<string, CampaignFile>,
  { folder, objectLock }: CampaignFolderOptions,
): Promise<CampaignFile> {
  const before = earlier.get(file.id);
  if (before?.state !== 'verified' || before.path === undefined || before.md5 !== file.md5) return file;
  const size = objectLock ? before.bytes : await sizeOfFile(path.join(folder, before.path));
  if (size !== file.bytes) return file;
  const { path: place, problem, unpacked } = before;
  return { ...file, path: place, state: 'verified', problem, unpacked };
}

function lockOf(
  { complete, completeness, level0, resolved }: Known,
  options: CampaignFolderOptions & { readonly layout: Layout },
): Omit<CampaignLock, 'answers' | 'files'> {
  const { campaign, site, request, layout, unpack, now } = options;
  const places = new Map(resolved.map(({ file }, index) => [file.name, index]));
  return {
    ...lockBeginning(campaign, site, now()),
    request,
    layout,
    ...(unpack ? { unpack } : {}),
    complete,
    level0: level0.map(({ name, known, files }) => ({
      name,
      known,
      files: files.flatMap((file) => places.get(file) ?? []),
    })),
    ...(completeness ? { completeness } : {}),
  };
}

/** A file as a lock begins with it. */
export function lockedFile(found: ResolvedFile, layout: Layout): CampaignFile {
  const { id, name, type } = found.file;
  if ('error' in found) return { id, name, type, state: 'failed', problem: found.error.code };
  const { contentLength: bytes, md5, publicationDate } = found.entry;
  try {
    return { id, name, type, path: placeOf(found.entry.name, layout), bytes, md5, publicationDate, state: 'wanted' };
  } catch (error) {
    return { id, name, type, state: 'failed', problem: toError(error).code };
  }
}

const baselines = (answers: readonly SavedAnswer[]): SavedAnswer[] =>
  answers.filter(({ level0 }) => level0 !== undefined);
