/** What an answer means, whichever service, gateway, proxy or identity provider gave it. The store's answers: download/store-answer.ts. Pure. */
import { parseErrorBody } from './error-body';
import { isLogin, type GatewayAnswer } from './login-page';
import type { Answer } from './transport';

export type ResponseClass =
  | 'success'
  | 'redirect'
  | 'login' // no valid token arrived
  | 'quota' // of the account (auxip.md#quota)
  | 'busy' // a proxy or gateway lost patience, or has no connection left
  | 'role-missing'
  | 'unknown-id'
  | 'fault' // a 500 that says nothing else
  | 'refused'; // any other 4xx or 5xx

/** auxip.md#errors: the only sign of an unknown id, in an answer with status 500. */
const NO_ENTITY = 'No entity found for query';

const BUSY = new Set([408, 409, 421, 423, 425, 429]);

/**
 * Statuses of proxies (access.md#proxies-and-limits), servers and stores that cannot answer now: a timeout (408), writers in the way (409,
 * 423), a connection that led to another server (421), too early (425), too many requests (429), and all above 501 (520 to 530 are
 * Cloudflare's) but 505.
 */
export function isBusy(status: number): boolean {
  return BUSY.has(status) || (status >= 502 && status !== 505);
}

export function classifyResponse(response: GatewayAnswer): ResponseClass {
  const { status, text } = response;
  if (isLogin(response)) return 'login';
  if (status < 300) return 'success';
  if (status < 400) return 'redirect';
  const { form, message } = parseErrorBody(text);
  // nginx says with an HTML 429 that all its connections are taken: no quota of this account (auxip.md#polite-clients).
  if (status === 429 && form === 'odata') return 'quota';
  if (isBusy(status)) return 'busy';
  if (status === 401 || status === 403) return 'role-missing';
  if (status === 404 || message.includes(NO_ENTITY)) return 'unknown-id';
  return status === 500 ? 'fault' : 'refused';
}

/** Classes of answers which show that the service did nothing: a `$value` so answered is not charged to the account. */
const DID_NOTHING: ReadonlySet<ResponseClass> = new Set(['login', 'quota', 'role-missing', 'unknown-id']);

/** Whether an answer shows that the service did nothing. A 429 always does, whoever sent it; other proxy errors leave it open. */
export function isRefusal(response: GatewayAnswer): boolean {
  return response.status === 429 || DID_NOTHING.has(classifyResponse(response));
}

/** Names the headers by which an answer is recognised. */
export function gatewayAnswer({ status, header, text }: Pick<Answer, 'status' | 'header' | 'text'>): GatewayAnswer {
  return { status, location: header('location'), wwwAuthenticate: header('www-authenticate'), text };
}
