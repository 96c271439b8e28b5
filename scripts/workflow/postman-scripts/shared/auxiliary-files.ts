/**
 * The distinct files of the data baseline, as they wait for folder 2. They live in collection variables because in the app
 * each request is sent on its own; a runner passes them on the same way.
 */
import { goTo } from './execution';
import { variable } from './variables';

export interface AuxiliaryFile {
  readonly id: string;
  readonly name: string;
  readonly link: string;
}

const WAITING = 'auxiliary_files';

export function waitingFiles(): AuxiliaryFile[] {
  return JSON.parse(pm.collectionVariables.get(WAITING) ?? '[]') as AuxiliaryFile[];
}

export function keepWaiting(files: readonly AuxiliaryFile[]): void {
  pm.collectionVariables.set(WAITING, JSON.stringify(files));
}

/** How many files folder 2 may look at: every `$value` is charged to the account's quota, read or not. 0 leaves the folder out. */
export function downloadLimit(): number {
  const limit = variable('download_limit');
  return /^[0-9]+$/.test(limit) ? Number(limit) : 1;
}

/** The file that the requests of folder 2 are about. */
export function takeFile({ id, name, link }: AuxiliaryFile): void {
  pm.collectionVariables.set('file_id', id);
  pm.collectionVariables.set('file_name', name);
  pm.collectionVariables.set('file_link', link);
}

export function forgetFile(): void {
  for (const name of ['file_id', 'file_name', 'file_link', 'store_url']) pm.collectionVariables.unset(name);
}

/**
 * The file at hand is done: go on with the next one, or end here so that a runner leaves "Send and Download" alone. To be
 * called by a test script: what a skipped request says of the next one is not heeded.
 */
export function goOnWithNextFile(): void {
  const rest = waitingFiles().slice(1);
  keepWaiting(rest);
  pm.collectionVariables.unset('store_url');
  goTo(rest.length > 0 ? 'Catalogue entry' : null);
}
