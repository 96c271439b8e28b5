import type { CaseFolder, CaseRequest, ContractCase, Expectation, Promised } from '../contract-case';
import { signIn } from './sign-in';
import { CLIENT, PASSWORD_GRANT, passwordRequest, tokenRequest, withToken } from './token-request';

/** Who passes the gateway, and what the applications behind it let a role do (access.md#gateway, access.md#roles). */
export function gateway(): CaseFolder {
  return {
    key: 'gateway',
    name: 'Gateway and roles',
    about:
      'Requests without a token, with a broken or forged one, and with an account of another role. Cases of other accounts need their user names and passwords in the environment.',
    cases: [signIn('gateway'), forgeries(), ...withoutToken(), ...withBadToken(), ...otherRoles()],
  };
}

/** The tokens of the cases below. */
function forgeries(): ContractCase {
  return {
    key: 'gateway-forgeries',
    name: 'A token for the forgeries',
    severity: 'contract',
    source: {
      basis: 'documented',
      cite: 'access.md#token-request',
      says: 'User name and password give an access token.',
    },
    request: passwordRequest(['scope', 'openid']),
    expect: {
      status: 200,
      checks: [
        { is: 'token-forgeries' },
        { is: 'keep', pointer: '/refresh_token', as: 'gateway_refresh_token' },
        { is: 'keep', pointer: '/id_token', as: 'gateway_id_token' },
      ],
    },
  };
}

const TO_LOGIN: Expectation = {
  status: 302,
  headers: {
    Location:
      '^https?://[^/]+/auth/realms/reprocessing-preparation/protocol/openid-connect/auth[?](?=.*\\bstate=[^&])(?=.*\\bnonce=[^&])(?=.*\\bresponse_type=code)(?=.*\\bclient_id=kong).*\\bredirect_uri=http',
    'Set-Cookie': '^session=',
    'Cache-Control': 'no-store',
    'WWW-Authenticate': null,
  },
};

const UNAUTHORIZED: Promised = {
  basis: 'documented',
  cite: 'access.md#gateway',
  says: 'The manuals promise 401.',
  expect: { status: 401, headers: { 'WWW-Authenticate': '^Bearer realm="reprocessing-preparation"' } },
};

function refused(key: string, name: string, request: CaseRequest, needs?: readonly string[]): ContractCase {
  return {
    key,
    name,
    severity: 'contract',
    source: {
      basis: 'observed',
      cite: 'access.md#gateway',
      says: 'The gateway answers 302 to its login page.',
    },
    ...(needs ? { needs } : {}),
    request,
    expect: TO_LOGIN,
    // A site that speaks the specification speaks it in auxip.svc.
    promised: request.url.startsWith('{{auxip_root_uri}}') ? { ...UNAUTHORIZED, basis: 'icd' } : UNAUTHORIZED,
  };
}

/** Whatever there is in it: nobody is let in. */
const PERIOD = "(Mission='{{mission}}',Unit='{{unit}}')";

/** Every operation of the services. */
const PLACES: readonly (readonly [key: string, name: string, url: string])[] = [
  ['rdb-root', 'The service document of rdb.svc', '{{rdb_root_uri}}/'],
  ['rdb-metadata', 'The $metadata of rdb.svc', '{{rdb_root_uri}}/$metadata'],
  [
    'rdb-baseline',
    'A baseline',
    "{{rdb_root_uri}}/getReprocessingDataBaseline(l0_names='{{l0_names}}',mission='{{mission}}',unit='{{unit}}',product_type='{{product_type}}')",
  ],
  [
    'rdb-interval',
    'A baseline of an interval',
    "{{rdb_root_uri}}/getReprocessingDataBaseline(start={{sample_start}},stop={{sample_stop}},mission='{{mission}}',unit='{{unit}}',product_type='{{product_type}}')",
  ],
  ['auxip-root', 'The service document of auxip.svc', '{{auxip_root_uri}}/'],
  ['auxip-metadata', 'The $metadata of auxip.svc', '{{auxip_root_uri}}/$metadata'],
  ['auxip-products', 'The catalogue', '{{auxip_root_uri}}/Products?$top=1'],
  ['auxip-entry', 'An entry', '{{auxip_root_uri}}/Products({{missing_id}})'],
  ['auxip-attributes', 'The attributes of an entry', '{{auxip_root_uri}}/Products({{missing_id}})/Attributes'],
  ['auxip-typed', 'Its attributes of one type', '{{auxip_root_uri}}/Products({{missing_id}})/StringAttributes'],
  ['auxip-property', 'A property of an entry', '{{auxip_root_uri}}/Products({{missing_id}})/Name'],
  ['auxip-complex', 'A complex property of an entry', '{{auxip_root_uri}}/Products({{missing_id}})/ContentDate'],
  ['auxip-value', 'A $value', '{{auxip_root_uri}}/Products({{missing_id}})/$value'],
  ['auxip-subscriptions', 'The list of subscriptions', '{{auxip_root_uri}}/Subscriptions?$top=1'],
  ['reprocessing-root', 'The service document of reprocessing.svc', '{{reprocessing_root_uri}}/'],
  ['reprocessing-types', 'The list of ADF types', '{{reprocessing_root_uri}}/AuxTypes?$top=1'],
  ['reprocessing-metadata', 'The $metadata of reprocessing.svc', '{{reprocessing_root_uri}}/$metadata'],
  ['reprocessing-type', 'An ADF type', "{{reprocessing_root_uri}}/AuxTypes('OL_1_CAL_AX')"],
  ['reprocessing-files', 'The list of auxiliary files', '{{reprocessing_root_uri}}/AuxFiles?$top=1'],
  ['reprocessing-file', 'An auxiliary file', '{{reprocessing_root_uri}}/AuxFiles({{missing_id}})'],
  ['reprocessing-products', 'The list of product types', '{{reprocessing_root_uri}}/ProductTypes'],
  ['reprocessing-levels', 'The list of levels', '{{reprocessing_root_uri}}/ProductLevels'],
  ['reprocessing-list', 'The files for a period', `{{reprocessing_root_uri}}/GetReproBaselineListForPeriod${PERIOD}`],
  ['reprocessing-names', 'Their names', `{{reprocessing_root_uri}}/GetReproBaselineNamesForPeriod${PERIOD}`],
];

const CATALOGUE = '{{auxip_root_uri}}/Products?$top=1';

/** A made-up account. */
const BASIC = 'Basic YXV4ZmxvdzphdXhmbG93';

/** The caller's address as proxies tell it: a gateway that believes it takes the request for one from inside. */
const FROM_INSIDE = { 'X-Forwarded-For': '127.0.0.1' };

/** What gateways tell the services behind them; from a caller it must mean nothing. `e30=` is an empty JSON object in base64. */
const FROM_GATEWAY = {
  ...FROM_INSIDE,
  'X-Userinfo': 'e30=',
  'X-Original-URL': '/auth/',
  'X-HTTP-Method-Override': 'GET',
};

/** The same resource in other letters: what guards an address must know it in each of them. */
function encodedPath(url: string): string {
  const [path = '', ...query] = url.split('?');
  return [path.replace('$', '%24').replace('(', '%28').replace(')', '%29'), ...query].join('?');
}

function withoutToken(): ContractCase[] {
  const heads = PLACES.filter(([key]) => key.endsWith('-root'));
  return [
    ...PLACES.map(([key, name, url]) =>
      refused(`gateway-none-${key}`, `${name} is not shown without a token`, { url, auth: 'none' }),
    ),
    // What does not open a door on its own does not open it together.
    ...PLACES.map(([key, name, url]) =>
      refused(`gateway-any-${key}`, `${name} is not shown to any bearer`, withToken(url, 'auxflow')),
    ),
    ...PLACES.map(([key, name, url]) =>
      refused(`gateway-basic-${key}`, `${name} is not shown to a password, a cookie or a local address`, {
        url: encodedPath(url),
        auth: 'none',
        headers: { Authorization: BASIC, Cookie: 'session=auxflow', ...FROM_INSIDE },
      }),
    ),
    ...heads.map(([key, name, url]) =>
      refused(`gateway-head-${key}`, `${name} answers no HEAD without a token, whoever the origin is`, {
        method: 'HEAD',
        url,
        auth: 'none',
        headers: { Origin: '{{site_url}}', ...FROM_INSIDE },
      }),
    ),
    ...[
      '{{rdb_root_uri}};x=1/',
      '{{auxip_root_uri}};x=1/Products?$top=1',
      '{{reprocessing_root_uri}}/AuxTypes;x=1?$top=1',
    ].map(throughParameter),
  ];
}

/** Tomcat passes over path parameters (RFC 3986 §3.3). Not recorded is how the gateway or a proxy refuses them: they must. */
function throughParameter(url: string, index: number): ContractCase {
  return {
    key: `gateway-parameter-${index + 1}`,
    name: `A path parameter does not open ${['rdb.svc', 'the catalogue', 'reprocessing.svc'][index]}`,
    severity: 'contract',
    source: { basis: 'documented', cite: 'access.md#gateway', says: 'Every request needs a token.' },
    request: { url, auth: 'none' },
    // A service that refuses was asked.
    expect: { status: [302, 400, 401, 403, 404], headers: { 'OData-Version': null } },
  };
}

function withBadToken(): ContractCase[] {
  const tokens: readonly (readonly [key: string, name: string, token: string])[] = [
    ['tampered', 'A token with another signature', '{{token_tampered}}'],
    ['promoted', 'A token that was given more roles', '{{token_promoted}}'],
    ['unsigned', 'A token without signature (alg none)', '{{token_unsigned}}'],
    ['cut', 'Half a token', '{{token_cut}}'],
    ['fourth', 'A token with a fourth part', '{{access_token}}.auxflow'],
    ['longer', 'A token with a longer signature', '{{access_token}}auxflow'],
    ['word', 'A token with a word behind it', '{{access_token}} auxflow'],
  ];
  const services = ['{{rdb_root_uri}}/', '{{reprocessing_root_uri}}/AuxTypes?$top=1'];
  return [
    ...tokens.map(([key, name, token]) =>
      refused(`gateway-bad-${key}`, `${name} does not open the catalogue`, withToken(CATALOGUE, token), needed(token)),
    ),
    ...services.map((url, index) =>
      refused(
        `gateway-promoted-${index + 1}`,
        `A token that was given more roles does not open ${index === 0 ? 'rdb.svc' : 'reprocessing.svc'}`,
        withToken(url, '{{token_promoted}}'),
        ['token_promoted'],
      ),
    ),
    otherKind('refresh', 'A refresh token', '{{gateway_refresh_token}}'),
    otherKind('id', 'An id token', '{{gateway_id_token}}'),
    refused('gateway-query', 'A token in the address does not open the catalogue', {
      url: `${CATALOGUE}&access_token={{token_cut}}`,
      auth: 'none',
      headers: FROM_GATEWAY,
    }),
    refused('gateway-empty', 'An empty Bearer does not open the catalogue', {
      url: CATALOGUE,
      auth: 'none',
      headers: { Authorization: 'Bearer' },
    }),
    refused('gateway-session-cookie', 'A made-up session cookie does not open rdb.svc', {
      url: '{{rdb_root_uri}}/',
      auth: 'none',
      headers: { Cookie: 'session=auxflow', ...FROM_GATEWAY },
    }),
  ];
}

/** Keycloak says that it is active; auxip.svc stumbles over the roles that it lacks. */
function otherKind(key: string, name: string, token: string): ContractCase {
  const says = 'It passes the gateway, and the service answers 500.';
  return {
    ...refused(`gateway-bad-${key}`, `${name} does not open the catalogue`, withToken(CATALOGUE, token), needed(token)),
    source: { basis: 'observed', cite: 'access.md#gateway', says },
    expect: {
      status: 500,
      contentType: 'application/json;odata.metadata=minimal',
      schema: 'error.odata',
      checks: [{ is: 'body-matching', pattern: '"code":null' }],
    },
  };
}

const needed = (token: string): string[] | undefined => /^\{\{(\w+)\}\}$/.exec(token)?.slice(1);

interface Role {
  readonly key: string;
  readonly variable: string;
  readonly roles: readonly string[];
}

const REPORTING: Role = { key: 'reporting', variable: 'reporting', roles: ['reporting'] };
const ROLELESS: Role = { key: 'roleless', variable: 'roleless', roles: [] };

const UNAUTHORIZED_REQUEST: Expectation = {
  status: 401,
  headers: { 'OData-Version': '^4[.]0$', 'WWW-Authenticate': null },
  error: { code: '401', message: 'Unauthorized Request !' },
};

function otherRoles(): ContractCase[] {
  return [fileForRoles(), signInAs(REPORTING), ...withReporting(), signInAs(ROLELESS), ...withoutRole()];
}

function withReporting(): ContractCase[] {
  return [
    asRole(REPORTING, 'products', 'The role reporting reads the catalogue', CATALOGUE, {
      status: 200,
      schema: 'auxip.products',
    }),
    {
      ...asRole(REPORTING, 'metrics', 'The role reporting reads the metrics', '{{auxip_root_uri}}/Metrics', {
        status: 200,
        schema: 'auxip.metrics',
      }),
      profiles: ['adg'],
    },
    {
      ...asRole(
        REPORTING,
        'value',
        'Without the role download a $value is refused as if the quota were used up',
        '{{auxip_root_uri}}/Products({{role_file_id}})/$value',
        { status: 429, error: { code: '429', message: 'Too Many Requests !' }, headers: { 'Retry-After': null } },
      ),
      profiles: ['adg'],
      needs: ['reporting_token', 'role_file_id'],
    },
  ];
}

function withoutRole(): ContractCase[] {
  const ask = (key: string, name: string, url: string, expect: Expectation): ContractCase =>
    asRole(ROLELESS, key, name, url, expect);
  return [
    ask('products', 'An account without a role does not read the catalogue', CATALOGUE, UNAUTHORIZED_REQUEST),
    {
      ...ask(
        'metrics',
        'An account without a role does not read the metrics',
        '{{auxip_root_uri}}/Metrics',
        UNAUTHORIZED_REQUEST,
      ),
      profiles: ['adg'],
    },
    {
      ...ask(
        'subscriptions',
        'An account without a role does not read the subscriptions',
        '{{auxip_root_uri}}/Subscriptions?$top=0',
        UNAUTHORIZED_REQUEST,
      ),
      profiles: ['adg'],
    },
    ask('metadata', 'The $metadata of auxip.svc needs no role', '{{auxip_root_uri}}/$metadata', { status: 200 }),
    ask('rdb', 'rdb.svc needs no role', '{{rdb_root_uri}}/', { status: 200, schema: 'service-document' }),
    ask('reprocessing', 'reprocessing.svc needs no role to read', '{{reprocessing_root_uri}}/AuxTypes?$top=1', {
      status: 200,
      schema: 'reprocessing.aux-types',
    }),
  ];
}

function asRole(role: Role, key: string, name: string, url: string, expect: Expectation): ContractCase {
  return {
    key: `role-${role.key}-${key}`,
    name,
    severity: 'contract',
    source: { basis: 'observed', cite: 'access.md#roles', says: 'Roles decide in auxip.svc only.' },
    needs: [`${role.variable}_token`],
    request: withToken(url, `{{${role.variable}_token}}`),
    expect,
  };
}

function fileForRoles(): ContractCase {
  return {
    key: 'role-file',
    name: 'A file that other roles ask for',
    severity: 'shape',
    source: { basis: 'observed', cite: 'auxip.md#query-options', says: 'Entries in the order of their ids.' },
    request: { url: '{{auxip_root_uri}}/Products?$orderby=Id&$top=1' },
    expect: { status: 200, checks: [{ is: 'keep', pointer: '/value/0/Id', as: 'role_file_id' }] },
  };
}

function signInAs({ key, variable, roles }: Role): ContractCase {
  return {
    key: `role-${key}-sign-in`,
    name: `Sign in with the ${key} account`,
    severity: 'contract',
    source: { basis: 'observed', cite: 'access.md#token-answer', says: 'The token contains the roles.' },
    needs: [`${variable}_username`, `${variable}_password`],
    request: tokenRequest(
      PASSWORD_GRANT,
      CLIENT,
      ['username', `{{${variable}_username}}`],
      ['password', `{{${variable}_password}}`],
    ),
    expect: {
      status: 200,
      schema: 'token.answer',
      checks: [
        { is: 'token-claims', username: `{{${variable}_username}}`, roles },
        { is: 'keep', pointer: '/access_token', as: `${variable}_token` },
      ],
    },
  };
}
