import { rawRequest } from './raw-request';

export const TOKEN_PATH = '/auth/realms/reprocessing-preparation/protocol/openid-connect/token';

/** The token answer for an account of the sandbox. */
export async function logIn(
  siteUrl: string,
  username = 'user',
): Promise<{ access_token: string; refresh_token: string }> {
  const form = { grant_type: 'password', client_id: 'reprocessing-preparation', username, password: 'password' };
  const { body } = await postForm(siteUrl, form);
  return JSON.parse(body) as { access_token: string; refresh_token: string };
}

export function postForm(siteUrl: string, form: Record<string, string> | [string, string][]) {
  return rawRequest(siteUrl, TOKEN_PATH, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
}
