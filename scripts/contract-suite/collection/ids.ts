import { v5 as uuidv5 } from 'uuid';

/** Namespace of all auxflow ids: UUIDv5 of the project's name in the URL namespace. */
const NAMESPACE = uuidv5('auxflow', uuidv5.URL);

/** The same names give the same id on every run (RFC 9562 §5.5), so that regenerating a collection changes nothing. */
export function idOf(...names: readonly string[]): string {
  return uuidv5(names.join('\u0000'), NAMESPACE);
}
