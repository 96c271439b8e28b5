import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openApiOf, tokenOpenApi } from '../contract/openapi';
import { ROOT, SERVICES, TOKEN_PATH, type ServiceName } from '../contract/services';
import { bundleEvent } from './bundle-event';
import { requestsOf } from './convert-openapi';
import { EXAMPLES, type Example } from './examples';
import { idOf } from './ids';
import { collectionAuth, NO_AUTH } from './oauth2';
import { COLLECTION_SCHEMA } from './postman';
import type { PostmanCollection, PostmanEvent, PostmanItem, PostmanRequest, PostmanResponse } from './postman';

const NAME = 'Reprocessing workflow';

/** One request of the workflow. `key` names its text in docs/collection and its examples. */
interface Step {
  readonly key: string;
  readonly name: string;
  readonly request: PostmanRequest;
  readonly prerequest?: string;
  readonly test?: string;
  /** Only the app's "Send and Download" follows redirects; everywhere else a redirect is an answer to look at. */
  readonly followRedirects?: boolean;
}

interface Folder {
  readonly key: string;
  readonly name: string;
  readonly steps: readonly Step[];
}

/** The tutorial as a collection: 0 Authenticate, 1 Data baseline, 2 Auxiliary files. The same text on every run. */
export async function workflowCollection(): Promise<PostmanCollection> {
  const folders = await workflow();
  return {
    info: { _postman_id: idOf(NAME), name: NAME, description: text('workflow'), schema: COLLECTION_SCHEMA },
    auth: collectionAuth(),
    item: await Promise.all(folders.map(folderItem)),
  };
}

async function workflow(): Promise<Folder[]> {
  const [rdb, auxip] = await Promise.all([serviceRequests('rdb'), serviceRequests('auxip')]);
  const read = (requests: Map<string, PostmanRequest>, start: string): PostmanRequest => pick(requests, `GET ${start}`);
  return [
    {
      key: '0-authenticate',
      name: '0 Authenticate',
      steps: [
        {
          key: 'get-a-token',
          name: 'Get a token',
          request: await tokenRequest(),
          prerequest: 'authenticate.prerequest',
          test: 'authenticate.test',
        },
      ],
    },
    {
      key: '1-data-baseline',
      name: '1 Data baseline',
      steps: [
        {
          key: 'baseline-by-names',
          name: 'Baseline by Level-0 names',
          request: read(rdb, '/getReprocessingDataBaseline(l0_names='),
          prerequest: 'baseline-by-names.prerequest',
          test: 'baseline.test',
        },
        {
          key: 'baseline-by-interval',
          name: 'Baseline by sensing interval',
          request: read(rdb, '/getReprocessingDataBaseline(start='),
          prerequest: 'baseline-by-interval.prerequest',
          test: 'baseline.test',
        },
      ],
    },
    {
      key: '2-auxiliary-files',
      name: '2 Auxiliary files',
      steps: [
        {
          key: 'catalogue-entry',
          name: 'Catalogue entry',
          request: withoutQuery(withKey(read(auxip, '/Products({Id})'))),
          prerequest: 'catalogue-entry.prerequest',
          test: 'catalogue-entry.test',
        },
        {
          key: 'resolve-value',
          name: 'Resolve $value',
          request: accepting('*/*', withKey(read(auxip, '/Products({Id})/$value'))),
          prerequest: 'resolve-value.prerequest',
          test: 'resolve-value.test',
        },
        {
          key: 'first-kib',
          name: 'First KiB from the store',
          request: storeRequest(),
          prerequest: 'first-kib.prerequest',
          test: 'first-kib.test',
        },
        {
          key: 'send-and-download',
          name: 'Send and Download',
          request: accepting('*/*', { method: 'GET', url: '{{file_link}}' }),
          prerequest: 'send-and-download.prerequest',
          followRedirects: true,
        },
      ],
    },
  ];
}

/** The converter's requests of a service, rooted at its environment variable in place of the converter's own. */
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

function pick(requests: Map<string, PostmanRequest>, start: string): PostmanRequest {
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

/** `Accept: application/json` on `$value` is answered 406 (auxip.md §4.1). */
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

async function folderItem(folder: Folder): Promise<PostmanItem> {
  return {
    id: idOf(NAME, folder.name),
    name: folder.name,
    description: text(folder.key),
    item: await Promise.all(folder.steps.map((step) => stepItem(folder, step))),
  };
}

async function stepItem(folder: Folder, step: Step): Promise<PostmanItem> {
  const request = { ...step.request, description: text(step.key) };
  return {
    id: idOf(NAME, folder.name, step.name),
    name: step.name,
    protocolProfileBehavior: { followRedirects: step.followRedirects ?? false },
    event: await events(folder, step),
    request,
    response: (EXAMPLES[step.key] ?? []).map((example) =>
      savedAnswer(idOf(NAME, folder.name, step.name, example.name), step.request, example),
    ),
  };
}

async function events(folder: Folder, step: Step): Promise<PostmanEvent[]> {
  const event = async (listen: PostmanEvent['listen'], name: string | undefined): Promise<PostmanEvent[]> => {
    if (!name) return [];
    const id = idOf(NAME, folder.name, step.name, listen);
    return [{ listen, script: { id, type: 'text/javascript', exec: await bundleEvent(name) } }];
  };
  return [...(await event('prerequest', step.prerequest)), ...(await event('test', step.test))];
}

function savedAnswer(id: string, originalRequest: PostmanRequest, example: Example): PostmanResponse {
  const { body } = example;
  const isText = typeof body === 'string';
  return {
    id,
    name: example.name,
    originalRequest,
    status: example.status,
    code: example.code,
    _postman_previewlanguage: isText ? 'html' : 'json',
    header: example.headers.map(([key, value]) => ({ key, value })),
    cookie: [],
    body: isText ? body : JSON.stringify(body, null, 2),
  };
}

function text(key: string): string {
  return readFileSync(path.join(ROOT, 'docs', 'collection', `${key}.md`), 'utf8').trimEnd();
}
