import { answerAuxip } from './auxip/auxip-service';
import type { AuxipOptions } from './auxip/options';
import { CORS_HEADERS, LOGIN_PATH, loginPage, refuseWithoutToken, TOKEN_PATH, type GatewayMode } from './gateway';
import { nginxPage, tomcatPage } from './http/html-pages';
import { emptyReply, jsonReply, type Reply } from './http/reply';
import type { WireRequest } from './http/request';
import { answerRdb, type RdbOptions } from './rdb/rdb-service';
import { answerTokenEndpoint } from './token/token-endpoint';
import type { TokenIssuer } from './token/token-issuer';

/** Everything behind the site's own origin. */
export interface SiteOptions {
  readonly siteUrl: () => string;
  readonly gatewayMode: GatewayMode;
  readonly tokens: TokenIssuer;
  readonly rdb: RdbOptions;
  readonly auxip: AuxipOptions;
}

/** bytes: nginx takes no longer request line, Tomcat no more than this for line and headers (rdb.md §1.7). */
const LINE_LIMIT = 8192;

type Service = (request: WireRequest, path: string) => Promise<Reply> | Reply;

/** The site: token endpoint, login page, and the services behind the gateway (auxip.md §0). */
export async function answerSite(request: WireRequest, options: SiteOptions): Promise<Reply> {
  const { path, method } = request;
  if (path.length + (request.query?.length ?? 0) > LINE_LIMIT && !isRdb(path)) return nginxPage(414);
  if (path === TOKEN_PATH) return answerTokenEndpoint(request, options.tokens);
  if (path === LOGIN_PATH) return loginPage();
  if (path.startsWith('/auth/realms/')) return jsonReply(404, { error: 'Realm does not exist' });
  const route = routeOf(path, options);
  if (route === undefined) return jsonReply(404, { message: 'no Route matched with those values' });
  if (method === 'TRACE') return tomcatPage(405);
  if (options.gatewayMode === 'off') return answerService(request, route);
  if (method === 'OPTIONS') return emptyReply(200, CORS_HEADERS);
  const refusal = await refuseWithoutToken(request, options.gatewayMode, options.siteUrl(), options.tokens);
  const reply = refusal ?? (await answerService(request, route));
  return method === 'GET' ? { ...reply, headers: { ...reply.headers, ...CORS_HEADERS } } : reply;
}

interface Route {
  readonly service: Service;
  /** What follows the service root. */
  readonly rest: string;
}

function routeOf(path: string, options: SiteOptions): Route | undefined {
  const services: Readonly<Record<string, Service>> = {
    '/rdb.svc': (request, rest) => answerRdb(request, rest, options.rdb),
    '/auxip.svc': (request, rest) => answerAuxip(request, rest, options.auxip),
  };
  for (const [root, service] of Object.entries(services)) {
    if (path === root || path.startsWith(`${root}/`)) return { service, rest: path.slice(root.length) };
  }
  return undefined;
}

/** Tomcat stands before OData: what it cannot take for a URL never arrives there (rdb.md §1.2). */
async function answerService(request: WireRequest, { service, rest }: Route): Promise<Reply> {
  if (isRefusedByTomcat(request)) return tomcatPage(400);
  if (request.method === 'OPTIONS') return emptyReply(200, { Allow: 'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS' });
  return service(request, rest);
}

function isRefusedByTomcat({ path, query, headBytes }: WireRequest): boolean {
  const hasRawCharacter = /["<>\\^`{|}\s]|[^\x21-\x7e]/.test(path + (query ?? ''));
  const hasHiddenSeparator = /%(?:2f|5c|00)/i.test(path) || /%(?![0-9a-f]{2})/i.test(path);
  return hasRawCharacter || hasHiddenSeparator || headBytes > LINE_LIMIT;
}

function isRdb(path: string): boolean {
  return path.startsWith('/rdb.svc');
}
