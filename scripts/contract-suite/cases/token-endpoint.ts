import type { Check } from '../checks';
import type { CaseFolder, ContractCase } from '../contract-case';
import { signIn } from './sign-in';
import {
  CLIENT,
  PASSWORD,
  PASSWORD_GRANT,
  passwordRequest,
  REFRESH_GRANT,
  refreshRequest,
  tokenRequest,
  USERNAME,
  withToken,
  type Field,
} from './token-request';

const NO_STORE = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };
const TABLE = {
  basis: 'observed',
  cite: 'access.md#token-errors',
  says: 'Decide on status and `error`; the description may change.',
} as const;

/** Signing in, refreshing, and every refusal. One case sends a wrong password for the suite's own account. */
export function tokenEndpoint(): CaseFolder {
  return {
    key: 'token-endpoint',
    name: 'Token endpoint',
    about:
      'User name and password for a token, a refresh token for the next one, and how each wrong request is refused. Four wrong passwords are sent for the account itself, to a sandbox or with `--intrusive`; all others for accounts that do not exist.',
    cases: [signIn('token-endpoint'), ...grants(), ...refusals()],
  };
}

function grants(): ContractCase[] {
  return [
    wholeAnswer(),
    lifetime(),
    withoutOpenid(),
    openidLast(),
    refresh('token-refreshed', 'A refresh token gives a new access token'),
    refresh('token-refreshed-again', 'The same refresh token serves again: it is not used up'),
    opens('token-refreshed-works', 'A refreshed token opens the services', 'refreshed_token'),
    opens('token-before-refresh-works', 'The token from before a refresh stays active until it expires', 'first_token'),
  ];
}

function wholeAnswer(): ContractCase {
  return {
    key: 'token-form',
    name: 'A password gives tokens that agree with what the answer says of them',
    severity: 'contract',
    source: { basis: 'observed', cite: 'access.md#token-answer', says: 'Members, lifetimes and claims of the answer.' },
    request: passwordRequest(['scope', 'openid']),
    expect: {
      status: 200,
      contentType: 'application/json',
      headers: NO_STORE,
      schema: 'token.answer',
      checks: [
        { is: 'member', pointer: '/token_type', equal: 'Bearer' },
        { is: 'member', pointer: '/refresh_expires_in', equal: 1800 },
        { is: 'member', pointer: '/not-before-policy', equal: 0 },
        { is: 'body-matching', pattern: '"scope":"[^"]*openid' },
        { is: 'body-matching', pattern: '"id_token":"[^"]+"' },
        { is: 'token-claims', username: '{{username}}', roles: ['download'] },
        { is: 'token-new', than: 'access_token' },
        { is: 'other-case', of: 'password', as: 'password_in_other_case' },
        { is: 'keep', pointer: '/access_token', as: 'first_token' },
        { is: 'keep', pointer: '/refresh_token', as: 'first_refresh_token' },
      ],
    },
  };
}

function lifetime(): ContractCase {
  return {
    key: 'token-lifetime',
    name: 'A token lives 900 seconds',
    severity: 'contract',
    source: { basis: 'observed', cite: 'access.md#lifetimes', says: 'The realm gives access tokens 900 seconds.' },
    request: passwordRequest(),
    expect: { status: 200, checks: [{ is: 'member', pointer: '/expires_in', equal: 900 }] },
    promised: {
      basis: 'documented',
      cite: 'access.md#lifetimes',
      says: 'The manuals say 10 minutes.',
      expect: { status: 200, checks: [{ is: 'member', pointer: '/expires_in', equal: 600 }] },
    },
  };
}

function withoutOpenid(): ContractCase {
  return {
    key: 'token-without-openid',
    name: 'Without the scope openid there is no id_token',
    severity: 'shape',
    source: { basis: 'observed', cite: 'access.md#token-answer', says: '`id_token` comes only with the scope openid.' },
    request: passwordRequest(),
    expect: {
      status: 200,
      schema: 'token.answer',
      checks: [
        { is: 'member', pointer: '/id_token', equal: null },
        { is: 'token-claims', username: '{{username}}', roles: ['download'] },
      ],
    },
  };
}

function openidLast(): ContractCase {
  return {
    key: 'token-openid-last',
    name: 'The scope openid counts wherever it stands',
    severity: 'shape',
    source: { basis: 'documented', cite: 'access.md#token-answer', says: 'A scope is a set of words (RFC 6749 §3.3).' },
    request: passwordRequest(['scope', 'profile openid']),
    expect: {
      status: 200,
      schema: 'token.answer',
      checks: [{ is: 'body-matching', pattern: '"id_token":"[^"]+"' }],
    },
  };
}

function opens(key: string, name: string, token: string): ContractCase {
  return {
    key,
    name,
    severity: 'contract',
    source: {
      basis: 'observed',
      cite: 'access.md#gateway',
      says: 'An active token passes the gateway; refreshing ends none.',
    },
    needs: [token],
    request: withToken('{{auxip_root_uri}}/', `{{${token}}}`),
    expect: { status: 200, schema: 'service-document' },
  };
}

function refresh(key: string, name: string): ContractCase {
  return {
    key,
    name,
    severity: 'contract',
    source: {
      basis: 'observed',
      cite: 'access.md#lifetimes',
      says: 'Refresh tokens are not revoked on use; each refresh gives 1800 s.',
    },
    needs: ['first_refresh_token'],
    request: refreshRequest('{{first_refresh_token}}'),
    expect: {
      status: 200,
      contentType: 'application/json',
      headers: NO_STORE,
      schema: 'token.answer',
      checks: [
        { is: 'member', pointer: '/refresh_expires_in', equal: 1800 },
        { is: 'member', pointer: '/not-before-policy', equal: 0 },
        { is: 'token-claims', username: '{{username}}', roles: ['download'] },
        { is: 'token-new', than: 'first_token' },
        { is: 'keep', pointer: '/access_token', as: 'refreshed_token' },
      ],
    },
  };
}

const UNKNOWN: Field = ['username', 'auxflow-no-such-account'];
const WRONG: Field = ['password', 'auxflow-no-such-password'];

/** Status and `error` of each wrong form. Descriptions must be there, and are not compared. */
const REFUSALS: readonly (readonly [
  key: string,
  name: string,
  status: number | readonly number[],
  error: string,
  ...fields: Field[],
])[] = [
  ['unknown-user', 'An unknown user is refused', 401, 'invalid_grant', PASSWORD_GRANT, CLIENT, UNKNOWN, WRONG],
  ['no-username', 'A missing user name is refused', 401, 'invalid_request', PASSWORD_GRANT, CLIENT, WRONG],
  ['no-grant', 'A missing grant_type is refused', 400, 'invalid_request', CLIENT, UNKNOWN, WRONG],
  ['other-grant', 'An unknown grant_type is refused', 400, 'unsupported_grant_type', ['grant_type', 'magic'], CLIENT],
  [
    'other-client',
    'An unknown client is refused',
    [400, 401],
    'invalid_client',
    PASSWORD_GRANT,
    ['client_id', 'auxflow-no-such-client'],
    UNKNOWN,
    WRONG,
  ],
  [
    'padded-client',
    'A client id with a leading space is an unknown client',
    [400, 401],
    'invalid_client',
    PASSWORD_GRANT,
    ['client_id', ' {{client_id}}'],
    USERNAME,
    PASSWORD,
  ],
  [
    'repeated-field',
    'A repeated field is refused',
    400,
    'invalid_request',
    PASSWORD_GRANT,
    CLIENT,
    CLIENT,
    USERNAME,
    PASSWORD,
  ],
  [
    'other-scope',
    'An unknown scope is refused',
    400,
    'invalid_scope',
    PASSWORD_GRANT,
    CLIENT,
    USERNAME,
    PASSWORD,
    ['scope', 'auxflow-no-such-scope'],
  ],
  ['no-refresh-token', 'Refreshing without a refresh token is refused', 400, 'invalid_request', REFRESH_GRANT, CLIENT],
  [
    'bad-refresh-token',
    'A malformed refresh token is refused',
    400,
    'invalid_grant',
    REFRESH_GRANT,
    CLIENT,
    ['refresh_token', 'no.refresh.token'],
  ],
  [
    'refresh-other-client',
    'A refresh token does not serve an unknown client',
    [400, 401],
    'invalid_client',
    REFRESH_GRANT,
    ['client_id', 'auxflow-no-such-client'],
    ['refresh_token', '{{first_refresh_token}}'],
  ],
  [
    'access-as-refresh',
    'An access token is not a refresh token',
    400,
    'invalid_grant',
    REFRESH_GRANT,
    CLIENT,
    ['refresh_token', '{{access_token}}'],
  ],
];

const AS_UNKNOWN_USER = 'unknown_user';

function refusals(): ContractCase[] {
  return [
    ...REFUSALS.map(refusal).map((item) =>
      item.key === 'token-unknown-user' ? also(item, { is: 'keep-refusal', as: AS_UNKNOWN_USER }) : item,
    ),
    ...otherRequests(),
  ];
}

function refusal([key, name, status, error, ...fields]: (typeof REFUSALS)[number]): ContractCase {
  return {
    key: `token-${key}`,
    name,
    severity: 'contract',
    source: TABLE,
    request: tokenRequest(...fields),
    expect: {
      status,
      contentType: 'application/json',
      headers: { 'Cache-Control': 'no-store' },
      schema: 'token.error',
      checks: [
        { is: 'member', pointer: '/error', equal: error },
        { is: 'body-matching', pattern: '"error_description":"[^"]+"' },
      ],
    },
  };
}

/** Wrong passwords for the suite's own account, each nearly right; nothing counts them (access.md#lifetimes). */
function nearlyRight(): ContractCase[] {
  const wrong = (key: string, name: string, password: string): ContractCase => {
    const fields: Field[] = [PASSWORD_GRANT, CLIENT, USERNAME, ['password', password]];
    const item = refusal([key, name, 401, 'invalid_grant', ...fields]);
    return { ...also(item, { is: 'same-refusal', as: AS_UNKNOWN_USER }), needs: ['password_in_other_case'] };
  };
  return [
    wrong('other-case', 'A password in upper case for lower is refused', '{{password_in_other_case}}'),
    wrong('longer', 'A password with a letter more is refused', '{{password}}x'),
    wrong('blanks', 'A password between blanks is refused', ' {{password}} '),
    wrong('empty', 'An empty password is refused', ''),
  ];
}

function also(item: ContractCase, check: Check): ContractCase {
  return { ...item, expect: { ...item.expect, checks: [...(item.expect.checks ?? []), check] } };
}

const JSON_FIELDS: readonly Field[] = [PASSWORD_GRANT, CLIENT, USERNAME, PASSWORD];

function otherRequests(): ContractCase[] {
  return [
    ...nearlyRight(),
    {
      key: 'token-get',
      name: 'The token endpoint takes no GET',
      severity: 'contract',
      // Keycloak leaves out the Allow that RFC 9110 §15.5.6 asks for.
      source: { basis: 'observed', cite: 'access.md#token-errors', says: 'GET: 405.' },
      request: { url: '{{access_token_url}}', auth: 'none' },
      expect: { status: 405 },
    },
    {
      key: 'token-json',
      name: 'Fields as JSON are not read, right as they are',
      severity: 'contract',
      source: {
        basis: 'observed',
        cite: 'access.md#token-request',
        says: 'The endpoint reads a form; the manuals call it JSON.',
      },
      request: {
        method: 'POST',
        url: '{{access_token_url}}',
        auth: 'none',
        headers: { 'Content-Type': 'application/json' },
        body: `{${JSON_FIELDS.map(([name, value]) => `"${name}":"${value}"`).join()}}`,
      },
      expect: { status: [400, 415], schema: 'token.error' },
    },
    {
      key: 'token-other-realm',
      name: 'There is no other realm',
      severity: 'shape',
      source: { basis: 'observed', cite: 'access.md#token-errors', says: 'No such realm: 404 `Realm does not exist`.' },
      request: {
        ...tokenRequest(PASSWORD_GRANT, CLIENT, UNKNOWN, WRONG),
        url: '{{site_url}}/auth/realms/reprobase/protocol/openid-connect/token',
      },
      expect: { status: 404 },
    },
  ];
}
