import { decodeJwt, UnsecuredJWT } from 'jose';
import type { WireRequest } from '../../../http/request';
import type { Faults } from '../../scenarios/faults';
import { afterService } from '../around';
import { inGroup } from '../mutant';

const AUXIP = /^\/(?:auxip\.svc|odata\/v1)\//;

/** Who may do what in auxip.svc (access.md#roles). It decodes the token itself and verifies nothing, so a token with other roles does. */
export const ROLE_MUTANTS = inGroup('roles', [
  {
    name: 'role-not-needed',
    defect: 'an account without any role may read products',
    create: () => withRoles(/\/Products/, (roles) => [...roles, 'download']),
  },
  {
    name: 'metrics-for-all',
    defect: 'role download may read metrics',
    create: () => withRoles(/\/Metrics/, (roles) => [...roles, 'reporting']),
  },
  {
    name: 'subscriptions-for-all',
    defect: 'an account without any role may read subscriptions',
    create: () => withRoles(/\/Subscriptions/, (roles) => [...roles, 'download']),
  },
  {
    name: 'reporting-refused',
    defect: 'role reporting alone may not read products',
    create: () => withRoles(/\/Products/, (roles) => roles.filter((role) => role !== 'reporting')),
  },
  {
    name: 'reporting-sees-no-metrics',
    defect: 'role reporting may not read metrics',
    create: () => withRoles(/\/Metrics/, () => []),
  },
  {
    name: 'wrong-role-403',
    defect: 'a missing role is 403, not 401',
    create: () => afterService(AUXIP, (reply) => (reply.status === 401 ? { ...reply, status: 403 } : reply)),
  },
  {
    name: 'wrong-role-empty',
    defect: 'a missing role is an empty collection with 200',
    create: () =>
      afterService(AUXIP, (reply) =>
        reply.status === 401
          ? { ...reply, status: 200, body: JSON.stringify({ '@odata.context': '$metadata#Products', value: [] }) }
          : reply,
      ),
  },
  {
    name: 'download-without-role',
    defect: 'an account without any role gets a presigned address from $value',
    create: () => withRoles(/\/(?:\$|%24)value$/, (roles) => [...roles, 'download']),
  },
]);

/** Lets auxip.svc see other roles than the token has, for the paths that match. */
function withRoles(path: RegExp, change: (roles: readonly string[]) => readonly string[]): Faults {
  return {
    aroundService: (request, answer) => {
      const isMeant = AUXIP.test(request.path) && path.test(request.path);
      return answer(isMeant ? tokenWithRoles(request, change) : request);
    },
  };
}

function tokenWithRoles(request: WireRequest, change: (roles: readonly string[]) => readonly string[]): WireRequest {
  const { authorization } = request.headers;
  if (authorization === undefined) return request;
  const claims = decodeJwt(authorization.replace(/^bearer +/i, ''));
  const access = claims['realm_access'] as { roles?: readonly string[] } | undefined;
  const token = new UnsecuredJWT({ ...claims, realm_access: { roles: change(access?.roles ?? []) } }).encode();
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
}
