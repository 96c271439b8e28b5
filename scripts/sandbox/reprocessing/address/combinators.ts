/**
 * Parsers that fail as those of Scala do, on which the service's library is built: what is told is the failure farthest on, of several
 * there the last. So the order in which alternatives are tried is seen in the texts of errors.
 */
export interface Success<T> {
  readonly end: number;
  readonly value: T;
}

export interface Failure {
  readonly at: number;
  readonly message: string;
}

export type Parser<T = unknown> = (scan: Scan, at: number) => Success<T> | Failure;

/** Nested parentheses are tried twice each: at some depth the real parser takes minutes. */
const MAX_STEPS = 300_000;

export class Scan {
  private farthest: Failure | undefined;
  private steps = 0;

  constructor(readonly text: string) {}

  fail(message: string, at: number): Failure {
    if (++this.steps > MAX_STEPS) throw new RangeError('too many steps');
    const failure = { at, message };
    if (this.farthest === undefined || at >= this.farthest.at) this.farthest = failure;
    return failure;
  }

  expected(what: string, at: number): Failure {
    const found = this.text.slice(at, at + 1);
    return this.fail(`${what} expected but ${found === '' ? 'end of source' : `'${found}'`} found`, at);
  }

  /** Why the whole text cannot be read; undefined when it can. */
  refusalOf(parser: Parser): string | undefined {
    const result = parser(this, 0);
    if (!isFailure(result) && result.end === this.text.length) return undefined;
    const { farthest } = this;
    if (!isFailure(result) && (farthest === undefined || farthest.at < result.end)) return 'end of input expected';
    return farthest?.message;
  }
}

function isFailure(result: Success<unknown> | Failure): result is Failure {
  return 'message' in result;
}

export function literal(text: string): Parser<string> {
  return (scan, at) =>
    scan.text.startsWith(text, at) ? { end: at + text.length, value: text } : scan.expected(`'${text}'`, at);
}

/** A pattern by its text in Java, of which errors tell. */
export function pattern(java: string): Parser<string> {
  const flags = java.startsWith('(?i)') ? 'iuy' : 'uy';
  // Java lets any sign be escaped; here only those that mean something may.
  const source = java
    .replace('(?i)', '')
    .replace(/\\([_~!,;:@&'"-])/g, (all, sign: string) => (sign === '-' ? all : sign));
  const compiled = new RegExp(source, flags);
  return (scan, at) => {
    compiled.lastIndex = at;
    const [value] = compiled.exec(scan.text) ?? [];
    return value === undefined
      ? scan.expected(`string matching regex '${java}'`, at)
      : { end: at + value.length, value };
  };
}

/** One after another; the value is that of the last. */
export function seq<T>(...parsers: readonly [...Parser[], Parser<T>]): Parser<T> {
  return (scan, at) => {
    let last: Success<unknown> = { end: at, value: undefined };
    for (const parser of parsers) {
      const result = parser(scan, last.end);
      if (isFailure(result)) return result;
      last = result;
    }
    return last as Success<T>;
  };
}

/** The first that succeeds; else the failure that is farther on, of equals the later. */
export function alt<T>(...parsers: readonly Parser<T>[]): Parser<T> {
  return (scan, at) => {
    let worst: Failure | undefined;
    for (const parser of parsers) {
      const result = parser(scan, at);
      if (!isFailure(result)) return result;
      if (worst === undefined || result.at >= worst.at) worst = result;
    }
    return worst ?? scan.fail('nothing', at);
  };
}

export function opt<T>(parser: Parser<T>): Parser<T | undefined> {
  return (scan, at) => {
    const result = parser(scan, at);
    return isFailure(result) ? { end: at, value: undefined } : result;
  };
}

/** At least one, with separators between them. */
export function list(parser: Parser, separator: Parser): Parser {
  const further = seq(separator, parser);
  return (scan, at) => {
    let result = parser(scan, at);
    for (let next = result; !isFailure(next); next = further(scan, next.end)) result = next;
    return result;
  };
}

export function map<T, U>(parser: Parser<T>, change: (value: T) => U): Parser<U> {
  return (scan, at) => {
    const result = parser(scan, at);
    return isFailure(result) ? result : { end: result.end, value: change(result.value) };
  };
}

/** A parser that depends on what is before it. */
export function into<T, U>(parser: Parser<T>, next: (value: T) => Parser<U>): Parser<U> {
  return (scan, at) => {
    const result = parser(scan, at);
    return isFailure(result) ? result : next(result.value)(scan, result.end);
  };
}

export function where<T>(parser: Parser<T>, holds: (value: T) => boolean): Parser<T> {
  return (scan, at) => {
    const result = parser(scan, at);
    if (isFailure(result) || holds(result.value)) return result;
    return scan.fail(`Input doesn't match filter: ${String(result.value)}`, at);
  };
}

/** With a text of its own for failures. */
export function named<T>(parser: Parser<T>, message: string): Parser<T> {
  return (scan, at) => {
    const result = parser(scan, at);
    return isFailure(result) ? scan.fail(message, result.at) : result;
  };
}

export function never(message: string): Parser<never> {
  return (scan, at) => scan.fail(message, at);
}

/** For grammars that contain themselves. */
export function lazy<T>(make: () => Parser<T>): Parser<T> {
  return (scan, at) => make()(scan, at);
}
