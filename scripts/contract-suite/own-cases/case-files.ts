/** The files of `contract --cases`: found in an order that stays the same, read with bounds. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { unreadable } from '../../errors/read-input';
import { Failure } from '../../errors/errors';
import { inWords } from '../../errors/fault-words';
import { codeOf } from '../../errors/target-failure';
import { readPlainFile } from '../../lib/plain-file';

export interface FoundFile {
  /** From the folder of cases, with `/`. */
  readonly name: string;
  readonly text: string;
}

/** What makes a file no case file, before a line of it is read. */
export interface BadFile {
  readonly name: string;
  readonly problem: string;
}

/** Levels of folders below the folder of cases. */
const MAX_DEPTH = 5;
const MAX_FILES = 1000;
/** Characters; YAML takes a thousand times as long to read as JSON. */
const MAX_SIZE = 256 * 1024;
const WHAT = 'folder of cases';

const IS_CASE_FILE = /\.(?:ya?ml|json)$/i;
const IS_SCHEMA = /\.schema\.(?:ya?ml|json)$/i;

/**
 * Case files of a folder and the folders in it, by name; or the one file that is named itself. Schemas (`*.schema.json`) and what begins
 * with a dot are none.
 * @throws Failure FILE_UNREADABLE
 */
export async function caseFiles(place: string): Promise<(FoundFile | BadFile)[]> {
  const found = await stat(place).catch((error: unknown) => {
    throw unreadable(place, WHAT, error);
  });
  const root = found.isDirectory() ? place : path.dirname(place);
  const names = found.isDirectory() ? await namesIn(place, '', 0) : [path.basename(place)];
  if (names.length > MAX_FILES)
    throw new Failure({ code: 'FILE_UNREADABLE', path: place, what: WHAT, reason: `more than ${MAX_FILES} files` });
  const files: (FoundFile | BadFile)[] = [];
  for (const name of names) files.push(await caseFile(root, name));
  return files;
}

async function namesIn(root: string, folder: string, depth: number): Promise<string[]> {
  const here = path.join(root, folder);
  const entries = await readdir(here, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(here, WHAT, error);
  });
  const names: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.posix.join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory() && depth < MAX_DEPTH) names.push(...(await namesIn(root, name, depth + 1)));
    else if (IS_CASE_FILE.test(entry.name) && !IS_SCHEMA.test(entry.name)) names.push(name);
    else if (entry.isDirectory() || (await leadsToFolder(path.join(root, name), entry.isSymbolicLink())))
      names.push(name);
    if (names.length > MAX_FILES) break;
  }
  return names;
}

/** A link to a folder may lead back here: it is not followed, which is said. */
async function leadsToFolder(place: string, isLink: boolean): Promise<boolean> {
  return (
    isLink &&
    (await stat(place)
      .then((found) => found.isDirectory())
      .catch(() => false))
  );
}

/** Also of schemas that cases name. A link to a file is as good as the file. */
export async function caseFile(root: string, name: string): Promise<FoundFile | BadFile> {
  const place = path.join(root, name);
  try {
    const { size } = await stat(place);
    if (size > MAX_SIZE) return { name, problem: `has more than ${MAX_SIZE / 1024} KiB` };
    const bytes = await readPlainFile(place, { follow: true });
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    return { name, problem: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof TypeError) return 'is not UTF-8';
  const code = codeOf(error) || 'unreadable';
  if (code === 'it is not a regular file') return 'is not a regular file';
  return `cannot be read: ${inWords(code)}`;
}
