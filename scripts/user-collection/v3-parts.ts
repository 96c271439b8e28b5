/** The parts of format 3.0.0 as format 2.1 writes them; undefined where there is nothing to write. */
import { listOf, textOf, type Json } from './json';
import { isRecord } from '../lib/read-json';

/** Makes the error for what cannot be read. */
export type Problem = (problem: string) => Error;

const KINDS: readonly unknown[] = ['http-request', 'graphql-request'];

export const isRequestKind = (kind: unknown): boolean => KINDS.includes(kind);

/** A request with its scripts. */
export function itemOf(name: string, document: Json, refuse: Problem): Json {
  const url = textOf(document.url);
  if (url === undefined) throw refuse('url is missing');
  const isGraphql = document.$kind === 'graphql-request';
  return {
    name,
    event: eventsOf(document.scripts),
    protocolProfileBehavior: behaviourOf(document.settings),
    request: {
      method: textOf(document.method) ?? (isGraphql ? 'POST' : 'GET'),
      url: urlOf(url, document),
      header: pairsOf(document.headers),
      body: isGraphql ? graphqlOf(document) : bodyOf(document.body, refuse),
      auth: authOf(document.auth),
    },
  };
}

/** `queryParams` says again, with more about each, what is in the address. */
function urlOf(url: string, { queryParams, pathVariables }: Json): unknown {
  const variable = pairsOf(pathVariables);
  const query = pairsOf(queryParams);
  if (!variable && !query) return url;
  const [base = '', inAddress] = url.split(/\?(.*)/s);
  const { host, path } = partsOf(base);
  return { raw: url, host, path, query: query ?? queryOf(inAddress), ...(variable ? { variable } : {}) };
}

/** Host and path as they are, `https://` with the host: all of it is joined again by Newman. */
function partsOf(base: string): { host: string[]; path: string[] } {
  const [, origin = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/]*|[^/]*)(.*)$/is.exec(base) ?? [];
  return { host: [origin], path: rest === '' ? [] : rest.slice(1).split('/') };
}

function queryOf(text: string | undefined): Json[] | undefined {
  return text?.split('&').map((pair) => {
    const [key = '', value] = pair.split(/=(.*)/s);
    return { key, value: value ?? null };
  });
}

/** A mapping, or a list of rows with `key` and `value`. */
function pairsOf(value: unknown): Json[] | undefined {
  if (isRecord(value)) return Object.entries(value).map(([key, text]) => ({ key, value: textOf(text) ?? '' }));
  if (!Array.isArray(value)) return undefined;
  return value.filter(isRecord).map((row) => ({ ...row, value: textOf(row.value) ?? '' }));
}

const LANGUAGES = ['json', 'xml', 'html', 'javascript', 'text'];

function bodyOf(body: unknown, refuse: Problem): Json | undefined {
  if (!isRecord(body)) return undefined;
  const { type, content } = body;
  if (type === 'urlencoded') return { mode: 'urlencoded', urlencoded: pairsOf(content) ?? [] };
  if (type === 'formdata')
    return { mode: 'formdata', formdata: isRecord(content) ? pairsOf(content) : listOf(content) };
  if (type === 'file') return { mode: 'file', file: content };
  if (type === 'graphql' && isRecord(content)) return graphqlOf(content);
  if (type === 'none') return undefined;
  const language = textOf(type);
  if (language === undefined || !LANGUAGES.includes(language))
    throw refuse(
      `body.type is ${JSON.stringify(type ?? null)}: expected ${LANGUAGES.join(', ')}, urlencoded, formdata, file or graphql`,
    );
  return { mode: 'raw', raw: textOf(content) ?? '', options: { raw: { language } } };
}

function graphqlOf({ query, variables }: Json): Json {
  return { mode: 'graphql', graphql: { query: textOf(query) ?? '', variables: textOf(variables) ?? '' } };
}

const LISTENERS: ReadonlyMap<string, string> = new Map([
  ['beforeRequest', 'prerequest'],
  ['afterResponse', 'test'],
]);

/** Those of HTTP: scripts of collections and folders say which protocol they are for. */
export function eventsOf(scripts: unknown): Json[] | undefined {
  const events = listOf(scripts).flatMap((script) => {
    if (!isRecord(script)) return [];
    const listen = LISTENERS.get((textOf(script.type) ?? '').replace(/^http:/, ''));
    const code = textOf(script.code);
    return listen && code !== undefined
      ? [{ listen, script: { type: 'text/javascript', exec: code.split('\n') } }]
      : [];
  });
  return events.length > 0 ? events : undefined;
}

/** Of a request one; of collections and folders a list, of which the first is used. */
export function authOf(auth: unknown): Json | undefined {
  const used: unknown = Array.isArray(auth) ? auth[0] : auth;
  const type = isRecord(used) ? textOf(used.type) : undefined;
  if (!isRecord(used) || type === undefined || type === 'inherit') return undefined;
  if (type === 'noauth') return { type };
  const { credentials } = used;
  const rows = isRecord(credentials)
    ? Object.entries(credentials).map(([key, value]) => ({ key, value }))
    : listOf(credentials);
  return { type, [type]: rows };
}

export function variablesOf(variables: unknown): Json[] | undefined {
  return pairsOf(variables);
}

function behaviourOf(settings: unknown): Json | undefined {
  if (!isRecord(settings)) return undefined;
  const { disabledSystemHeaders: headers, ...others } = settings;
  if (headers === undefined) return others;
  const names = listOf(headers).flatMap((name) => textOf(name) ?? []);
  return { ...others, disabledSystemHeaders: Object.fromEntries(names.map((name) => [name, true])) };
}
