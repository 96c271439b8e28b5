import type { CaseRequest } from '../contract-case';

export type Field = readonly [key: string, value: string];

export const USERNAME: Field = ['username', '{{username}}'];
export const PASSWORD: Field = ['password', '{{password}}'];
export const CLIENT: Field = ['client_id', '{{client_id}}'];
export const PASSWORD_GRANT: Field = ['grant_type', 'password'];
export const REFRESH_GRANT: Field = ['grant_type', 'refresh_token'];

/** A request to the token endpoint: a form, without a token. */
export function tokenRequest(...form: readonly Field[]): CaseRequest {
  return { method: 'POST', url: '{{access_token_url}}', auth: 'none', form };
}

/** The suite's own account, with whatever fields follow. */
export function passwordRequest(...more: readonly Field[]): CaseRequest {
  return tokenRequest(PASSWORD_GRANT, CLIENT, USERNAME, PASSWORD, ...more);
}

export function refreshRequest(refreshToken: string): CaseRequest {
  return tokenRequest(REFRESH_GRANT, CLIENT, ['refresh_token', refreshToken]);
}

/** With a token of the case's own instead of the suite's. */
export function withToken(url: string, token: string, headers: Readonly<Record<string, string>> = {}): CaseRequest {
  return { url, auth: 'none', headers: { ...headers, Authorization: `Bearer ${token}` } };
}
