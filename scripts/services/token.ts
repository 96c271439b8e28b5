/** Token endpoint: password and refresh grant (access.md#token-request). */
import { asked, Failure, redirected } from '../errors/errors';
import { parseErrorBody } from './error-body';
import type { RetryPolicy } from './retry';
import { retrying } from './retrying';
import type { Transport } from './transport';
import { readJson } from '../lib/read-json';

export interface TokenSourceOptions {
  transport: Pick<Transport, 'postToken'>;
  tokenUrl: string;
  clientId: string;
  username: string;
  password: string;
  /** Adds e.g. `openid`; usually absent. */
  scope?: string;
  patience?: RetryPolicy;
  /** Monotonic seconds. Lifetimes are taken from `expires_in`, never from the wall clock or the token (access.md#token-answer). */
  monotonicSeconds?: () => number;
  signal?: AbortSignal;
}

/** All methods throw Failure TOKEN_REFUSED (for good: no second password login), or what the endpoint's trouble gives. */
export interface TokenSource {
  /** An access token with at least a fifth of its life left. */
  token(): Promise<string>;
  /** A token other than `refused`, which the gateway did not accept although it should still live. */
  renew(refused: string): Promise<string>;
}

interface Grant {
  accessToken: string;
  refreshToken?: string;
  /** Monotonic seconds from which on the token is not used any more. */
  freshUntil: number;
}

const USED_SHARE_OF_LIFE = 0.8;

export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const now = options.monotonicSeconds ?? (() => performance.now() / 1000);
  let grant: Grant | undefined;
  let refusal: Failure | undefined;
  let inFlight: Promise<Grant> | undefined;

  async function request(fields: Record<string, string>): Promise<Grant> {
    // The life of a token starts somewhere between question and answer: counting from the question errs on the safe side.
    const since = now();
    const body = await askToken(options, fields);
    return {
      accessToken: body.access_token,
      refreshToken: body.refresh_token,
      freshUntil: since + USED_SHARE_OF_LIFE * body.expires_in,
    };
  }

  async function login(): Promise<Grant> {
    if (refusal) throw refusal;
    try {
      return await request({ grant_type: 'password', username: options.username.trim(), password: options.password });
    } catch (error) {
      if (isRefused(error)) refusal = error;
      throw error;
    }
  }

  async function obtain(): Promise<Grant> {
    if (!grant?.refreshToken) return login();
    try {
      return await request({ grant_type: 'refresh_token', refresh_token: grant.refreshToken });
    } catch (error) {
      // The refresh chain ends after 10 h, or with a logout (access.md#lifetimes).
      if (isRefused(error)) return login();
      throw error;
    }
  }

  async function next(): Promise<string> {
    inFlight ??= obtain().finally(() => (inFlight = undefined));
    grant = await inFlight;
    return grant.accessToken;
  }

  return {
    token: async () => (grant && now() < grant.freshUntil ? grant.accessToken : next()),
    renew: async (refused) => (grant && grant.accessToken !== refused ? grant.accessToken : next()),
  };
}

interface TokenAnswer {
  access_token: string;
  expires_in: number;
  refresh_token?: string;
  id_token?: string;
}

async function askToken(options: TokenSourceOptions, fields: Record<string, string>): Promise<TokenAnswer> {
  const { transport, tokenUrl, clientId, scope, patience, signal } = options;
  // access.md#token-request: a published snippet has a blank before the client id.
  const form = { ...fields, client_id: clientId.trim(), ...(scope ? { scope } : {}) };
  const post = () => transport.postToken(form, signal);
  const answer = await retrying(post, { method: 'POST', url: tokenUrl, patience, signal });
  const request = asked('POST', tokenUrl);
  const location = answer.header('location');
  if (answer.status >= 300 && answer.status < 400) throw redirected('POST', tokenUrl, answer.status, location);
  if (answer.status !== 200) {
    const body = parseErrorBody(answer.text);
    const error = body.form === 'token' ? body.error : body.form;
    throw new Failure({ code: 'TOKEN_REFUSED', ...request, status: answer.status, error });
  }
  const body = parseTokenAnswer(answer.text);
  if (body) return body;
  // A schema's sentences would quote what came, and what came may be a token.
  const problems = ['access_token (text) and expires_in (seconds) are needed'];
  throw new Failure({ code: 'ANSWER_BREAKS_SCHEMA', ...request, schema: 'token.answer', problems });
}

function parseTokenAnswer(text: string): TokenAnswer | undefined {
  const read = readJson(text);
  return 'value' in read && isTokenAnswer(read.value) ? read.value : undefined;
}

function isTokenAnswer(body: unknown): body is TokenAnswer {
  if (typeof body !== 'object' || body === null) return false;
  const optionalText = (key: string): boolean => (typeof Reflect.get(body, key)) in { string: 1, undefined: 1 };
  return (
    'access_token' in body &&
    typeof body.access_token === 'string' &&
    /^[\x21-\x7e]+$/.test(body.access_token) &&
    'expires_in' in body &&
    typeof body.expires_in === 'number' &&
    optionalText('refresh_token') &&
    optionalText('id_token')
  );
}

function isRefused(error: unknown): error is Failure {
  return error instanceof Failure && error.detail.code === 'TOKEN_REFUSED';
}
