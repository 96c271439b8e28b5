/** Puts values that the sandbox knows into generated requests, as their user would. */
import type { OpenApiDocument } from '../../scripts/generate/openapi';
import { TOKEN_PATH } from '../../scripts/services/services';
import type {
  PostmanAuth,
  PostmanEvent,
  PostmanHeader,
  PostmanItem,
  PostmanRequest,
} from '../../scripts/contract-suite/collection/postman-collection';

/** Environment variables, and keys of entities by `<entity set>.<key property>`. */
export type Samples = Readonly<Record<string, string>>;

/** Arguments of functions that have another name in the environment. */
const IN_ENVIRONMENT: Readonly<Record<string, string>> = {
  Mission: 'mission',
  Unit: 'unit',
  ProductType: 'product_type',
  SensingTimeStart: 'sample_start',
  SensingTimeStop: 'sample_stop',
  start: 'sample_start',
  stop: 'sample_stop',
};

/** The first key of each entity set that `paths` reads by key. Sets without entries, or that refuse, are left out. */
export async function readKeys(openApi: OpenApiDocument, root: string, token: string): Promise<Samples> {
  const keys: Record<string, string> = {};
  for (const path of Object.keys(openApi.paths)) {
    const [, entitySet, key] = /^\/(\w+)\('?\{(\w+)\}'?\)$/.exec(path) ?? [];
    if (entitySet === undefined || key === undefined) continue;
    // A file of a few kilobytes: its content is read too.
    const filter = entitySet === 'Products' ? "&$filter=startswith(Name,'S3A_OL_')" : '';
    const answer = await fetch(`${root}/${entitySet}?$top=1${filter}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { value = [] } = (await answer.json()) as { value?: Record<string, string>[] };
    const found = value[0]?.[key];
    if (found !== undefined) keys[`${entitySet}.${key}`] = found;
  }
  return keys;
}

/**
 * The request items of one service, each named by its path, with values that succeed; `rootVariable` holds the service's root.
 * The token request becomes two: Metrics take another account than downloads (access.md#roles).
 */
export function fillIn(items: readonly PostmanItem[], rootVariable: string, samples: Samples): PostmanItem[] {
  return flat(items).flatMap((item) => {
    if (item.request === undefined || typeof item.request.url === 'string') return item;
    const { url } = item.request;
    const request = { ...item.request, url: fillUrl(url, rootVariable, samples) };
    const name = `/${url.path.join('/')}`;
    if (name === TOKEN_PATH) return tokenItems({ ...item, name }, request, samples);
    return { ...item, name, request: { ...request, ...ownAuth(name), ...ownHeader(name) } };
  });
}

/** What a collection sends as its token, as the converter's `oauth2` wants it. */
export function tokenIn(variable: string): PostmanAuth {
  return { type: 'oauth2', oauth2: [{ key: 'accessToken', value: `{{${variable}}}`, type: 'string' }] };
}

function ownAuth(name: string): { auth?: PostmanAuth } {
  return name.startsWith('/Metrics') ? { auth: tokenIn('reporting_token') } : {};
}

/** JSON is what errors come in; the service refuses to send a file to a client that takes nothing else. */
function ownHeader(name: string): { header?: PostmanHeader[] } {
  return name.endsWith('/$value') ? { header: [{ key: 'Accept', value: '*/*' }] } : {};
}

function tokenItems(item: PostmanItem, request: PostmanRequest, samples: Samples): PostmanItem[] {
  return [
    { username: samples['username'] ?? '', variable: 'access_token' },
    { username: samples['reporting_username'] ?? '', variable: 'reporting_token' },
  ].map(({ username, variable }) => ({
    ...item,
    name: `${item.name} for ${username}`,
    request: tokenRequest(request, { ...samples, username }),
    event: [...(item.event ?? []), testEvent(`pm.environment.set('${variable}', pm.response.json().access_token);`)],
  }));
}

export function testEvent(...exec: string[]): PostmanEvent {
  return { listen: 'test', script: { id: exec.join('\n').slice(0, 30), type: 'text/javascript', exec } };
}

function flat(items: readonly PostmanItem[]): PostmanItem[] {
  return items.flatMap((item) => (item.item ? flat(item.item) : [item]));
}

type Url = Exclude<PostmanRequest['url'], string>;

function fillUrl({ path, query = [] }: Url, rootVariable: string, samples: Samples): Url {
  const [, entitySet = ''] = /^(\w+)/.exec(path[0] ?? '') ?? [];
  const valueOf = (name: string): string =>
    samples[`${entitySet}.${name}`] ?? samples[IN_ENVIRONMENT[name] ?? name] ?? `{{${name}}}`;
  return {
    host: [`{{${rootVariable}}}`],
    path: path.map((segment) => segment.replaceAll(/\{\{(\w+)\}\}/g, (_match, name: string) => valueOf(name))),
    query: query.map((option) => ({
      ...option,
      value: optionValue(option.key, path),
      disabled: option.disabled === true || isRefused(option.key, rootVariable),
    })),
  };
}

/** auxip.svc does nothing with `$search`; reprocessing.svc answers both with 500, though its OpenAPI lists them. */
function isRefused(option: string, rootVariable: string): boolean {
  return option === '$search' || (option === '$select' && rootVariable === 'reprocessing_root_uri');
}

/** Plain values that every resource with that option takes: the converter's own are `<string>`, or chosen at random. */
function optionValue(option: string, path: readonly string[]): string {
  const first = firstProperty(path);
  switch (option) {
    case '$top':
      return '5';
    case '$skip':
      return '0';
    case '$count':
      return 'true';
    case '$filter':
      return first === 'Id' ? 'Id ne 00000000-0000-4000-8000-000000000000' : `${first} ne 'x'`;
    case '$expand':
      return EXPANDED[path.at(0)?.replace(/\W.*/, '') ?? ''] ?? '*';
    default:
      return first;
  }
}

const EXPANDED: Readonly<Record<string, string>> = {
  Products: 'Attributes',
  AuxTypes: 'ProductTypes',
  AuxFiles: 'AuxType',
};

const FIRST_PROPERTY: Readonly<Record<string, string>> = {
  Products: 'Id',
  Subscriptions: 'Id',
  AuxFiles: 'Id',
  AuxTypes: 'LongName',
  AuxType: 'LongName',
  ProductLevels: 'Level',
  ProductTypes: 'Type',
};

function firstProperty(path: readonly string[]): string {
  return FIRST_PROPERTY[path.at(-1)?.replace(/\W.*/, '') ?? ''] ?? 'Name';
}

function tokenRequest(request: PostmanRequest, samples: Samples): PostmanRequest {
  const urlencoded = ['grant_type', 'client_id', 'username', 'password', 'scope'].map((key) => ({
    key,
    value: samples[key] ?? '',
  }));
  return { ...request, auth: { type: 'noauth' }, body: { mode: 'urlencoded', urlencoded } };
}
