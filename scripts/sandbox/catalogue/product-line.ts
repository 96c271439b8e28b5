/** A catalogue entry as auxip.svc writes it, one JSON object per line. */
import type { ProductRecord } from './catalogue';

/** The entry, or undefined when the line is no JSON or lacks a member; what else it holds (checksum, type) is not used. */
export function parseProductLine(line: string): ProductRecord | undefined {
  const entry = parseJson(line);
  const content = field(entry, 'ContentDate');
  const contentLength = field(entry, 'ContentLength');
  const texts = [
    field(entry, 'Id'),
    field(entry, 'Name'),
    field(entry, 'OriginDate'),
    field(entry, 'PublicationDate'),
    field(content, 'Start'),
    field(content, 'End'),
  ].filter((text) => typeof text === 'string');
  const [id, name, originDate, publicationDate, contentStart, contentEnd] = texts;
  if (typeof contentLength !== 'number' || !Number.isSafeInteger(contentLength) || contentLength < 0) return undefined;
  if (!id || !name || !originDate || !publicationDate || !contentStart || !contentEnd) return undefined;
  return { id: id.toLowerCase(), name, contentLength, originDate, publicationDate, contentStart, contentEnd };
}

/** Undefined for text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A member of a JSON object; undefined when the value is none or lacks it. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
