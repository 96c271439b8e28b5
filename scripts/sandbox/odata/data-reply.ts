import { textReply, type Reply } from '../http/reply';
import { writeAtom, type AtomShape } from './atom';
import type { Representation } from './content-negotiation';
import type { Fields } from './write-value';

/** A value in the representation asked for. */
export function dataReply(
  status: number,
  json: Fields,
  representation: Representation,
  shape: AtomShape,
  headers: Reply['headers'] = {},
): Reply {
  const body = representation.form === 'json' ? JSON.stringify(json) : writeAtom(json, shape);
  return textReply(status, representation.contentType, body, headers);
}
