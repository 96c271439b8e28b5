import type { Postman } from './postman';

/** An answer as the checks read it. */
export interface Answer {
  readonly status: number;
  /** First value of a header; undefined when it was not sent. */
  readonly header: (name: string) => string | undefined;
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
  return {
    status: response.code,
    header: (name) => response.headers.all().find(({ key }) => key.toLowerCase() === name.toLowerCase())?.value,
    text,
    bytes: new Uint8Array(response.stream ?? []),
    json: () => (parsed ??= { value: JSON.parse(text) as unknown }).value,
  };
}

/** The member at a JSON pointer (RFC 6901, no escapes needed here); undefined where there is none. */
export function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (member, key) =>
        typeof member === 'object' && member !== null ? (member as Record<string, unknown>)[key] : undefined,
      value,
    );
}
