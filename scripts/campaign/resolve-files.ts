import { Failure, toError, type AuxflowError } from '../errors/errors';
import { isNamed } from '../sentinel/is-named';
import type { Auxip } from '../services/auxip';
import type { CatalogueEntry } from '../services/catalogue-entry';
import type { ManifestFile } from './manifest';

/** A file of the manifest with its entry in the catalogue, or why it has none. `file.id` is the entry's. */
export type ResolvedFile =
  | { readonly file: ManifestFile; readonly entry: CatalogueEntry }
  | { readonly file: ManifestFile; readonly error: AuxflowError };

/** auxip.md#polite-clients: at most four requests at once, of the twenty that the proxy allows to the whole world. */
const AT_ONCE = 4;

/** What says nothing of this file, but that no file can be looked up. */
const ENDS_ALL = new Set(['TOKEN_REFUSED', 'LOGIN_PAGE', 'ROLE_MISSING', 'INTERRUPTED']);

/**
 * Looks up size, MD5 and publication date of each file, in its order. An id that has gone is looked up by name: a replacement has
 * another one (auxip.md#names-and-replacements).
 * @throws Failure only for what concerns all files: the account, the interruption
 */
export async function resolveFiles(
  files: readonly ManifestFile[],
  auxip: Pick<Auxip, 'catalogueEntry' | 'entriesByName'>,
  signal: AbortSignal,
): Promise<ResolvedFile[]> {
  const resolved: ResolvedFile[] = [];
  const queue = files.entries();
  async function lane(): Promise<void> {
    for (const [index, file] of queue) resolved[index] = await resolveFile(file, auxip, signal);
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return resolved;
}

async function resolveFile(
  file: ManifestFile,
  auxip: Pick<Auxip, 'catalogueEntry' | 'entriesByName'>,
  signal: AbortSignal,
): Promise<ResolvedFile> {
  try {
    return { file, entry: sharing(file, asNamed(file, await auxip.catalogueEntry(file.id, signal))) };
  } catch (error) {
    const failure = toError(error);
    if (ENDS_ALL.has(failure.code)) throw error;
    if (failure.code !== 'NOT_FOUND') return { file, error: failure };
    return resolveByName(file, failure, auxip, signal);
  }
}

/** The link must lead to the file that it stands beside. @throws Failure CATALOGUE_DISAGREES */
function asNamed({ id, name: expected }: ManifestFile, entry: CatalogueEntry): CatalogueEntry {
  if (isNamed(entry.name, expected)) return entry;
  throw new Failure({ code: 'CATALOGUE_DISAGREES', method: 'GET', url: `Products(${id})`, expected, came: entry.name });
}

/** The same entry with the texts of the file where they are equal: there may be 50 000, and the others need not be kept. */
function sharing({ id, name }: ManifestFile, entry: CatalogueEntry): CatalogueEntry {
  const { contentLength, md5, publicationDate } = entry;
  return {
    id: entry.id === id ? id : entry.id,
    name: entry.name === name ? name : entry.name,
    contentLength,
    md5,
    publicationDate,
  };
}

async function resolveByName(
  file: ManifestFile,
  gone: AuxflowError,
  auxip: Pick<Auxip, 'entriesByName'>,
  signal: AbortSignal,
): Promise<ResolvedFile> {
  try {
    const [latest] = await auxip.entriesByName(file.name, signal);
    return latest ? { file: { ...file, id: latest.id }, entry: latest } : { file, error: gone };
  } catch (error) {
    if (error instanceof Failure && ENDS_ALL.has(error.detail.code)) throw error;
    return { file, error: toError(error) };
  }
}
