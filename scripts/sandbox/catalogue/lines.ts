/** The lines of the published lists (and of the built-in facts, which are written alike). */
import { parseAdfName } from '../../sentinel/adf-name';
import { parseLevel0Name } from '../../sentinel/level0-name';
import { parseCompactTime } from '../../sentinel/time';
import type { Level0Record } from './catalogue';

/** A file by its name; `id` only where the real one is known. Epoch milliseconds. */
export interface AdfRow {
  readonly name: string;
  readonly id?: string;
  readonly start: number;
  readonly stop: number;
  readonly creation: number;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `name`, or `name : uuid`. Undefined when the name is no ADF name or the id no UUID. */
export function parseAdfLine(line: string): AdfRow | undefined {
  const [name = '', id, ...more] = line.split(' : ');
  const parsed = parseAdfName(name);
  if (!parsed || more.length > 0 || (id !== undefined && !UUID.test(id))) return undefined;
  const { start, stop, creation } = parsed;
  return { name, id: id?.toLowerCase(), start, stop, creation };
}

/** `name`, or for Sentinel-2 `name;yyyymmddThhmmss` with the sensing time of the data take, which is what the database has. */
export function parseLevel0Line(line: string): Level0Record | undefined {
  const [name = '', dataTake, ...more] = line.split(';');
  const parsed = parseLevel0Name(name);
  if (!parsed || more.length > 0) return undefined;
  if (dataTake === undefined) return { name, start: parsed.t0, stop: parsed.t1 };
  const time = parseCompactTime(dataTake);
  return time === undefined ? undefined : { name, start: time, stop: time };
}

/** Lines with something in them; those that begin with `#` are remarks. */
export function* contentLines(text: string): Iterable<string> {
  for (const line of text.split('\n')) {
    const content = line.trim();
    if (content !== '' && !content.startsWith('#')) yield content;
  }
}
