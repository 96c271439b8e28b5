import { expect, test } from 'vitest';
import { isLogin, type GatewayAnswer } from '../../scripts/services/login-page';

const answer = (part: Partial<GatewayAnswer>): GatewayAnswer => ({ status: 200, text: '', ...part });
const FORM = '<html><form id="kc-form-login" action="/auth/realms/r/login-actions/authenticate"></form></html>';
const STORE = 'https://store.example/auxip/a/NAME?X-Amz-Signature=1&next=/auth/realms/r/protocol/openid-connect/auth';

const cases: [string, GatewayAnswer, boolean][] = [
  [
    'redirect to the identity provider',
    answer({ status: 302, location: 'https://h/auth/realms/r/protocol/openid-connect/auth?state=1' }),
    true,
  ],
  ['redirect below /auth/realms/', answer({ status: 302, location: '/auth/realms/r/login' }), true],
  [
    'redirect of newer Keycloak',
    answer({ status: 303, location: 'https://h/realms/r/protocol/openid-connect/auth' }),
    true,
  ],
  ['redirect to the store, whatever its query says', answer({ status: 302, location: STORE }), false],
  ['redirect to nowhere', answer({ status: 302 }), false],
  ['login form with 200', answer({ text: FORM }), true],
  ['login form with 400', answer({ status: 400, text: FORM }), true],
  [
    '401 with a Bearer challenge',
    answer({ status: 401, wwwAuthenticate: 'Bearer realm="r"', text: 'invalid token' }),
    true,
  ],
  [
    '401 of the application: a role is missing',
    answer({ status: 401, text: '{"error":{"code":"401","message":"Unauthorized Request !"}}' }),
    false,
  ],
  ['page of Tomcat', answer({ status: 400, text: '<!doctype html><title>HTTP Status 400</title>' }), false],
  ['page of nginx', answer({ status: 504, text: '<html><title>504</title></html>' }), false],
  ['HTML 429', answer({ status: 429, text: '<html><title>429</title></html>' }), false],
  ['JSON that mentions the path', answer({ text: '{"a":"/auth/realms/r/protocol/openid-connect/auth"}' }), false],
];

test.each(cases)('%s', (_name, seen, wanted) => expect(isLogin(seen)).toBe(wanted));
