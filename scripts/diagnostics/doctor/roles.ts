/**
 * Roles that an access token claims in `realm_access.roles` (access.md#token-answer, access.md#roles). Decoded, not verified: the services do no more.
 * Undefined for a token that is no JWT.
 */
export function rolesOf(token: string): readonly string[] | undefined {
  const [, payload] = token.split('.');
  if (payload === undefined) return undefined;
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as {
      realm_access?: { roles?: unknown };
    } | null;
    const roles = claims?.realm_access?.roles;
    return Array.isArray(roles) ? roles.filter((role): role is string => typeof role === 'string') : [];
  } catch {
    return undefined;
  }
}
