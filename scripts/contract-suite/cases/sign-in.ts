import type { ContractCase } from '../contract-case';
import { passwordRequest } from './token-request';

/** Its name in every folder: the engine and the report know it by that. */
export const SIGN_IN = 'Sign in';

/** Variable: the account was refused in this run; `yes`, or empty. */
export const SIGN_IN_REFUSED = 'sign_in_refused';

/** The token endpoint does not let the account in, as opposed to not working. */
export const isRefusal = (status: number): boolean => status >= 400 && status < 500 && status !== 429;

/** The first case of every folder, so that each can be run on its own. */
export function signIn(folder: string): ContractCase {
  return {
    key: `${folder}-sign-in`,
    name: SIGN_IN,
    severity: 'contract',
    source: {
      basis: 'documented',
      cite: 'access.md#token-request',
      says: 'User name and password give an access token.',
    },
    request: passwordRequest(['scope', '{{scope}}']),
    expect: {
      status: 200,
      contentType: 'application/json',
      schema: 'token.answer',
      checks: [
        { is: 'keep', pointer: '/access_token', as: 'access_token' },
        { is: 'keep', pointer: '/refresh_token', as: 'refresh_token' },
      ],
    },
  };
}
