import { readJson } from '../../lib/read-json';
import { scanLock } from './lock-scan';

/** Takes what is looked at and not kept: a lock of a million Level-0 products has 400 MB. */
export interface Passing {
  /** @returns whether the row of the list is taken, and not kept */
  row(list: string, value: unknown): boolean;
  /** A name of the request's long list, none of which is kept then. */
  name(value: unknown): void;
}

/**
 * A lock's text as a value, but for its digest, read by lines. Undefined for a text that is laid out otherwise, or whose digest is another: then the
 * whole of it says why.
 * @throws file system errors as they come
 */
export async function contentByLines(file: string, passing?: Passing): Promise<object | undefined> {
  const lists = new Map<string, unknown[]>();
  const broken: string[] = [];
  const valueOf = (text: string): unknown => {
    const read = readJson(text);
    if ('value' in read) return read.value;
    broken.push(text);
    return undefined;
  };
  const onName = passing && ((text: string): void => passing.name(valueOf(text)));
  const { outcome, members } = await scanLock(
    file,
    (list, row) => {
      const rows = lists.get(list);
      if (!row && !rows) lists.set(list, []);
      if (!row || !rows) return;
      const value = valueOf(row.toString());
      if (passing?.row(list, value) !== true) rows.push(value);
    },
    onName,
  );
  const single = [...members].filter(([key]) => key !== 'sha256').map(([key, text]) => [key, valueOf(text)] as const);
  return outcome === 'right' && broken.length === 0 ? Object.fromEntries([...single, ...lists]) : undefined;
}
