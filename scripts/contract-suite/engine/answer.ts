import type { Postman } from './postman';

/** An answer as the checks read it. */
export interface Answer {
  readonly status: number;
  /** First value of a header; undefined when it was not sent. */
  readonly header: (name: string) => string | undefined;
  /** Every header as it came. */
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly text: string;
  /** The body as it came. */
  readonly bytes: Uint8Array;
  /** Parsed once. @throws SyntaxError when the body is no JSON */
  json(): unknown;
}

/** Undefined when no answer came: Newman runs test scripts all the same. */
export function answerOf({ response }: Postman): Answer | undefined {
  if (typeof response.code !== 'number') return undefined;
  let parsed: { value: unknown } | undefined;
  const text = response.text();
  const bytes = new Uint8Array(response.stream ?? []);
  return {
    status: response.code,
    headers: response.headers.all(),
    header: (name) => response.headers.all().find(({ key }) => key.toLowerCase() === name.toLowerCase())?.value,
    text,
    bytes,
    json: () => (parsed ??= { value: parsedJson(text, bytes) }).value,
  };
}

/**
 * The service's own time when it answered, epoch milliseconds (header Date, RFC 9110 §6.6.1); undefined when it does not say. Ages are
 * measured by it: the clock here may be off.
 */
export function serverTime(answer: Answer): number | undefined {
  const time = Date.parse(answer.header('Date') ?? '');
  return Number.isNaN(time) ? undefined : time;
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Postman passes over a byte order mark; other readers need not (RFC 8259 §8.1). */
function parsedJson(text: string, bytes: Uint8Array): unknown {
  if (BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte))
    throw new SyntaxError('the body begins with a byte order mark');
  return JSON.parse(text);
}

/** The member at a JSON pointer (RFC 6901); undefined where there is none. */
export function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((member, part) => {
      const key = part.replace(/~1/g, '/').replace(/~0/g, '~');
      if (Array.isArray(member)) return /^\d+$/.test(key) ? (member as unknown[])[Number(key)] : undefined;
      return isObject(member) && Object.hasOwn(member, key) ? member[key] : undefined;
    }, value);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
