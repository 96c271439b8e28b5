import type { Redactor } from './redact';
import { cookiesIn, partsOf, secretsIn } from './redact-patterns';

/** The parts of an answer that may grant something. */
export interface GrantingAnswer {
  /** Of the token endpoint; bodies of other answers hold no tokens. */
  readonly body?: string;
  readonly location?: string;
  /** Values of Set-Cookie. */
  readonly cookies?: readonly string[];
}

/** Tells the redactor what an answer grants: tokens, the signature of a presigned address, cookies. */
export function learnAnswer(
  redactor: Pick<Redactor, 'learn'>,
  { body = '', location = '', cookies = [] }: GrantingAnswer,
): void {
  const found = [tokensOf(body), secretsIn(body), secretsIn(location), cookies.flatMap(cookiesIn)];
  for (const secret of found.flat()) redactor.learn(secret);
}

/** As a client reads them, whatever escapes they are written with. */
function tokensOf(body: string): string[] {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer !== 'object' || answer === null) return [];
    const fields = Object.entries(answer) as [string, unknown][];
    return fields.flatMap(([name, value]) =>
      /^(?:access|refresh|id)_token$/.test(name) && typeof value === 'string' ? partsOf(value) : [],
    );
  } catch {
    return [];
  }
}
