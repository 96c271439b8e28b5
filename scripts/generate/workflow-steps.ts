import { openApiOf, tokenOpenApi } from './openapi';
import { SERVICES, TOKEN_PATH, type ServiceName } from '../services/services';
import { requestsOf } from './convert-openapi';
import { NO_AUTH, type PostmanRequest } from '../contract-suite/collection/postman-collection';

/** One request of the workflow. `key` names its text in docs/collection and its examples. */
export interface Step {
  readonly key: string;
  readonly name: string;
  readonly request: PostmanRequest;
  readonly prerequest?: string;
  readonly test?: string;
  /** Only the app's "Send and Download" follows redirects; everywhere else a redirect is an answer to look at. */
  readonly followRedirects?: boolean;
  /** The address is a signed one: it must be sent as it came. */
  readonly disableUrlEncoding?: boolean;
}

export interface Folder {
  readonly key: string;
  readonly name: string;
  readonly steps: readonly Step[];
}

type Requests = ReadonlyMap<string, PostmanRequest>;

/** The tutorial's steps, each with the request that the contract has for it. */
export async function workflowFolders(): Promise<Folder[]> {
  const [rdb, auxip] = await Promise.all([serviceRequests('rdb'), serviceRequests('auxip')]);
  return [authenticate(await tokenRequest()), dataBaseline(rdb), auxiliaryFiles(auxip)];
}

function authenticate(request: PostmanRequest): Folder {
  const scripts = { prerequest: 'authenticate.prerequest', test: 'authenticate.test' };
  return {
    key: '0-authenticate',
    name: '0 Authenticate',
    steps: [{ key: 'get-a-token', name: 'Get a token', request, ...scripts }],
  };
}

function dataBaseline(rdb: Requests): Folder {
  return {
    key: '1-data-baseline',
    name: '1 Data baseline',
    steps: [
      {
        key: 'baseline-by-names',
        name: 'Baseline by Level-0 names',
        request: pick(rdb, 'GET /getReprocessingDataBaseline(l0_names='),
        prerequest: 'baseline-by-names.prerequest',
        test: 'baseline.test',
      },
      {
        key: 'baseline-by-interval',
        name: 'Baseline by sensing interval',
        request: pick(rdb, 'GET /getReprocessingDataBaseline(start='),
        prerequest: 'baseline-by-interval.prerequest',
        test: 'baseline.test',
      },
    ],
  };
}

function auxiliaryFiles(auxip: Requests): Folder {
  return {
    key: '2-auxiliary-files',
    name: '2 Auxiliary files',
    steps: [
      {
        key: 'catalogue-entry',
        name: 'Catalogue entry',
        request: withoutQuery(withKey(pick(auxip, 'GET /Products({Id})'))),
        prerequest: 'catalogue-entry.prerequest',
        test: 'catalogue-entry.test',
      },
      {
        key: 'resolve-value',
        name: 'Resolve $value',
        request: accepting('*/*', withKey(pick(auxip, 'GET /Products({Id})/$value'))),
        prerequest: 'resolve-value.prerequest',
        test: 'resolve-value.test',
      },
      {
        key: 'first-kib',
        name: 'First KiB from the store',
        request: storeRequest(),
        prerequest: 'first-kib.prerequest',
        test: 'first-kib.test',
        disableUrlEncoding: true,
      },
      {
        key: 'send-and-download',
        name: 'Send and Download',
        request: accepting('*/*', { method: 'GET', url: '{{file_link}}' }),
        prerequest: 'send-and-download.prerequest',
        followRedirects: true,
      },
    ],
  };
}

/** The converter's requests of a service, rooted at its environment variable instead of the converter's own. */
async function serviceRequests(service: ServiceName): Promise<Map<string, PostmanRequest>> {
  const requests = await requestsOf(openApiOf(service));
  return new Map(
    [...requests].map(([path, request]) => [path, rooted(`{{${SERVICES[service].rootVariable}}}`, request)]),
  );
}

function rooted(root: string, { method, url, header }: PostmanRequest): PostmanRequest {
  if (typeof url === 'string') return { method, url, header };
  return {
    method,
    header,
    url: { raw: [root, ...url.path].join('/'), host: [root], path: url.path, query: url.query },
  };
}

function pick(requests: Requests, start: string): PostmanRequest {
  const exact = requests.get(start) ?? [...requests].find(([path]) => path.startsWith(start))?.[1];
  if (!exact) throw new Error(`the contract has no ${start}`);
  return exact;
}

/** The entry that folder 2 works on: a Postman path variable inside parentheses is not substituted, `{{file_id}}` is. */
function withKey(request: PostmanRequest): PostmanRequest {
  return JSON.parse(JSON.stringify(request).replaceAll('{{Id}}', '{{file_id}}')) as PostmanRequest;
}

function withoutQuery(request: PostmanRequest): PostmanRequest {
  return typeof request.url === 'string' ? request : { ...request, url: { ...request.url, query: [] } };
}

/** `Accept: application/json` on `$value` is answered 406 (auxip.md#redirect). */
function accepting(mediaType: string, request: PostmanRequest): PostmanRequest {
  return { ...request, header: [{ key: 'Accept', value: mediaType }] };
}

/** The presigned address as it came, a fresh header set, no token: the store refuses a second way to authenticate. */
function storeRequest(): PostmanRequest {
  const header = [{ key: 'Range', value: 'bytes=0-1023' }];
  return { method: 'GET', url: '{{store_url}}', auth: NO_AUTH, header };
}

async function tokenRequest(): Promise<PostmanRequest> {
  const converted = pick(await requestsOf(tokenOpenApi()), `POST ${TOKEN_PATH}`);
  const fields = (converted.body?.urlencoded ?? []).filter((field) => field.key !== 'refresh_token');
  return {
    method: converted.method,
    url: '{{access_token_url}}',
    auth: NO_AUTH,
    header: converted.header,
    body: { mode: 'urlencoded', urlencoded: fields.map(({ key }) => ({ key, value: `{{${key}}}`, type: 'text' })) },
  };
}
