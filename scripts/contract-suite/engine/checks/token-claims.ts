import type { TokenCheck } from '../../checks';
import { at, serverTime, type Answer } from '../answer';
import { difference, finding, type Finding } from '../finding';
import type { Scope } from '../scope';

type Claims = Readonly<Record<string, unknown>>;

/** Seconds between the clocks of the realm and of what stands before it. */
const MAX_CLOCK_DIFFERENCE = 300;

const REALM = /\/auth\/realms\/reprocessing-preparation$/;

/** What the tokens say of themselves (access.md#token-answer, access.md#lifetimes). Callers treat them as opaque; the gateway and auxip.svc do not. */
export function tokenClaims(
  { username, roles }: TokenCheck & { readonly is: 'token-claims' },
  answer: Answer,
  scope: Scope,
): Finding[] {
  const body = answer.json() as Claims;
  const access = claimsOf(body.access_token);
  const refresh = claimsOf(body.refresh_token);
  return [
    finding('The access token is signed with RS256', () => difference('RS256', partOf(body.access_token, 0).alg)),
    finding('The realm issued it', () => (REALM.test(String(access.iss)) ? undefined : `iss ${String(access.iss)}`)),
    finding('It is a bearer token of this client', () =>
      difference(['Bearer', scope.value('client_id'), 'account'], [access.typ, access.azp, access.aud]),
    ),
    finding('It names the account', () => difference(scope.text(username), access.preferred_username)),
    finding('It lives as long as expires_in says', () => difference(body.expires_in, lifeOf(access))),
    finding('It was issued just now', () => {
      const late = (serverTime(answer) ?? Number(access.iat) * 1000) / 1000 - Number(access.iat);
      return Math.abs(late) <= MAX_CLOCK_DIFFERENCE ? undefined : `iat is ${late} s before the Date of the answer`;
    }),
    finding('No token carries the password', () => {
      const password = scope.value('password');
      const carriers = ['access_token', 'refresh_token', 'id_token'].filter((name) =>
        Object.values(body[name] === undefined ? {} : claimsOf(body[name])).includes(password),
      );
      return carriers.length > 0 ? carriers.join(', ') : undefined;
    }),
    finding('The refresh token is of the same realm, client and subject', () =>
      difference(
        [access.iss, access.iss, access.azp, access.sub],
        [refresh.iss, refresh.aud, refresh.azp, refresh.sub],
      ),
    ),
    finding('The refresh token has the scope, and names neither account nor roles', () =>
      difference([body.scope, undefined, undefined], [refresh.scope, refresh.preferred_username, refresh.realm_access]),
    ),
    finding('The refresh token lives as long as refresh_expires_in says', () =>
      difference(['Refresh', body.refresh_expires_in], [refresh.typ, lifeOf(refresh)]),
    ),
    finding('All belong to one session', () =>
      difference([body.session_state, body.session_state], [access.session_state, refresh.session_state]),
    ),
    finding('The scope of the answer is that of the token', () => difference(body.scope, access.scope)),
    finding(`It has the roles ${roles.join(', ')}`, () => {
      const has = (at(access, '/realm_access/roles') ?? []) as readonly string[];
      const services = has.filter((role) => role === 'download' || role === 'reporting');
      return difference([...roles].sort(), services.sort());
    }),
  ];
}

/** Another token than before: not the old one again. */
export function newToken({ than }: TokenCheck & { readonly is: 'token-new' }, answer: Answer, scope: Scope): Finding[] {
  const token = at(answer.json(), '/access_token');
  return [finding('The token is a new one', () => (token === scope.value(than) ? 'the old one again' : undefined))];
}

/** Tokens that look right and are not: another signature, more rights, no signature, half of it. */
export function keepForgeries(answer: Answer, scope: Scope): Finding[] {
  const token = String(at(answer.json(), '/access_token'));
  const [header = '', payload = '', signature = ''] = token.split('.');
  const promoted = { ...claimsOf(token), realm_access: { roles: ['download', 'reporting'] } };
  const forgeries = {
    token_tampered: `${header}.${payload}.${signature.split('').reverse().join('')}`,
    token_promoted: `${header}.${encoded(promoted)}.${signature}`,
    token_unsigned: `${encoded({ alg: 'none', typ: 'JWT' })}.${payload}.`,
    token_cut: token.slice(0, token.length / 2),
  };
  for (const [name, forgery] of Object.entries(forgeries)) scope.remember(name, forgery);
  return [];
}

export function keepOtherCase(
  { of, as }: TokenCheck & { readonly is: 'other-case' },
  _answer: Answer,
  scope: Scope,
): Finding[] {
  const exchanged = scope.value(of).replace(/[a-z]/gi, (letter) => {
    const upper = letter.toUpperCase();
    return letter === upper ? letter.toLowerCase() : upper;
  });
  scope.remember(as, exchanged === scope.value(of) ? '' : exchanged);
  return [];
}

function lifeOf({ exp, iat }: Claims): number {
  return Number(exp) - Number(iat);
}

const claimsOf = (token: unknown): Claims => partOf(token, 1);

/** A part of a JSON Web Token (RFC 7519 §3): base64url of JSON. */
function partOf(token: unknown, index: number): Claims {
  const part = String(token).split('.')[index] ?? '';
  return JSON.parse(atob(part.replace(/-/g, '+').replace(/_/g, '/'))) as Claims;
}

function encoded(claims: Claims): string {
  return btoa(JSON.stringify(claims)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
