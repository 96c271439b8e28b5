/**
 * How the scripts of the contract suite, inside Postman, tell the report what they found: in names and messages of tests. People read them
 * in Postman and in Newman's output; programs read what is encoded here.
 */

/** What the name of a test begins with when it is no promise that was looked at. */
const KINDS = { untested: 'not tested: ', news: 'news: ', pinned: 'pinned: ' } as const;

export type ToldKind = 'promise' | keyof typeof KINDS;

export function testName(kind: keyof typeof KINDS, text: string): string {
  return KINDS[kind] + text;
}

export function readTestName(name: string): { readonly kind: ToldKind; readonly text: string } {
  for (const kind of ['untested', 'news', 'pinned'] as const) {
    if (name.startsWith(KINDS[kind])) return { kind, text: name.slice(KINDS[kind].length) };
  }
  return { kind: 'promise', text: name };
}

/** A broken promise: what came in its place, and why, where that can be told. */
export interface ToldProblem {
  readonly got: string;
  readonly cause?: ToldCause;
}

export interface ToldCause {
  readonly key: string;
  readonly of?: string;
}

/** Begins the last line of a message, which is JSON. */
const MARK = '\nauxflow: ';

/** For people first: `words` is the cause in a sentence. */
export function problemMessage(problem: ToldProblem, words?: string): string {
  return `${problem.got}${words === undefined ? '' : ` (${words})`}${MARK}${JSON.stringify(problem)}`;
}

/** A message without a readable last line is what came, all of it. */
export function readProblemMessage(message: string): ToldProblem {
  const place = message.lastIndexOf(MARK);
  return (place < 0 ? undefined : parsed(message.slice(place + MARK.length))) ?? { got: message };
}

function parsed(text: string): ToldProblem | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isProblem(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isProblem(value: unknown): value is ToldProblem {
  if (typeof value !== 'object' || value === null || !('got' in value) || typeof value.got !== 'string') return false;
  return !('cause' in value) || isCause(value.cause);
}

function isCause(value: unknown): value is ToldCause {
  if (typeof value !== 'object' || value === null || !('key' in value) || typeof value.key !== 'string') return false;
  return !('of' in value) || typeof value.of === 'string';
}
