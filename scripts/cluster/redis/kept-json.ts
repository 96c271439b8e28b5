/** What is kept in Redis as JSON. Others may have written to it. */

/** An entry that cannot have been written by auxflow, or was changed since; `queueError` names the queue. */
export class DamagedEntry extends Error {
  override readonly name = 'DamagedEntry';
}

/** @param what of the queue it is, for messages @throws DamagedEntry */
export function keptJson(text: string, what: string): object {
  const value = valueOf(text);
  if (typeof value === 'object' && value !== null) return value;
  throw new DamagedEntry(what);
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
