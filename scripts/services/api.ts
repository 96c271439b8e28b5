/**
 * GET through the gateway with a token: renewed when the gateway asks for a login, retried where it helps, and the
 * refusals every service shares turned into failures (access.md#gateway, access.md#roles, auxip.md#errors).
 */
import { asked, Failure, redirected } from '../errors/errors';
import { MAX_JSON_DEPTH, readJson } from '../lib/read-json';
import { classifyResponse, gatewayAnswer } from './classify-response';
import { parseErrorBody } from './error-body';
import type { MayLeave } from './connection/last-moment';
import { isLogin } from './login-page';
import type { RetryPolicy } from './retry';
import { retrying } from './retrying';
import type { TokenSource } from './token';
import { MAX_ANSWER_BYTES, type Answer, type Transport } from './transport';
import type { Validator } from './validator';

export interface ApiOptions {
  transport: Pick<Transport, 'get'>;
  tokens: Pick<TokenSource, 'token' | 'renew'>;
  validate: Validator;
  patience?: RetryPolicy;
}

export interface Question {
  url: string;
  accept: string;
  /** For NOT_FOUND: what was looked for. */
  what: string;
  maxBytes?: number;
  signal?: AbortSignal;
  around?: AroundAttempt;
}

/**
 * Stands around each attempt of a question: may wait before it, look again in the last moment, and learns what came of it. Throws what
 * `send` throws.
 */
export type AroundAttempt = (send: (mayLeave?: MayLeave) => Promise<Answer>) => Promise<Answer>;

export interface Api {
  /**
   * An answer below 400 that is no login.
   * @throws Failure LOGIN_PAGE, ROLE_MISSING, NOT_FOUND, STATUS_UNEXPECTED, or what retrying gives up with
   */
  get(question: Question): Promise<Answer>;
  /**
   * A JSON answer with status 200 that keeps its schema.
   * @throws Failure ANSWER_NOT_JSON, ANSWER_OVER_LIMIT, ANSWER_BREAKS_SCHEMA, or what `get` throws
   */
  getJson(question: Omit<Question, 'accept'> & { schema: string }): Promise<unknown>;
}

/** Of the token, for one question: a session may end again while several questions are renewing it. */
const MAX_RENEWALS = 2;

export function createApi({ transport, tokens, validate, patience }: ApiOptions): Api {
  async function ask({ url, accept, maxBytes, signal, around }: Question, token: string): Promise<Answer> {
    const get = (mayLeave?: MayLeave) => transport.get({ url, accept, token, maxBytes, signal, mayLeave });
    return retrying(() => (around ? around(get) : get()), { method: 'GET', url, patience, signal });
  }

  async function askLoggedIn(question: Question): Promise<Answer> {
    let token = await tokens.token();
    for (let renewals = 0; ; renewals++) {
      const answer = await ask(question, token);
      if (!isLogin(gatewayAnswer(answer))) return answer;
      if (renewals === MAX_RENEWALS)
        throw new Failure({ code: 'LOGIN_PAGE', ...asked('GET', question.url), status: answer.status });
      token = await tokens.renew(token);
    }
  }

  async function get(question: Question): Promise<Answer> {
    const answer = await askLoggedIn(question);
    if (answer.status >= 400) throw refusal(answer, question);
    return answer;
  }

  return {
    get,
    async getJson({ schema, ...question }) {
      const answer = await get({ ...question, accept: 'application/json' });
      const body = parseJson(answer, question);
      const problems = validate(schema, body);
      if (problems.length === 0) return body;
      throw new Failure({ code: 'ANSWER_BREAKS_SCHEMA', ...asked('GET', question.url), schema, problems });
    },
  };
}

function refusal(answer: Answer, { url, what }: Question): Failure {
  const { status, text } = answer;
  const request = asked('GET', url);
  const kind = classifyResponse(gatewayAnswer(answer));
  if (kind === 'role-missing') return new Failure({ code: 'ROLE_MISSING', ...request, status, role: 'download' });
  if (kind === 'unknown-id') return new Failure({ code: 'NOT_FOUND', ...request, what });
  const { message } = parseErrorBody(text);
  return new Failure({ code: 'STATUS_UNEXPECTED', ...request, status, expected: '200', excerpt: message });
}

function parseJson(answer: Answer, { url, maxBytes = MAX_ANSWER_BYTES }: Pick<Question, 'url' | 'maxBytes'>): unknown {
  const { status, text, truncated } = answer;
  const request = asked('GET', url);
  const location = answer.header('location');
  if (status >= 300 && status < 400 && location !== undefined) throw redirected('GET', url, status, location);
  if (status !== 200)
    throw new Failure({ code: 'STATUS_UNEXPECTED', ...request, status, expected: '200', excerpt: '' });
  if (truncated) throw new Failure({ code: 'ANSWER_OVER_LIMIT', ...request, maxBytes });
  const read = readJson(text);
  if ('value' in read) return read.value;
  if (read.problem === 'too-deep')
    throw new Failure({ code: 'ANSWER_OVER_LIMIT', ...request, maxDepth: MAX_JSON_DEPTH });
  const mediaType = answer.header('content-type') ?? '';
  throw new Failure({ code: 'ANSWER_NOT_JSON', ...request, status, mediaType, excerpt: parseErrorBody(text).message });
}
