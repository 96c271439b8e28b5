import type { Request, Response } from 'postman-collection';
import { learnAnswer } from '../lib/redact/learn-answer';
import type { Redactor } from '../lib/redact/redact';
import { secretsIn } from '../lib/redact/redact-patterns';

/** Bytes: an answer with tokens is far below. */
const MAX_TOKEN_ANSWER = 1_000_000;

/** One request and its answer as Newman's event `request` has them. */
export interface Exchange {
  readonly request?: Request;
  readonly response?: Response;
}

/** Tells the redactor what was granted, and what the request itself carried, before anybody is told of them. */
export function learnExchange({ request, response }: Exchange, redactor: Pick<Redactor, 'learn'>): void {
  for (const secret of secretsIn(`Bearer ${bearerOf(request)}`)) redactor.learn(secret);
  if (!response) return;
  const { stream } = response;
  const isTokenAnswer = request?.method === 'POST' && stream !== undefined && stream.byteLength <= MAX_TOKEN_ANSWER;
  learnAnswer(redactor, {
    body: isTokenAnswer ? Buffer.from(stream).toString() : '',
    location: valuesOf(response, 'location')[0],
    cookies: valuesOf(response, 'set-cookie'),
  });
}

function bearerOf(request: Request | undefined): string {
  const value: unknown = request?.headers.get('Authorization');
  return typeof value === 'string' ? value.replace(/^Bearer\s+/i, '') : '';
}

function valuesOf({ headers }: Response, name: string): string[] {
  return headers
    .all()
    .filter(({ key }) => key.toLowerCase() === name)
    .map(({ value }) => value);
}
