import { LOGIN_PATH, loginPage, TOKEN_PATH } from '../../../gateway';
import { jsonReply, type Reply } from '../../../http/reply';
import type { WireRequest } from '../../../http/request';
import type { Fields } from '../../../odata/write-value';
import type { Faults } from '../../scenarios/faults';
import { CLIENT_ID } from '../../../token/token-issuer';
import { afterSite, withHeaders, withoutRequestHeader, beforeService, beforeSite } from '../around';
import { changed, editJson, without } from '../edit-json';
import { inGroup } from '../mutant';

/** The token endpoint, and what the gateway makes of a token (access.md). */
export const TOKEN_MUTANTS = inGroup('tokens', [
  {
    name: 'token-signature-unchecked',
    defect: 'the gateway takes a token whose signature is wrong',
    create: () => ({ tokenChecks: { signature: false } }),
  },
  {
    name: 'token-expiry-unchecked',
    defect: 'the gateway takes a token that has expired',
    needs: { tokenSeconds: 2 },
    create: () => ({ tokenChecks: { expiry: false } }),
  },
  {
    name: 'origin-opens',
    defect: 'the gateway lets every request pass that has a header Origin',
    create: () => ({ isOpen: ({ headers }) => headers.origin !== undefined }),
  },
  {
    name: 'encoded-path-open',
    defect: 'an address needs no token where its dollar sign or parenthesis is percent-encoded',
    create: () => ({ isOpen: ({ path }) => /%24|%28/.test(path) }),
  },
  {
    name: 'path-parameter-open',
    defect: 'an address with a path parameter needs no token, and the parameter is passed over',
    create: () => {
      const open = new WeakSet<WireRequest>();
      return {
        isOpen: (request) => open.has(request),
        ...beforeSite((request) => {
          if (!request.path.includes(';')) return request;
          const plain = { ...request, path: request.path.replace(/;[^/]*/g, '') };
          open.add(plain);
          return plain;
        }),
      };
    },
  },
  {
    name: 'forwarded-opens',
    defect: 'a request without a token passes when X-Forwarded-For says that it comes from 127.0.0.1',
    create: () => ({
      isOpen: ({ headers }) => headers.authorization === undefined && headers['x-forwarded-for'] === '127.0.0.1',
    }),
  },
  {
    name: 'userinfo-opens',
    defect: 'a request without a token passes where the header stands by which the gateway tells services who asks',
    create: () => ({
      isOpen: ({ headers }) => headers.authorization === undefined && headers['x-userinfo'] !== undefined,
    }),
  },
  {
    name: 'token-fourth-part-taken',
    defect: 'what follows the third part of a token is passed over',
    create: () => bearer((token) => token.split('.').slice(0, 3).join('.')),
  },
  {
    name: 'token-longer-taken',
    defect: 'what stands in a signature beyond the length of a good one is passed over',
    create: () => bearer((token) => token.replace(/^([\w-]+[.][\w-]+[.][\w-]{342})[\w-]+$/, '$1')),
  },
  {
    name: 'token-word-taken',
    defect: 'what follows a token behind a blank is passed over',
    create: () => bearer((token) => token.replace(/ .*/, '')),
  },
  {
    name: 'login-state-constant',
    defect: 'state and nonce of the redirect to the login page are always the same',
    create: () => loginQuery((query) => query.replace(/(state|nonce)=[0-9a-f]{32}/g, `$1=${'a'.repeat(32)}`)),
  },
  {
    name: 'login-leads-elsewhere',
    defect: 'the login page is told to lead to another host',
    create: () =>
      loginQuery((query) =>
        query.replace(/redirect_uri=.*?(%2F\w+[.]svc|%2Fodata)/, 'redirect_uri=https%3A%2F%2Fx.example$1'),
      ),
  },
  {
    name: 'login-page-inside',
    defect: 'the way to the login page leads to a host that only the inside of the site knows',
    create: () =>
      afterSite(/^/, (reply) => {
        const location = String(reply.headers['Location']);
        return reply.status === 302 && location.includes(LOGIN_PATH)
          ? withHeaders(reply, { Location: location.replace(/^https?:\/\/[^/]+/, 'http://keycloak:8080') })
          : reply;
      }),
  },
  {
    name: 'other-tokens-refused',
    defect: 'the gateway sends refresh and id tokens to the login page',
    create: () => ({ tokenChecks: { type: true } }),
  },
  {
    name: 'basic-taken',
    defect: 'the gateway lets everyone pass who sends Authorization: Basic',
    create: () => ({ isOpen: ({ headers }) => /^basic /i.test(headers.authorization ?? '') }),
  },
  {
    name: 'rdb-open',
    defect: 'a baseline needs no token, only some Authorization',
    create: () => ({
      isOpen: ({ path, headers }) => path.startsWith('/rdb.svc') && headers.authorization !== undefined,
    }),
  },
  {
    name: 'reprocessing-open',
    defect: 'reprocessing.svc needs no token',
    create: () => ({ isOpen: ({ path }) => path.startsWith('/reprocessing.svc') }),
  },
  {
    name: 'metadata-open',
    defect: '$metadata needs no token',
    create: () => ({ isOpen: ({ path }) => path.endsWith('/$metadata') }),
  },
  {
    name: 'head-open',
    defect: 'HEAD needs no token',
    create: () => ({ isOpen: ({ method }) => method === 'HEAD' }),
  },
  {
    name: 'metadata-refused',
    defect: 'a token does not open $metadata: the login page comes',
    create: () => ({ acceptsToken: (_token, { request }) => !request.path.endsWith('/$metadata') }),
  },
  {
    name: 'authorization-lost',
    defect: 'the gateway does not hand Authorization on to rdb.svc',
    create: () =>
      beforeService((request) =>
        request.path.startsWith('/rdb.svc') ? withoutRequestHeader(request, 'authorization') : request,
      ),
  },
  {
    name: 'login-page-as-answer',
    defect: 'a request without a token gets the login page with 200',
    create: () =>
      afterSite(/^\/(?:rdb|auxip|reprocessing)\.svc/, (reply) => (isLoginRedirect(reply) ? loginPage() : reply)),
  },
  {
    name: 'login-redirect-as-401',
    defect: 'a request without a token gets 401, not the redirect to the login page',
    create: () =>
      afterSite(/^\/(?:rdb|auxip|reprocessing)\.svc/, (reply) =>
        isLoginRedirect(reply) ? jsonReply(401, { message: 'Unauthorized' }) : reply,
      ),
  },
  {
    name: 'login-redirect-relative',
    defect: 'the redirect to the login page has a relative Location',
    create: () =>
      afterSite(/^/, (reply) =>
        isLoginRedirect(reply)
          ? withHeaders(reply, { Location: String(reply.headers['Location']).replace(/^https?:\/\/[^/]+/, '') })
          : reply,
      ),
  },
  {
    name: 'login-redirect-without-state',
    defect: 'the redirect to the login page carries no state and no nonce',
    create: () =>
      afterSite(/^/, (reply) =>
        isLoginRedirect(reply)
          ? withHeaders(reply, { Location: String(reply.headers['Location']).replace(/&(?:state|nonce)=[^&]*/g, '') })
          : reply,
      ),
  },
  {
    name: 'client-unchecked',
    defect: 'the token endpoint takes any client_id',
    create: () => form((fields) => fields.set('client_id', CLIENT_ID)),
  },
  {
    name: 'grant-type-unchecked',
    defect: 'the token endpoint takes an unknown grant_type for password',
    create: () =>
      form((fields) => {
        const grant = fields.get('grant_type');
        if (grant && grant !== 'refresh_token') fields.set('grant_type', 'password');
      }),
  },
  {
    name: 'password-in-any-case',
    defect: 'the token endpoint does not look at upper and lower case of a password',
    create: () => form((fields) => fields.set('password', (fields.get('password') ?? '').toLowerCase())),
  },
  {
    name: 'scope-unchecked',
    defect: 'the token endpoint passes over scopes that do not exist',
    create: () => form((fields) => fields.delete('scope')),
  },
  {
    name: 'repeated-field-taken',
    defect: 'a field that stands twice in the form is no error: the last one counts',
    create: () =>
      form((fields) => {
        for (const [name, value] of [...fields]) fields.set(name, value);
      }),
  },
  {
    name: 'wrong-password-400',
    defect: 'a wrong password is 400, not 401',
    create: () => tokenReply((reply) => (reply.status === 401 ? { ...reply, status: 400 } : reply)),
  },
  {
    name: 'refresh-broken',
    defect: 'every refresh token is refused as not active',
    create: () => ({
      aroundSite: async (request, answer) => {
        const reply = await answer(request);
        if (!isRefresh(request) || reply.status !== 200) return reply;
        const refused = { error: 'invalid_grant', error_description: 'Token is not active' };
        return { ...jsonReply(400, refused), headers: { ...reply.headers } };
      },
    }),
  },
  {
    name: 'refreshed-token-dead',
    defect: 'a token from a refresh has a broken signature: the gateway refuses it',
    create: () =>
      afterSite(/^/, (reply, request) =>
        isRefresh(request) ? answered(reply, (token) => changed(token, 'access_token', broken)) : reply,
      ),
  },
  {
    name: 'refresh-token-missing',
    defect: 'the token answer has no refresh_token',
    create: () => tokenAnswer((token) => without(token, 'refresh_token')),
  },
  {
    name: 'expires-in-as-text',
    defect: 'expires_in is a text of digits',
    create: () => tokenAnswer((token) => changed(token, 'expires_in', String)),
  },
  {
    name: 'expires-in-milliseconds',
    defect: 'expires_in counts milliseconds',
    create: () => tokenAnswer((token) => changed(token, 'expires_in', (seconds) => Number(seconds) * 1000)),
  },
  {
    name: 'expires-in-too-long',
    defect: 'expires_in is twice as long as the token lives',
    create: () => tokenAnswer((token) => changed(token, 'expires_in', (seconds) => Number(seconds) * 2)),
  },
  {
    name: 'refresh-expires-first',
    defect: 'refresh_expires_in is told as 0',
    create: () => tokenAnswer((token) => changed(token, 'refresh_expires_in', () => 0)),
  },
  {
    name: 'token-type-mac',
    defect: 'token_type is mac',
    create: () => tokenAnswer((token) => changed(token, 'token_type', () => 'mac')),
  },
  {
    name: 'session-state-missing',
    defect: 'the token answer has no session_state',
    create: () => tokenAnswer((token) => without(token, 'session_state')),
  },
  {
    name: 'id-token-missing',
    defect: 'scope openid brings no id_token',
    create: () => tokenAnswer((token) => without(token, 'id_token')),
  },
  {
    name: 'token-by-get',
    defect: 'the token endpoint answers other methods than POST with 200 and an empty object',
    create: () => tokenReply((reply) => (reply.status === 405 ? jsonReply(200, {}) : reply)),
  },
]);

/** Changes what the redirect to the login page tells it. */
function loginQuery(change: (query: string) => string): Faults {
  return afterSite(/^/, (reply) => {
    const location = String(reply.headers['Location'] ?? '');
    return location.includes(LOGIN_PATH) ? withHeaders(reply, { Location: change(location) }) : reply;
  });
}

/** Lets the site read another bearer than was sent. */
function bearer(misread: (token: string) => string): Faults {
  return beforeSite((request) => {
    const token = /^bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) return request;
    return { ...request, headers: { ...request.headers, authorization: `Bearer ${misread(token)}` } };
  });
}

function isLoginRedirect({ status, headers }: Reply): boolean {
  return status === 302 && String(headers['Location']).includes(LOGIN_PATH);
}

/** Lets the token endpoint read another form than was sent. */
function form(misread: (fields: URLSearchParams) => void): Faults {
  return {
    aroundSite: (request, answer) => {
      if (request.path !== TOKEN_PATH) return answer(request);
      const fields = new URLSearchParams(request.body.toString('utf8'));
      misread(fields);
      return answer({ ...request, body: Buffer.from(fields.toString()) });
    },
  };
}

function isRefresh({ path, body }: WireRequest): boolean {
  return path === TOKEN_PATH && body.includes('grant_type=refresh_token');
}

function tokenReply(change: (reply: Reply) => Reply): Faults {
  return afterSite(/^/, (reply, { path }) => (path === TOKEN_PATH ? change(reply) : reply));
}

function tokenAnswer(edit: (token: Fields) => Fields): Faults {
  return tokenReply((reply) => answered(reply, edit));
}

function answered(reply: Reply, edit: (token: Fields) => Fields): Reply {
  return reply.status === 200 ? editJson(reply, edit) : reply;
}

function broken(token: unknown): string {
  const text = String(token);
  const at = text.lastIndexOf('.') + 5;
  return text.slice(0, at) + (text.charAt(at) === 'A' ? 'B' : 'A') + text.slice(at + 1);
}
