import { malformedUri } from './odata-error';

/** A query option as sent, name and value decoded. */
export interface RawOption {
  readonly name: string;
  readonly value: string;
}

/** Percent-decoding as the services do it: UTF-8, `+` stays a plus sign (auxip.md#query-options). */
export function percentDecode(text: string): string {
  if (!text.includes('%')) return text;
  if (/%(?![0-9a-f]{2})/i.test(text)) throw malformedUri();
  const bytes: Buffer[] = [];
  let plainFrom = 0;
  for (const match of text.matchAll(/(?:%[0-9a-f]{2})+/gi)) {
    bytes.push(Buffer.from(text.slice(plainFrom, match.index)), Buffer.from(match[0].replaceAll('%', ''), 'hex'));
    plainFrom = match.index + match[0].length;
  }
  bytes.push(Buffer.from(text.slice(plainFrom)));
  return Buffer.concat(bytes).toString('utf8');
}

/** Segments of a path below the service root, split before decoding; the slash at the front makes no segment. */
export function splitPath(path: string): string[] {
  const segments = path.split('/').map(percentDecode);
  return segments.length > 1 && segments[0] === '' ? segments.slice(1) : segments;
}

/** Options of a query, split before decoding; empty ones vanish. */
export function splitQuery(query: string | undefined): RawOption[] {
  return (query ?? '')
    .split('&')
    .filter((option) => option !== '')
    .map((option) => {
      const mark = option.indexOf('=');
      const [name, value] = mark < 0 ? [option, ''] : [option.slice(0, mark), option.slice(mark + 1)];
      return { name: percentDecode(name), value: percentDecode(value) };
    });
}
