import { answerAuxip } from './auxip/auxip-service';
import type { AuxipOptions } from './auxip/options';
import { answerControl, CONTROL_PATH } from './control';
import {
  CORS_HEADERS,
  ICD_ROOT,
  LOGIN_PATH,
  loginPage,
  refuseWithoutToken,
  TOKEN_PATH,
  type GatewayMode,
} from './gateway';
import { answerIcd, type IcdOptions } from './icd/icd-service';
import { nginxPage, tomcatPage } from './http/html-pages';
import { emptyReply, jsonReply, type Reply } from './http/reply';
import type { WireRequest } from './http/request';
import { answerReprocessing, type ReprocessingOptions } from './reprocessing/reprocessing-service';
import { answerRdb, type RdbOptions } from './rdb/rdb-service';
import type { MovableClock } from './movable-clock';
import type { Recorder } from './recorder';
import type { ActiveScenario } from './faults/scenarios/active-scenario';
import type { ServiceName } from './faults/scenarios/faults';
import { answerTokenEndpoint } from './token/token-endpoint';
import type { TokenIssuer } from './token/token-issuer';

/** Everything behind the site's own origin. */
export interface SiteOptions {
  readonly siteUrl: () => string;
  readonly gatewayMode: GatewayMode;
  /** What auxip.svc speaks: as recorded, or by the official specification. */
  readonly profile: 'adg' | 'icd';
  readonly tokens: TokenIssuer;
  readonly scenario: ActiveScenario;
  readonly recorder: Recorder;
  readonly clock: MovableClock;
  readonly rdb: RdbOptions;
  readonly reprocessing: ReprocessingOptions;
  readonly auxip: AuxipOptions;
  readonly icd: IcdOptions;
}

/** bytes: nginx takes no longer request line, Tomcat no more than this for line and headers (rdb.md#length-of-a-request). */
const LINE_LIMIT = 8192;

type Service = (request: WireRequest, path: string) => Promise<Reply> | Reply;

/** The site: token endpoint, login page, and the services behind the gateway (access.md#proxies-and-limits). */
export async function answerSite(request: WireRequest, options: SiteOptions): Promise<Reply> {
  const { path, query } = request;
  if (options.gatewayMode !== 'off' && !path.startsWith(CONTROL_PATH)) {
    const refusal = refusedByProxy(request);
    if (refusal !== undefined) return refusal;
  }
  if (path.length + (query?.length ?? 0) > LINE_LIMIT && !isRdb(path)) return nginxPage(414);
  if (path.startsWith(CONTROL_PATH)) return answerControl(request, options.scenario, options.recorder, options.clock);
  return options.scenario.aroundSite(request, (seen) => answerFromSite(seen, options));
}

/** What the proxy in front takes for no request: it decodes the path, and knows no TRACE. */
function refusedByProxy({ path, method }: WireRequest): Reply | undefined {
  if (/%(?:00|(?![0-9a-f]{2}))/i.test(path)) return nginxPage(400);
  return method === 'TRACE' ? nginxPage(405) : undefined;
}

async function answerFromSite(request: WireRequest, options: SiteOptions): Promise<Reply> {
  const { path, method } = request;
  if (path === TOKEN_PATH) return answerTokenEndpoint(request, options.tokens);
  if (path === LOGIN_PATH) return loginPage();
  if (path.startsWith('/auth/realms/')) return jsonReply(404, { error: 'Realm does not exist' });
  const route = routeOf(path, options);
  if (route === undefined) return jsonReply(404, { message: 'no Route matched with those values' });
  if (method === 'TRACE') return tomcatPage(405);
  if (options.gatewayMode === 'off') return answerService(request, route);
  if (method === 'OPTIONS') return emptyReply(200, CORS_HEADERS);
  // The specification knows no login page: without a token it answers 401 (auxip.md#specification-icd).
  const mode = route.name === 'icd' ? 'bearer-only' : options.gatewayMode;
  const reply = await answerBehindGateway(request, route, mode, options);
  return method === 'GET' ? { ...reply, headers: { ...reply.headers, ...CORS_HEADERS } } : reply;
}

/** Token first; then what the scenario puts in the place of the answer, or makes of it. */
async function answerBehindGateway(
  request: WireRequest,
  route: Route,
  mode: Exclude<GatewayMode, 'off'>,
  { siteUrl, tokens, scenario }: SiteOptions,
): Promise<Reply> {
  const call = { request, service: route.name, valueOf: valueOf(request.path) };
  const refusal = await refuseWithoutToken(call, {
    mode,
    siteUrl: siteUrl(),
    accessOnly: route.name === 'icd',
    tokens,
    scenario,
  });
  if (refusal !== undefined) return refusal;
  const instead = scenario.site(call);
  if (instead !== undefined) return instead;
  return scenario.siteReply(call, await scenario.aroundService(request, (seen) => answerService(seen, route)));
}

/** The id in `Products(<id>)/$value`. */
function valueOf(path: string): string | undefined {
  return /\/Products(?:\(|%28)(?:Id=)?([0-9a-f-]{36})(?:\)|%29)\/(?:\$|%24)value$/i.exec(path)?.[1]?.toLowerCase();
}

interface Route {
  readonly name: ServiceName;
  readonly service: Service;
  /** What follows the service root. */
  readonly rest: string;
}

function routeOf(path: string, options: SiteOptions): Route | undefined {
  const auxip: Service = (request, rest) => answerAuxip(request, rest, options.auxip);
  const icd: Service = (request, rest) => answerIcd(request, rest, options.icd);
  const services: readonly (readonly [root: string, name: ServiceName, service: Service])[] = [
    ['/rdb.svc', 'rdb', (request, rest) => answerRdb(request, rest, options.rdb)],
    options.profile === 'icd' ? ['/auxip.svc', 'icd', icd] : ['/auxip.svc', 'auxip', auxip],
    [ICD_ROOT, 'icd', icd],
    ['/reprocessing.svc', 'reprocessing', (request, rest) => answerReprocessing(request, rest, options.reprocessing)],
  ];
  for (const [root, name, service] of services) {
    if (path === root || path.startsWith(`${root}/`)) return { name, service, rest: path.slice(root.length) };
  }
  return undefined;
}

/** Tomcat stands before OData: what it cannot take for a URL never arrives there (rdb.md#calls). */
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
