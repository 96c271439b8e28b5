import { exported, type ExportFormat } from '../campaign/export-formats';
import { EXIT } from '../exit-codes';
import { lockAt } from './verify';

/** Writes a lock in the form of another tool. @throws Failure FILE_UNREADABLE, LOCK_BROKEN */
export async function exportLock(place: string, format: ExportFormat, out: NodeJS.WritableStream): Promise<number> {
  const { lock } = await lockAt(place);
  for (const text of exported(lock, format)) out.write(text);
  return EXIT.ok;
}
