import { decodeJwt } from 'jose';
import type { WireRequest } from '../http/request';
import { applicationError } from '../odata/odata-error';

/** Who asks, by the token as it says itself: auxip.svc decodes it again and verifies nothing (access.md#roles). */
export interface Caller {
  readonly username: string;
  readonly roles: readonly string[];
}

function callerOf(request: WireRequest): Caller | undefined {
  const { authorization } = request.headers;
  if (authorization === undefined) return undefined;
  try {
    const claims = decodeJwt(authorization.replace('Bearer ', ''));
    const access = claims['realm_access'] as { roles?: unknown } | undefined;
    const roles = Array.isArray(access?.roles) ? access.roles.map(String) : [];
    return { username: String(claims['preferred_username']), roles };
  } catch {
    return undefined;
  }
}

/** `reporting` may do everything, `download` what concerns products and subscriptions; @throws ODataError 401 */
export function requireRole(request: WireRequest, entitySet: string): void {
  const roles = callerOf(request)?.roles ?? [];
  if (roles.includes('reporting')) return;
  if (roles.includes('download') && (entitySet === 'Products' || entitySet === 'Subscriptions')) return;
  throw applicationError(401, 'Unauthorized Request !');
}

/** Also sees who has no role: those are refused later, by the quota. @throws ODataError 400 */
export function requireCaller(request: WireRequest): Caller {
  const caller = callerOf(request);
  if (caller !== undefined) return caller;
  throw applicationError(400, "Can't get user from request, check token");
}
