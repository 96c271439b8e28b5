import type { CaseRequest } from '../contract-case';

export type Field = readonly [key: string, value: string];

export const CLIENT: Field = ['client_id', '{{client_id}}'];
export const PASSWORD_GRANT: Field = ['grant_type', 'password'];
export const REFRESH_GRANT: Field = ['grant_type', 'refresh_token'];

/** What the token endpoint is asked with: a form, and no token. */
export function tokenRequest(...form: readonly Field[]): CaseRequest {
  return { method: 'POST', url: '{{access_token_url}}', auth: 'none', form };
}
