/** The parts of requests and answers as format 3.0.0 writes them. What is undefined is left out. */
import type {
  PostmanEvent,
  PostmanRequest,
  PostmanResponse,
  PostmanUrl,
} from '../../contract-suite/collection/postman-collection';

/** Collections and folders may hold requests of several protocols; their scripts say which they are for. */
export type ScriptPrefix = '' | 'http:';

const SCRIPT_TYPES: Readonly<Record<PostmanEvent['listen'], string>> = {
  prerequest: 'beforeRequest',
  test: 'afterResponse',
};

export function scriptsOf(events: readonly PostmanEvent[] | undefined, prefix: ScriptPrefix): object[] | undefined {
  return events?.map(({ listen, script }) => ({
    type: prefix + SCRIPT_TYPES[listen],
    code: script.exec.join('\n'),
    language: script.type,
  }));
}

export function requestFields({ url, method, header = [], body, auth }: PostmanRequest): object {
  return {
    url: typeof url === 'string' ? url : textOf(url),
    method,
    headers: header.length > 0 ? pairs(header) : undefined,
    queryParams: typeof url === 'string' ? undefined : queryOf(url),
    body: body && bodyOf(body),
    auth: auth ? { type: auth.type } : undefined,
  };
}

export function responseFields({
  code,
  status,
  header,
  body,
  _postman_previewlanguage: type,
}: PostmanResponse): object {
  return { statusCode: code, statusText: status, headers: pairs(header), body: { type, content: body } };
}

function textOf({ raw, host, path }: PostmanUrl): string {
  return raw ?? [...host, ...path].join('/');
}

function queryOf({ query = [] }: PostmanUrl): object[] | undefined {
  return query.length > 0 ? query.map(({ key, value }) => ({ key, value })) : undefined;
}

function bodyOf({ mode, raw, urlencoded = [] }: NonNullable<PostmanRequest['body']>): object {
  return mode === 'urlencoded' ? { type: 'urlencoded', content: pairs(urlencoded) } : { type: 'text', content: raw };
}

interface Pair {
  readonly key: string;
  readonly value: string;
}

/** By key; as a list where a key comes twice. */
function pairs(rows: readonly Pair[]): object {
  const own = rows.map(({ key, value }) => ({ key, value }));
  const isUnique = new Set(own.map(({ key }) => key)).size === own.length;
  return isUnique ? Object.fromEntries(own.map(({ key, value }) => [key, value])) : own;
}
