import path from 'node:path';
import { ROOT } from '../lib/package-root';
import { readJson, TOO_DEEP } from '../lib/read-json';
import { Failure } from '../errors/errors';
import { CONTROL_PATH, isNamedProduction, isSandboxControl } from './sandbox-control';
import { SERVICES } from './services';
import { checkedRoot, checkedUrl, type UrlRules } from './service-url';
import type { Network } from './network';
import { readInputText } from '../errors/read-input';

export interface Account {
  readonly username: string;
  readonly password: string;
}

/** Where the services are, as an environment file of the collections says it. All roots without a final slash. */
export interface Site {
  /** `sandbox`, `production`, or the path of another environment file. */
  readonly name: string;
  readonly siteUrl: string;
  readonly rdbRoot: string;
  readonly auxipRoot: string;
  /** Absent where the environment names none: no campaign needs it. */
  readonly reprocessingRoot?: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly scope: string;
  /** Whether its control (`sandbox_control`, or what follows from `site_url`) is that of a sandbox. */
  readonly isSandbox: boolean;
  /** Whom TLS trusts, for both planes. */
  readonly network: Network;
  /** Every variable of the file as it is there, and those that follow from it, to hand to Newman. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Environments that come with auxflow, by name. */
export const SHIPPED_ENVIRONMENTS: readonly string[] = ['sandbox', 'production'];
const NEEDED = ['site_url', 'rdb_root_uri', 'auxip_root_uri', 'access_token_url', 'client_id'];

/**
 * Reads an environment: `sandbox`, `production`, or a file. `siteUrl` takes the place of its `site_url`.
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED, URL_REFUSED
 */
export function readSite(environment: string, options: UrlRules & { siteUrl?: string; network?: Network } = {}): Site {
  const file = SHIPPED_ENVIRONMENTS.includes(environment)
    ? path.join(ROOT, 'environments', `${environment}.postman_environment.json`)
    : environment;
  const { name, variables } = environmentOf(file);
  if (options.siteUrl !== undefined) variables.site_url = normalUrl(options.siteUrl);
  // The collection judges the store's address by the same rules.
  if (options.allowInsecure) variables.allow_insecure = 'true';
  const missing = NEEDED.filter((name) => !variables[name]);
  if (missing.length > 0)
    throw malformed(
      file,
      missing.map((name) => `${name} is missing or empty`),
    );
  addDerived(variables, name);
  const value = (name: string): string => resolved(variables, name);
  const root = (name: string): string => checkedRoot(value(name), options);
  return {
    name: environment,
    siteUrl: root('site_url'),
    rdbRoot: root('rdb_root_uri'),
    auxipRoot: root('auxip_root_uri'),
    reprocessingRoot: variables.reprocessing_root_uri ? root('reprocessing_root_uri') : undefined,
    tokenUrl: checkedUrl(value('access_token_url'), options).href.replace(/\/+$/, ''),
    clientId: value('client_id').trim(),
    scope: value('scope'),
    isSandbox: isSandboxControl(value('sandbox_control')),
    network: options.network ?? {},
    variables,
  };
}

/** What the environments of the workflow leave out because it follows from the site. */
function addDerived(variables: Record<string, string>, name: string): void {
  const { rdb, reprocessing } = SERVICES;
  const isWholeSite = variables[rdb.rootVariable] === `{{site_url}}${rdb.path}`;
  const derived = {
    ...(isWholeSite ? { [reprocessing.rootVariable]: `{{site_url}}${reprocessing.path}` } : {}),
    sandbox_control: isNamedProduction(name) ? '' : `{{site_url}}${CONTROL_PATH}`,
  };
  for (const [key, value] of Object.entries(derived)) if (!Object.hasOwn(variables, key)) variables[key] = value;
}

interface EnvironmentFile {
  readonly name: string;
  readonly variables: Record<string, string>;
}

function environmentOf(file: string): EnvironmentFile {
  const environment = parsed(file, readInputText(file, 'environment file'));
  const { values, name } = (environment ?? {}) as { values?: unknown; name?: unknown };
  if (!Array.isArray(values)) throw malformed(file, ['it has no list "values", so it is no Postman environment']);
  const rows = values as ({ key?: unknown; value?: unknown; enabled?: unknown } | null)[];
  const enabled = rows.flatMap((row) => (typeof row?.key === 'string' && row.enabled !== false ? [row] : []));
  const variables = Object.fromEntries(
    enabled.map((row) => {
      const key = (row.key as string).trim();
      return [key, normalValue(key, typeof row.value === 'string' ? row.value : JSON.stringify(row.value ?? ''))];
    }),
  );
  return { name: typeof name === 'string' ? name : '', variables };
}

/** As both planes get it: what was pasted with spaces or line ends, and addresses in other spellings. Passwords stay as they are. */
function normalValue(key: string, value: string): string {
  if (/password|secret/.test(key)) return value;
  return /_(?:url|uri)$/.test(key) ? normalUrl(value) : value.trim();
}

/** RFC 3986 §6.2.2 and §6.2.3: scheme and host in lower case, no default port; and no slash at the end, after which a root would have two. */
function normalUrl(text: string): string {
  const url = text.trim().replace(/\/+$/, '');
  return url.replace(/^https?:\/\/[^/{]*/i, (origin) =>
    origin.toLowerCase().replace(/^(https:.*):443$|^(http:.*):80$/, '$1$2'),
  );
}

function parsed(file: string, text: string): unknown {
  const read = readJson(text);
  if ('value' in read) return read.value;
  const problem = read.problem === 'too-deep' ? TOO_DEEP : 'it is not JSON';
  throw malformed(file, [problem]);
}

function malformed(file: string, problems: string[]): Failure {
  return new Failure({ code: 'FILE_MALFORMED', path: file, what: 'environment file', problems });
}

/** Postman's `{{name}}` inside a value, to a depth that no sane file reaches. */
function resolved(variables: Readonly<Record<string, string>>, name: string, depth = 8): string {
  const text = variables[name] ?? '';
  if (depth === 0) return text;
  return text.replace(/\{\{([^{}]+)\}\}/g, (whole, inner: string) =>
    inner in variables ? resolved(variables, inner, depth - 1) : whole,
  );
}
