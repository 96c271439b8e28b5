import { exported, type ExportFormat } from './export-formats';
import { EXIT } from '../../errors/exit-codes';
import { lockAt } from '../lock/verify-folder';

/** Writes a lock in the form of another tool. @throws Failure FILE_UNREADABLE, LOCK_BROKEN */
export async function exportLock(place: string, format: ExportFormat, out: NodeJS.WritableStream): Promise<number> {
  const { lock } = await lockAt(place);
  for (const text of exported(lock, format)) out.write(text);
  return EXIT.ok;
}
