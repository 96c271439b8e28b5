/** The token endpoint: its answer, the claims of its tokens, its refusals; and who passes the gateway. */
import { TOKEN_PATH } from '../../../gateway';
import type { Reply } from '../../../http/reply';
import type { WireRequest } from '../../../http/request';
import type { Faults } from '../../scenarios/faults';
import { afterSite, withHeaders, withoutHeader } from '../around';
import { editJson, without } from '../edit-json';
import { changesOf, severityOf } from './changes';
import { get, type Ask, type Draft, type Family, type Severity } from './draft';
import { valueAt, withValueAt } from './places';
import { SERVED, type Surface } from './surface';

const PASSWORD = {
  grant_type: 'password',
  client_id: 'reprocessing-preparation',
  username: 'user',
  password: 'password',
  scope: 'openid',
};
const SIGN_IN: Ask = { to: 'token', form: PASSWORD };

const atEndpoint = (change: (reply: Reply, request: WireRequest) => Reply): Faults =>
  afterSite(/^/, (reply, request) => (request.path === TOKEN_PATH ? change(reply, request) : reply));

const MEMBERS = [
  ['access_token', 'id'],
  ['expires_in', 'number'],
  ['refresh_expires_in', 'number'],
  ['refresh_token', 'id'],
  ['token_type', 'text'],
  ['id_token', 'id'],
  ['not-before-policy', 'number'],
  ['session_state', 'id'],
  ['scope', 'text'],
] as const;

export const tokenMembers: Family = (random) => {
  const [name, kind] = random.pick(MEMBERS);
  const change = random.pick(changesOf(kind));
  const refreshed = random.oneIn(4);
  return {
    area: 'tokens',
    severity: severityOf(change, false),
    defect: `${name} of the token answer${refreshed ? ' to a refresh' : ''} ${change.words}`,
    witness: [
      SIGN_IN,
      {
        to: 'token',
        form: { grant_type: 'refresh_token', client_id: PASSWORD.client_id, refresh_token: '{refresh_token}' },
      },
    ],
    create: () =>
      atEndpoint((reply, { body }) => {
        if (reply.status !== 200 || (refreshed && !body.includes('grant_type=refresh_token'))) return reply;
        return editJson(
          reply,
          (json) => withValueAt(json, [name], change.apply(valueAt(json, [name]), {})) as Record<string, unknown>,
        );
      }),
  };
};

type Claims = Readonly<Record<string, unknown>>;

const CLAIMS: readonly (readonly [words: string, severity: Severity, change: (claims: Claims) => Claims])[] = [
  ['names another issuer', 'contract', (claims) => ({ ...claims, iss: 'https://other.example/auth/realms/master' })],
  [
    'names the realm in another case',
    'contract',
    (claims) => ({ ...claims, iss: String(claims['iss']).toUpperCase() }),
  ],
  ['is for another audience', 'contract', (claims) => ({ ...claims, aud: 'master-realm' })],
  ['is of another client', 'contract', (claims) => ({ ...claims, azp: 'admin-cli' })],
  ['is of another type', 'contract', (claims) => ({ ...claims, typ: 'ID' })],
  [
    'lives twice as long as the answer says',
    'contract',
    (claims) => ({ ...claims, exp: Number(claims['exp']) * 2 - Number(claims['iat']) }),
  ],
  ['has expired when it comes', 'data', (claims) => ({ ...claims, exp: Number(claims['iat']) - 1 })],
  [
    'was issued an hour ago',
    'contract',
    (claims) => ({ ...claims, iat: Number(claims['iat']) - 3600, exp: Number(claims['exp']) - 3600 }),
  ],
  [
    'counts its life in milliseconds',
    'contract',
    (claims) => ({ ...claims, exp: Number(claims['exp']) * 1000, iat: Number(claims['iat']) * 1000 }),
  ],
  ['names another account', 'data', (claims) => ({ ...claims, preferred_username: 'somebody' })],
  [
    'names the account in upper case',
    'contract',
    (claims) => ({ ...claims, preferred_username: String(claims['preferred_username']).toUpperCase() }),
  ],
  ['has no roles', 'contract', (claims) => ({ ...claims, realm_access: { roles: [] } })],
  [
    'has the role reporting as well',
    'data',
    (claims) => ({ ...claims, realm_access: { roles: ['download', 'reporting'] } }),
  ],
  ['has no role download', 'contract', (claims) => ({ ...claims, realm_access: { roles: ['offline_access'] } })],
  [
    'belongs to another session',
    'contract',
    (claims) => ({ ...claims, session_state: '00000000-0000-4000-8000-000000000000' }),
  ],
  ['has another scope than the answer says', 'contract', (claims) => ({ ...claims, scope: 'email' })],
  ['carries the password', 'data', (claims) => ({ ...claims, password: 'password' })],
];

/** The gateway goes on knowing the token: only what it says of itself is another. */
export const tokenClaims: Family = (random) => {
  const token = random.pick(['access_token', 'access_token', 'refresh_token']);
  const [words, severity, change] = random.pick(CLAIMS);
  return {
    area: 'tokens',
    severity,
    defect: `the ${token.replace('_', ' ')} ${words}`,
    witness: [SIGN_IN],
    create: () => retold(token, change),
  };
};

function retold(name: string, change: (claims: Claims) => Claims): Faults {
  const originals = new Map<string, string>();
  const given = (text: string): string =>
    [...originals].reduce((all, [told, original]) => all.replaceAll(told, original), text);
  return {
    aroundSite: async (request, answer) => {
      const { authorization } = request.headers;
      const headers =
        authorization === undefined ? request.headers : { ...request.headers, authorization: given(authorization) };
      const body = Buffer.from(given(request.body.toString('utf8')));
      const reply = await answer({ ...request, headers, body });
      if (request.path !== TOKEN_PATH || reply.status !== 200) return reply;
      return editJson(reply, (json) => {
        const original = String(json[name]);
        const [head = '', claims = '', signature = ''] = original.split('.');
        const changed = change(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Claims);
        const told = [head, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
        originals.set(told, original);
        return { ...json, [name]: told };
      });
    },
  };
}

const REFUSALS: readonly (readonly [words: string, form: Readonly<Record<string, string>>])[] = [
  ['a wrong password', { ...PASSWORD, password: 'wrong' }],
  ['an unknown user', { ...PASSWORD, username: 'auxflow-nobody' }],
  ['a missing user name', { grant_type: 'password', client_id: PASSWORD.client_id, password: 'x' }],
  ['a missing grant_type', { client_id: PASSWORD.client_id }],
  ['an unknown grant_type', { ...PASSWORD, grant_type: 'magic' }],
  ['an unknown client', { ...PASSWORD, client_id: 'nobody' }],
  ['an unknown scope', { ...PASSWORD, scope: 'nonsense' }],
  ['a missing refresh token', { grant_type: 'refresh_token', client_id: PASSWORD.client_id }],
  ['a malformed refresh token', { grant_type: 'refresh_token', client_id: PASSWORD.client_id, refresh_token: 'a.b.c' }],
];

const told =
  (change: (json: Record<string, unknown>) => Record<string, unknown>) =>
  (reply: Reply): Reply =>
    editJson(reply, (json) => change({ ...json }));

const REFUSED: readonly (readonly [words: string, severity: Severity, change: (reply: Reply) => Reply])[] = [
  ['has status 200', 'data', (reply) => ({ ...reply, status: 200 })],
  ['has status 403', 'contract', (reply) => ({ ...reply, status: 403 })],
  ['has status 500', 'contract', (reply) => ({ ...reply, status: 500 })],
  ['has no error', 'contract', told((json) => without(json, 'error'))],
  ['has another error', 'contract', told((json) => ({ ...json, error: 'server_error' }))],
  [
    'has its error in upper case',
    'contract',
    told((json) => ({ ...json, error: String(json['error']).toUpperCase() })),
  ],
  ['has no error_description', 'shape', told((json) => without(json, 'error_description'))],
  ['has an empty error_description', 'shape', told((json) => ({ ...json, error_description: '' }))],
  [
    'has a description that repeats the password',
    'contract',
    told((json) => ({ ...json, error_description: `Invalid: password=wrong` })),
  ],
  ['may be cached', 'contract', (reply) => withoutHeader(reply, 'Cache-Control')],
  [
    'is HTML',
    'contract',
    (reply) => ({ ...withHeaders(reply, { 'Content-Type': 'text/html' }), body: '<html></html>' }),
  ],
  ['is labelled text/plain', 'shape', (reply) => withHeaders(reply, { 'Content-Type': 'text/plain' })],
  [
    'has a stack trace',
    'contract',
    told((json) => ({ ...json, trace: 'org.keycloak.Fault\n\tat org.keycloak.Token.read(Token.java:12)' })),
  ],
];

/** Requests that are refused are told apart by what is wrong in their form. */
export const tokenRefusals: Family = (random) => {
  const [words, form] = random.pick(REFUSALS);
  const [change, severity, edit] = random.pick(REFUSED);
  const kind = refusalKind(form);
  return {
    area: 'tokens',
    severity,
    defect: `the refusal of ${words} ${change}`,
    witness: [{ to: 'token', form }],
    create: () =>
      atEndpoint((reply, { body }) =>
        reply.status >= 400 && refusalKind(Object.fromEntries(new URLSearchParams(body.toString('utf8')))) === kind
          ? edit(reply)
          : reply,
      ),
  };
};

const USERS = ['user', 'operator', 'nobody'];

function refusalKind({
  grant_type: grant,
  client_id: client,
  username,
  password,
  scope,
  refresh_token: refresh,
}: Readonly<Record<string, string>>): string {
  if (grant === undefined) return 'no grant';
  if (client !== PASSWORD.client_id) return 'client';
  if (grant === 'refresh_token') return refresh === undefined ? 'no refresh' : 'refresh';
  if (grant !== 'password') return 'grant';
  if (username === undefined) return 'no user';
  if (scope !== undefined && !/openid|profile|email/.test(scope)) return 'scope';
  if (!USERS.includes(username.toLowerCase())) return 'user';
  return password === 'password' ? 'none' : 'password';
}

const OPEN: readonly (readonly [
  words: string,
  as: string,
  passes: (request: WireRequest) => boolean,
  headers: Readonly<Record<string, string>>,
])[] = [
  ['need no token', 'nobody-signed-in', () => true, {}],
  [
    'are open to any bearer',
    'nobody-signed-in',
    ({ headers }) => /^bearer /i.test(headers.authorization ?? ''),
    { Authorization: 'Bearer anything' },
  ],
  [
    'are open to Basic',
    'nobody-signed-in',
    ({ headers }) => /^basic /i.test(headers.authorization ?? ''),
    { Authorization: 'Basic dXNlcjpwYXNzd29yZA==' },
  ],
  [
    'are open to a cookie',
    'nobody-signed-in',
    ({ headers }) => /session=/.test(headers.cookie ?? ''),
    { Cookie: 'session=1' },
  ],
];

/** Some operation passes the gateway without its token being looked at. */
export const openDoors: Family = (random) => {
  const surface = random.pick(SERVED);
  const [words, , passes, headers] = random.pick(OPEN);
  const [target, pattern] = [surface.ask.to === 'site' ? surface.ask.target : '', pathOf(surface)];
  return {
    area: 'gateway',
    severity: 'data',
    defect: `${surface.words} ${words}`,
    witness: [get(target, { as: 'nobody-signed-in', headers })],
    create: () => ({ isOpen: (request) => pattern(request) && passes(request) }),
  };
};

/** As the surface has it, before there is an answer. */
function pathOf(surface: Surface): (request: WireRequest) => boolean {
  return (request) =>
    surface.has(
      { ...request, path: request.path.replaceAll('%28', '(').replaceAll('%29', ')').replaceAll('%24', '$') },
      { status: 200, headers: {} },
    );
}

const LOGIN: readonly (readonly [words: string, severity: Severity, change: (reply: Reply) => Reply])[] = [
  [
    'get 401',
    'contract',
    () => ({ status: 401, headers: { 'Content-Type': 'application/json' }, body: '{"message":"Unauthorized"}' }),
  ],
  [
    'get 403',
    'contract',
    () => ({ status: 403, headers: { 'Content-Type': 'application/json' }, body: '{"message":"Forbidden"}' }),
  ],
  [
    'get 500',
    'contract',
    () => ({
      status: 500,
      headers: { 'Content-Type': 'application/json' },
      body: '{"message":"An unexpected error occurred"}',
    }),
  ],
  ['are redirected with 307', 'contract', (reply) => ({ ...reply, status: 307 })],
  ['are redirected for good', 'contract', (reply) => ({ ...reply, status: 301 })],
  ['are redirected to nowhere', 'contract', (reply) => withoutHeader(reply, 'Location')],
  [
    'are redirected to another realm',
    'contract',
    (reply) =>
      withHeaders(reply, { Location: String(reply.headers['Location']).replace('reprocessing-preparation', 'master') }),
  ],
  [
    'are redirected without state',
    'shape',
    (reply) => withHeaders(reply, { Location: String(reply.headers['Location']).replace(/&state=[^&]*/, '') }),
  ],
  ['get the page of the redirect with 200', 'data', (reply) => ({ ...reply, status: 200 })],
  [
    'get an empty list',
    'data',
    () => ({ status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"value":[]}' }),
  ],
];

/** What a request without a token gets, for one operation. */
export const closedDoors: Family = (random) => {
  const surface = random.pick(SERVED);
  const [words, severity, change] = random.pick(LOGIN);
  const isHere = pathOf(surface);
  const target = surface.ask.to === 'site' ? surface.ask.target : '';
  const draft: Draft = {
    area: 'gateway',
    severity,
    defect: `requests for ${surface.words} without a token ${words}`,
    witness: [get(target, { as: 'nobody-signed-in' })],
    create: () =>
      afterSite(/[.]svc/, (reply, request) =>
        isHere(request) && reply.status === 302 && String(reply.headers['Location']).includes('/auth/realms')
          ? change(reply)
          : reply,
      ),
  };
  return draft;
};
