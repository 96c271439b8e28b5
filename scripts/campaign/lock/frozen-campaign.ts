import path from 'node:path';
import type { RequestWords } from '../request/baseline-request';
import type { CampaignFile } from '../campaign-file';
import type { CampaignLock } from './campaign-lock';
import type { Manifest, ManifestFile } from '../manifest';
import { level0OfFiles } from './file-lists';
import type { Layout } from '../../download/layout';
import type { ResolvedFile } from '../resolve-files';
import { Failure, type AuxflowError } from '../../errors/errors';
import { plural } from '../../lib/format';
import type { BaselineRequest } from '../../services/rdb';
import type { ControlPlaneResult } from '../control-plane';
import { findAnswer } from './answers-folder';
import { allowing } from '../completeness/allowed';
import { notesOf as completenessNotes } from '../completeness/notes';
import type { JudgedBaselines } from '../completeness/judge-baselines';
import { emptyErrors, INCOMPLETE, lockAt } from './find-lock';
import { readKeptMatrix } from './kept-matrix';

/** What a lock says, in the place of what the services would say now. */
export interface FrozenCampaign {
  readonly request: BaselineRequest;
  readonly complete: boolean;
  readonly layout: Layout | undefined;
  readonly unpack: boolean;
  readonly control: ControlPlaneResult;
  readonly manifest: Manifest;
  readonly resolved: readonly ResolvedFile[];
  /** What was judged when the campaign was fetched; absent in locks that were written without it. */
  readonly judged?: JudgedBaselines;
  /** What is good to know of the lock. */
  readonly notes: readonly string[];
  /** Why there is nothing to fetch, if there is not. */
  emptyErrors(failOnEmpty: boolean): AuxflowError[];
  /** @throws Failure LOCK_FOREIGN: the lock of one site says nothing about another */
  refuseOtherCampaign(name: string): void;
}

/**
 * @param allowMissing LongNames of types that may be missing, besides those that were allowed to be when it was judged
 * @throws Failure USAGE if there is a request beside the lock; LOCK_MISSING, FILE_UNREADABLE, FILE_MALFORMED, LOCK_BROKEN
 */
export async function frozenCampaign(
  place: string,
  words: RequestWords,
  allowMissing: readonly string[] = [],
): Promise<FrozenCampaign> {
  if (Object.values(words).some((word) => word !== undefined))
    throw new Failure({
      code: 'USAGE',
      problem: 'Both a lock and a request are given.',
      next: 'Omit one of them.',
    });
  const { lock, file } = await lockAt(place);
  const resolved = resolvedOf(lock);
  const folder = path.dirname(file);
  const answers = await answersOf(lock, folder);
  const judged = await judgedOf(lock, folder, allowMissing);
  return {
    request: requestOf(lock, file),
    complete: lock.complete,
    layout: lock.layout,
    unpack: lock.unpack === true,
    control: { steps: [], repeated: [], runs: 0, errors: [], answers },
    manifest: manifestOf(lock, resolved),
    resolved,
    judged,
    notes: [...notesOf(lock, answers), ...(judged ? completenessNotes(judged.completeness) : [])],
    emptyErrors: (failOnEmpty) => emptyErrors(lock, failOnEmpty),
    refuseOtherCampaign(name) {
      if (name === lock.campaign) return;
      throw new Failure({ code: 'LOCK_FOREIGN', path: file, campaign: lock.campaign, asked: name });
    },
  };
}

function requestOf({ request }: CampaignLock, file: string): BaselineRequest {
  const { mission, unit, productType, level0Names, start, stop } = request;
  if (level0Names) return { mission, unit, productType, level0Names };
  if (start !== undefined && stop !== undefined) return { mission, unit, productType, start, stop };
  throw new Failure({ code: 'LOCK_BROKEN', path: file, reason: 'it has neither names nor an interval' });
}

type Answers = ControlPlaneResult['answers'];

/** A lock may have been copied out of its folder: what the answers say stands in it, so their bodies are not needed. */
async function answersOf({ answers, level0 }: CampaignLock, folder: string): Promise<Answers> {
  return Promise.all(
    answers.map(async (answer, iteration) => {
      const file = answer.path === undefined ? undefined : path.join(folder, answer.path);
      const isHere = file !== undefined && (await findAnswer(file, answer)) === 'right';
      return { ...answer, path: isHere ? file : undefined, iteration, level0: level0.length, errors: [] };
    }),
  );
}

async function judgedOf(
  { completeness, matrix }: CampaignLock,
  folder: string,
  allowMissing: readonly string[],
): Promise<JudgedBaselines | undefined> {
  if (!completeness) return undefined;
  return allowing({ completeness, matrix: await readKeptMatrix(matrix, folder) }, allowMissing);
}

function notesOf({ complete }: CampaignLock, answers: Answers): string[] {
  const absent = answers.filter((answer) => answer.path === undefined).length;
  const bodies = `${plural(absent, 'baseline answer is', 'baseline answers are')} not beside the lock: digests are kept, files are fetched`;
  return [...(absent > 0 ? [bodies] : []), ...(complete ? [] : [INCOMPLETE])];
}

function manifestOf({ level0, files }: CampaignLock, resolved: readonly ResolvedFile[]): Manifest {
  const nameAt = (place: number): string[] => [files[place]?.name ?? []].flat();
  return {
    level0: level0.map(({ name, known, files: places }) => ({ name, known, files: places.flatMap(nameAt) })),
    files: resolved.map(({ file }) => file),
    references: level0.reduce((sum, entry) => sum + entry.files.length, 0),
    refused: [],
  };
}

function resolvedOf(lock: CampaignLock): ResolvedFile[] {
  const neededBy = level0OfFiles(lock);
  return lock.files.map((locked, index) => resolvedFile(locked, neededBy[index]?.length ?? 0));
}

/** The entry as the lock has it: a catalogue that says something else by now would not be the same set. */
function resolvedFile(locked: CampaignFile, neededBy: number): ResolvedFile {
  const { id, name, type, path: place, bytes, md5, publicationDate } = locked;
  const file: ManifestFile = { id, name, type, neededBy };
  if (place === undefined || bytes === undefined || publicationDate === undefined)
    return { file, error: { code: 'FILE_MISSING', name } };
  const entry = { id, name: path.posix.basename(place), contentLength: bytes, md5, publicationDate };
  return { file, entry };
}
