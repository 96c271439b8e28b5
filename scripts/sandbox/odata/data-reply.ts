import { textReply, type Reply } from '../http/reply';
import { writeAtom } from './atom';
import type { Representation } from './content-negotiation';
import type { Fields } from './write-value';

/** A value in the representation asked for. */
export function dataReply(
  status: number,
  json: Fields,
  representation: Representation,
  headers: Reply['headers'] = {},
): Reply {
  const body = representation.form === 'json' ? JSON.stringify(json) : writeAtom(json);
  return textReply(status, representation.contentType, body, headers);
}
