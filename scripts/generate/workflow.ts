import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../lib/package-root';
import { userAgent } from '../lib/user-agent';
import { bundleEvent } from './bundle-event';
import { EXAMPLES, type Example } from './examples';
import { idOf } from '../contract-suite/collection/ids';
import { collectionAuth } from './oauth2';
import { COLLECTION_SCHEMA } from '../contract-suite/collection/postman-collection';
import type {
  PostmanCollection,
  PostmanEvent,
  PostmanItem,
  PostmanRequest,
  PostmanResponse,
} from '../contract-suite/collection/postman-collection';
import { workflowFolders, type Folder, type Step } from './workflow-steps';

const NAME = 'Reprocessing workflow';

/** The tutorial as a collection: 0 Authenticate, 1 Data baseline, 2 Auxiliary files. The same text on every run. */
export async function workflowCollection(): Promise<PostmanCollection> {
  const folders = await workflowFolders();
  return {
    info: { _postman_id: idOf(NAME), name: NAME, description: text('workflow'), schema: COLLECTION_SCHEMA },
    auth: collectionAuth(),
    item: await Promise.all(folders.map(folderItem)),
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
  const header = [...(step.request.header ?? []), { key: 'User-Agent', value: userAgent() }];
  const request = { ...step.request, header, description: text(step.key) };
  return {
    id: idOf(NAME, folder.name, step.name),
    name: step.name,
    // No request needs a cookie, and none may go to the store: a jar knows hosts, not ports.
    protocolProfileBehavior: {
      followRedirects: step.followRedirects ?? false,
      disableCookies: true,
      ...(step.disableUrlEncoding ? { disableUrlEncoding: true } : {}),
    },
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
    return [
      { listen, script: { id, type: 'text/javascript', exec: await bundleEvent(`workflow/postman-scripts/${name}`) } },
    ];
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
