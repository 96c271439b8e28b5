import { decodeJwt } from 'jose';
import type { WireRequest } from '../http/request';
import { applicationError, uncaught } from '../odata/odata-error';

/** Who asks, by the token as it says itself: auxip.svc decodes it again and verifies nothing (access.md#roles). */
export interface Caller {
  readonly username: string;
  /** Undefined: a token that names no roles at all, as refresh and id tokens. */
  readonly roles: readonly string[] | undefined;
}

function callerOf(request: WireRequest): Caller | undefined {
  const { authorization } = request.headers;
  if (authorization === undefined) return undefined;
  try {
    const claims = decodeJwt(authorization.replace('Bearer ', ''));
    const access = claims['realm_access'] as { roles?: unknown } | undefined;
    const roles = Array.isArray(access?.roles) ? access.roles.map(String) : undefined;
    return { username: String(claims['preferred_username']), roles };
  } catch {
    return undefined;
  }
}

/**
 * `reporting` may do everything, `download` what concerns products and subscriptions.
 * @throws ODataError 401; 500 for a token without a list of roles, which the service reads all the same
 */
export function requireRole(request: WireRequest, entitySet: string): void {
  const caller = callerOf(request);
  const roles = caller === undefined ? [] : rolesOf(caller);
  if (roles.includes('reporting')) return;
  if (roles.includes('download') && (entitySet === 'Products' || entitySet === 'Subscriptions')) return;
  throw applicationError(401, 'Unauthorized Request !');
}

/** Also sees who has no role: those are refused later, by the quota. @throws ODataError 400, or 500 as `requireRole` */
export function requireCaller(request: WireRequest): Caller & { readonly roles: readonly string[] } {
  const caller = callerOf(request);
  if (caller !== undefined) return { ...caller, roles: rolesOf(caller) };
  throw applicationError(400, "Can't get user from request, check token");
}

function rolesOf({ roles }: Caller): readonly string[] {
  if (roles === undefined) throw uncaught();
  return roles;
}
