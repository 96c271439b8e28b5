import { rawRequest } from './raw-request';

export const TOKEN_PATH = '/auth/realms/reprocessing-preparation/protocol/openid-connect/token';

/** The token answer for an account of the sandbox; with an `id_token` for the scope openid. */
export async function logIn(
  siteUrl: string,
  username = 'user',
  scope = '',
): Promise<{ access_token: string; refresh_token: string; id_token?: string }> {
  const form = { grant_type: 'password', client_id: 'reprocessing-preparation', username, password: 'password', scope };
  const { body } = await postForm(siteUrl, form);
  return JSON.parse(body) as { access_token: string; refresh_token: string; id_token?: string };
}

export function postForm(siteUrl: string, form: Record<string, string> | [string, string][]) {
  return rawRequest(siteUrl, TOKEN_PATH, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
}
