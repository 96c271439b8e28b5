/**
 * The gateway's way of saying "no valid token" (access.md#gateway): a 302 to the identity provider, its login page, or with
 * bearer_only a 401 that carries WWW-Authenticate: Bearer.
 */
const IDENTITY_PROVIDER_PATH = /\/protocol\/openid-connect\/|\/auth\/realms\//;
const LOGIN_FORM = /\/protocol\/openid-connect\/|\/login-actions\/|id="kc-|type=["']?password/i;

export interface GatewayAnswer {
  status: number;
  location?: string;
  wwwAuthenticate?: string;
  text: string;
}

export function isLogin(answer: GatewayAnswer): boolean {
  if (answer.status >= 300 && answer.status < 400) return IDENTITY_PROVIDER_PATH.test(pathOf(answer.location ?? ''));
  if (answer.status === 401 && /^bearer/i.test(answer.wwwAuthenticate?.trim() ?? '')) return true;
  if (answer.status >= 500 || answer.status === 429) return false;
  return /^\s*</.test(answer.text) && LOGIN_FORM.test(answer.text);
}

/** A presigned URL of a product could hold anything in its query, so only the path is looked at. */
function pathOf(location: string): string {
  return location.split(/[?#]/, 1)[0] ?? '';
}
