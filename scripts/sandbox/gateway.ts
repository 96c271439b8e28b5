import { randomUUID } from 'node:crypto';
import type { Reply } from './http/reply';
import { textReply } from './http/reply';
import type { WireRequest } from './http/request';
import type { ActiveScenario } from './faults/scenarios/active-scenario';
import type { SiteCall } from './faults/scenarios/faults';
import type { TokenIssuer } from './token/token-issuer';

/** `off` mounts the bare services, as they were recorded. */
export type GatewayMode = 'redirect' | 'bearer-only' | 'off';

export const REALM_PATH = '/auth/realms/reprocessing-preparation';
/** The official specification's service root (auxip.md#specification-icd). */
export const ICD_ROOT = '/odata/v1';
export const TOKEN_PATH = `${REALM_PATH}/protocol/openid-connect/token`;
export const LOGIN_PATH = `${REALM_PATH}/protocol/openid-connect/auth`;

export interface GatewayOptions {
  readonly mode: Exclude<GatewayMode, 'off'>;
  readonly siteUrl: string;
  /** Whether only access tokens pass, as the official specification has it. */
  readonly accessOnly: boolean;
  readonly tokens: TokenIssuer;
  readonly scenario: Pick<
    ActiveScenario,
    'endsSessions' | 'acceptsToken' | 'passesByCookie' | 'tokenChecks' | 'isOpen'
  >;
}

/** The refusal of a request that brings no active token, or undefined when it may pass (access.md#gateway). */
export async function refuseWithoutToken(call: SiteCall, options: GatewayOptions): Promise<Reply | undefined> {
  const { request } = call;
  const { mode, siteUrl, accessOnly, tokens, scenario } = options;
  if (scenario.endsSessions(call)) tokens.endSessions();
  const bearer = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (scenario.isOpen(request)) return undefined;
  const isTaken = bearer !== undefined && scenario.acceptsToken(bearer, call);
  const checks = accessOnly ? { ...scenario.tokenChecks, type: true } : scenario.tokenChecks;
  if (isTaken && (await tokens.isActive(bearer, checks))) return undefined;
  const hasSession = /(?:^|; *)session=/.test(request.headers.cookie ?? '');
  if (bearer === undefined && hasSession && scenario.passesByCookie) return undefined;
  if (mode === 'redirect') return loginRedirect(request, siteUrl);
  return unauthorized(request.headers.authorization === undefined ? 'no Authorization header found' : 'invalid token');
}

function loginRedirect(request: WireRequest, siteUrl: string): Reply {
  const toggled = request.path.endsWith('/') ? request.path.slice(0, -1) : `${request.path}/`;
  const parameters = [
    'response_type=code',
    'client_id=kong',
    'scope=openid',
    `state=${randomUUID().replaceAll('-', '')}`,
    `nonce=${randomUUID().replaceAll('-', '')}`,
    `redirect_uri=${encodeURIComponent(siteUrl + toggled)}`,
  ];
  return textReply(
    302,
    'text/html',
    '<html><head><title>302 Found</title></head><body><center><h1>302 Found</h1></center></body></html>',
    {
      Location: `${siteUrl}${LOGIN_PATH}?${parameters.join('&')}`,
      'Set-Cookie': `session=${randomUUID()}; Path=/; HttpOnly`,
      'Cache-Control': 'no-cache, no-store, max-age=0',
    },
  );
}

function unauthorized(reason: string): Reply {
  return textReply(401, 'text/plain', reason, {
    'WWW-Authenticate': `Bearer realm="reprocessing-preparation",error="${reason}"`,
  });
}

/** What following the redirect leads to: a page with 200, not an error (access.md#gateway). */
export function loginPage(): Reply {
  return textReply(
    200,
    'text/html;charset=utf-8',
    '<!DOCTYPE html><html class="login-pf"><head><title>Sign in to reprocessing-preparation</title></head><body><form id="kc-form-login" action="#" method="post"><label>Username or email <input name="username"></label><label>Password <input name="password" type="password"></label><input type="submit" value="Sign In"></form></body></html>',
    { 'Cache-Control': 'no-store, must-revalidate, max-age=0' },
  );
}

/** Headers that the outer proxy adds to every GET (access.md#proxies-and-limits). */
export const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, OPTIONS',
  'Access-Control-Allow-Headers': 'Authorization',
  'Access-Control-Allow-Credentials': 'true',
} as const;
