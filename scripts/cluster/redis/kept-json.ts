/** What is kept in Redis as JSON. Others may have written to it. */
import { readJson } from '../../lib/read-json';
import { schemaErrors } from '../../services/schema/validators';
import type { KeptEntries } from './kept-entries';

/** An entry that cannot have been written by auxflow, or was changed since; `queueError` names the queue. */
export class DamagedEntry extends Error {
  override readonly name = 'DamagedEntry';
}

/** @param what of the queue it is, for messages @throws DamagedEntry */
export function keptJson<Kind extends keyof KeptEntries>(kind: Kind, text: string, what: string): Kept<Kind> {
  const read = readJson(text);
  return keptValue(kind, 'value' in read ? read.value : undefined, what);
}

export type Kept<Kind extends keyof KeptEntries> = NonNullable<KeptEntries[Kind]>;

/** The same of what was read already. @throws DamagedEntry */
export function keptValue<Kind extends keyof KeptEntries>(kind: Kind, value: unknown, what: string): Kept<Kind> {
  if (value === undefined || schemaErrors('queue', { [kind]: value }).length > 0) throw new DamagedEntry(what);
  return value as Kept<Kind>;
}
