import { TOKEN_PATH } from '../../../gateway';
import { afterService, afterSite, withHeaders, withoutHeader } from '../around';
import { inGroup } from '../mutant';

const DATA = /^\/(?:rdb|auxip|reprocessing)\.svc|^\/odata/;
const VALUE = /\/(?:\$|%24)value$/;
const METADATA = /\/\$metadata$/;

/** Headers of what the site answers (access.md#proxies-and-limits, access.md#gateway, auxip.md#redirect; rdb.md#formats-and-methods). */
export const HEADER_MUTANTS = inGroup('headers', [
  {
    name: 'content-type-plain',
    defect: 'JSON is called text/plain',
    create: () =>
      afterService(DATA, (reply) =>
        String(reply.headers['Content-Type']).includes('json')
          ? withHeaders(reply, { 'Content-Type': 'text/plain;charset=utf-8' })
          : reply,
      ),
  },
  {
    name: 'content-type-without-metadata-level',
    defect: 'Content-Type of rdb.svc and auxip.svc does not say odata.metadata',
    create: () =>
      afterService(DATA, (reply) =>
        String(reply.headers['Content-Type']).includes('odata.metadata')
          ? withHeaders(reply, { 'Content-Type': 'application/json' })
          : reply,
      ),
  },
  {
    name: 'content-type-missing',
    defect: 'products come without Content-Type',
    create: () => afterService(/\/Products$/, (reply) => withoutHeader(reply, 'Content-Type')),
  },
  {
    name: 'odata-version-missing',
    defect: 'answers come without OData-Version',
    create: () => afterService(DATA, (reply) => withoutHeader(reply, 'OData-Version')),
  },
  {
    name: 'odata-version-3',
    defect: 'OData-Version is 3.0',
    create: () => afterService(DATA, (reply) => withHeaders(reply, { 'OData-Version': '3.0' })),
  },
  {
    name: 'cors-headers-missing',
    defect: 'the proxy adds no CORS headers',
    create: () =>
      afterSite(DATA, (reply) => ({
        ...reply,
        headers: Object.fromEntries(
          Object.entries(reply.headers).filter(([name]) => !name.startsWith('Access-Control-')),
        ),
      })),
  },
  {
    name: 'content-disposition-missing',
    defect: '$value comes without Content-Disposition',
    create: () => afterService(VALUE, (reply) => withoutHeader(reply, 'Content-Disposition')),
  },
  {
    name: 'content-disposition-is-id',
    defect: 'Content-Disposition of $value names the file by its id',
    create: () =>
      afterService(VALUE, (reply, { path }) =>
        reply.status === 302 ? withHeaders(reply, { 'Content-Disposition': `filename=${idOf(path)}` }) : reply,
      ),
  },
  {
    name: 'www-authenticate-missing',
    defect: '401 of the gateway comes without WWW-Authenticate',
    needs: { profile: 'icd' },
    create: () => afterSite(DATA, (reply) => withoutHeader(reply, 'WWW-Authenticate')),
  },
  {
    name: 'login-cookie-missing',
    defect: 'the redirect to the login page sets no session cookie',
    create: () => afterSite(DATA, (reply) => withoutHeader(reply, 'Set-Cookie')),
  },
  {
    name: 'login-redirect-cacheable',
    defect: 'the redirect to the login page comes without Cache-Control',
    create: () =>
      afterSite(DATA, (reply) =>
        reply.status === 302 && reply.headers['Set-Cookie'] !== undefined
          ? withoutHeader(reply, 'Cache-Control')
          : reply,
      ),
  },
  {
    name: 'token-cacheable',
    defect: 'the token endpoint forgets Cache-Control: no-store',
    create: () =>
      afterSite(/^/, (reply, { path }) => (path === TOKEN_PATH ? withoutHeader(reply, 'Cache-Control') : reply)),
  },
  {
    name: 'metadata-as-text',
    defect: '$metadata is called text/html',
    create: () => afterService(METADATA, (reply) => withHeaders(reply, { 'Content-Type': 'text/html' })),
  },
  {
    name: 'origin-trusted',
    defect: 'the CORS headers allow whatever origin asks, with credentials',
    create: () =>
      afterSite(DATA, (reply, { headers }) =>
        headers.origin === undefined ? reply : withHeaders(reply, { 'Access-Control-Allow-Origin': headers.origin }),
      ),
  },
  {
    name: 'token-in-header',
    defect: 'the gateway repeats the access token in a header of the answer',
    create: () =>
      afterService(DATA, (reply, { headers }) =>
        withHeaders(reply, { 'X-Access-Token': (headers.authorization ?? '').replace(/^Bearer /, '') }),
      ),
  },
  {
    name: 'account-in-header',
    defect: 'the gateway tells the account in a header of the answer, in base64',
    create: () =>
      afterService(DATA, (reply, { headers }) => {
        const account = accountOf(headers.authorization ?? '');
        return withHeaders(reply, { 'X-Userinfo': Buffer.from(JSON.stringify({ id: account })).toString('base64') });
      }),
  },
  {
    name: 'mail-address-told',
    defect: 'answers have a header with the mail address of who asked, in base64',
    create: () =>
      afterService(DATA, (reply, { headers }) => {
        const email = `${accountOf(headers.authorization ?? '')}@sandbox.invalid`;
        return withHeaders(reply, {
          'X-Userinfo': Buffer.from(JSON.stringify({ sub: 'x', email })).toString('base64'),
        });
      }),
  },
  {
    name: 'upstream-address-told',
    defect: 'answers have a header with the address of the server behind the proxy',
    create: () => afterService(DATA, (reply) => withHeaders(reply, { 'X-Upstream-Addr': '10.42.3.17:8080' })),
  },
  {
    name: 'data-content-length-short',
    defect: 'Content-Length of a single product is one byte short, and so is what arrives',
    create: () =>
      afterService(/\/Products\([^/]*\)$/, (reply) =>
        typeof reply.body === 'string' ? { ...reply, body: reply.body.slice(0, -1) } : reply,
      ),
  },
]);

/** Of an access token; empty for another. */
function accountOf(authorization: string): string {
  const claims = Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString('utf8');
  return /"preferred_username":"([^"]*)"/.exec(claims)?.[1] ?? '';
}

function idOf(path: string): string {
  return /Products\(([^)]*)\)/.exec(path)?.[1] ?? '';
}
