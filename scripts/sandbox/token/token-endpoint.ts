import { emptyReply, jsonReply, type Reply } from '../http/reply';
import type { WireRequest } from '../http/request';
import { ACCOUNTS, PASSWORD } from './accounts';
import { CLIENT_ID, type Session, type TokenIssuer } from './token-issuer';

const NO_STORE = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };
const DEFAULT_SCOPE = 'profile email';
const KNOWN_SCOPES = [
  'openid',
  'profile',
  'email',
  'offline_access',
  'address',
  'phone',
  'roles',
  'web-origins',
  'microprofile-jwt',
];

/** The token endpoint of the realm (access.md#token-request, access.md#token-answer, access.md#token-errors). */
export async function answerTokenEndpoint(request: WireRequest, issuer: TokenIssuer): Promise<Reply> {
  if (request.method !== 'POST') return emptyReply(405);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
  const form = new URLSearchParams(isForm ? request.body.toString('utf8') : '');
  const names = [...form.keys()];
  if (new Set(names).size !== names.length) return refusal(400, 'invalid_request', 'duplicated parameter');
  const grantType = form.get('grant_type');
  if (!grantType) return refusal(400, 'invalid_request', 'Missing form parameter: grant_type');
  if (form.get('client_id') !== CLIENT_ID) return refusal(400, 'invalid_client', 'Invalid client credentials');
  if (grantType === 'password') return passwordGrant(form, issuer);
  if (grantType === 'refresh_token') return refreshGrant(form, issuer);
  return refusal(400, 'unsupported_grant_type', 'Unsupported grant_type');
}

async function passwordGrant(form: URLSearchParams, issuer: TokenIssuer): Promise<Reply> {
  const username = form.get('username');
  if (!username) return refusal(401, 'invalid_request', 'Missing parameter: username');
  const unknownScope = scopesOf(form).find((scope) => !KNOWN_SCOPES.includes(scope));
  if (unknownScope !== undefined) return refusal(400, 'invalid_scope', `Invalid scopes: ${form.get('scope') ?? ''}`);
  const account = ACCOUNTS.find((candidate) => candidate.username === username.toLowerCase());
  if (account === undefined || form.get('password') !== PASSWORD) {
    return refusal(401, 'invalid_grant', 'Invalid user credentials');
  }
  if (account.state === 'disabled') return refusal(400, 'invalid_grant', 'Account disabled');
  if (account.state === 'incomplete') return refusal(400, 'invalid_grant', 'Account is not fully set up');
  const scope = scopesOf(form).includes('openid') ? `openid ${DEFAULT_SCOPE}` : DEFAULT_SCOPE;
  return tokens(issuer, issuer.startSession(account), scope);
}

async function refreshGrant(form: URLSearchParams, issuer: TokenIssuer): Promise<Reply> {
  const token = form.get('refresh_token');
  if (!token) return refusal(400, 'invalid_request', 'No refresh token');
  const found = await issuer.readRefreshToken(token);
  if (found === 'invalid') return refusal(400, 'invalid_grant', 'Invalid refresh token');
  if (found === 'expired') return refusal(400, 'invalid_grant', 'Token is not active');
  if (found === 'ended') return refusal(400, 'invalid_grant', 'Session not active');
  return tokens(issuer, found.session, found.scope);
}

/** Keys in the order of access.md#token-answer; `id_token` only with scope openid. */
async function tokens(issuer: TokenIssuer, session: Session, scope: string): Promise<Reply> {
  const idToken = scope.startsWith('openid') ? { id_token: await issuer.idToken(session) } : {};
  const body = {
    access_token: await issuer.accessToken(session, scope),
    expires_in: issuer.lifetimes.access,
    refresh_expires_in: issuer.refreshSeconds(session),
    refresh_token: await issuer.refreshToken(session, scope),
    token_type: 'Bearer',
    ...idToken,
    'not-before-policy': 0,
    session_state: session.id,
    scope,
  };
  return jsonReply(200, body, NO_STORE);
}

function scopesOf(form: URLSearchParams): string[] {
  return (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
}

function refusal(status: number, error: string, description: string): Reply {
  return jsonReply(status, { error, error_description: description }, NO_STORE);
}
