import { STATUS_CODES } from 'node:http';
import { bundleEvent } from './bundle-event';
import { sourceOf } from './compact-source';
import { idOf } from './ids';
import { collectionAuth, NO_AUTH } from './oauth2';
import { COLLECTION_SCHEMA } from './postman';
import type { PostmanCollection, PostmanEvent, PostmanItem, PostmanRequest } from './postman';
import { COLLECTION_VARIABLES } from '../contract-suite/collection-variables';
import { caseText, folderText, suiteText } from './case-text';
import type { CaseFolder, CaseRequest, ContractCase } from '../contract-suite/contract-case';
import type { SharedParts } from '../contract-suite/engine/shared-parts';
import { sharedPartsOf, shortened } from './shared-parts';
import { recordedAnswer } from './recorded-answers';
import { requireCoverage } from './coverage';
import { CASE_FOLDERS } from '../contract-suite/folders';

export const CONTRACT_NAME = 'Service contract';

/**
 * The contract suite as a collection: a folder per resource, a request per case. The same text on every run.
 * @throws Error when a part of the contract has no case
 */
export async function serviceContract(): Promise<PostmanCollection> {
  requireCoverage(CASE_FOLDERS);
  const id = idOf(CONTRACT_NAME, 'prerequest');
  const shared = sharedPartsOf(CASE_FOLDERS);
  const bundled = await bundleEvent('workflow/postman-scripts/service-contract.prerequest', {
    minify: true,
    modules: { 'contract:shared': `export const SHARED_PARTS = ${JSON.stringify(shared)};` },
  });
  const exec = [ABOUT_ENGINE, ...bundled];
  return {
    info: {
      _postman_id: idOf(CONTRACT_NAME),
      name: CONTRACT_NAME,
      description: suiteText(),
      schema: COLLECTION_SCHEMA,
    },
    auth: collectionAuth(),
    event: [{ listen: 'prerequest', script: { id, type: 'text/javascript', exec } }],
    variable: COLLECTION_VARIABLES,
    item: CASE_FOLDERS.map((folder) => folderItem(folder, shared)),
  };
}

const ABOUT_ENGINE =
  '// What `contract` does: https://github.com/auxflow/auxflow/tree/main/scripts/contract-suite/engine, bundled and minified.';

function folderItem(folder: CaseFolder, shared: SharedParts): PostmanItem {
  return {
    id: idOf(CONTRACT_NAME, folder.key),
    name: folder.name,
    description: folderText(folder),
    item: folder.cases.map((item) => caseItem(folder, item, shared)),
  };
}

function caseItem(folder: CaseFolder, item: ContractCase, shared: SharedParts): PostmanItem {
  const { expect, promised } = item;
  const spec = {
    ...shortened(expect, shared),
    promised: promised && { ...promised, expect: shortened(promised.expect, shared) },
  };
  return {
    id: idOf(CONTRACT_NAME, folder.key, item.key),
    name: item.name,
    protocolProfileBehavior: { followRedirects: item.request.followRedirects ?? false, disableCookies: true },
    event: [testEvent(`contract.check(pm, ${sourceOf(spec)});`)],
    request: { ...request(item.request), description: caseText(item) },
    ...exampleOf(folder, item),
  };
}

/** The answer that was recorded, as Postman's example. */
function exampleOf(folder: CaseFolder, item: ContractCase): Pick<PostmanItem, 'response'> {
  const answer = recordedAnswer(item);
  if (!answer) return {};
  const { status: code, headers, body } = answer;
  const status = STATUS_CODES[code] ?? '';
  const example = {
    id: idOf(CONTRACT_NAME, folder.key, item.key, 'example'),
    name: `${code} as recorded`,
    originalRequest: request(item.request),
    status,
    code,
    _postman_previewlanguage: body.startsWith('{') ? 'json' : 'text',
    header: headers.map(([key, value]) => ({ key, value })),
    cookie: [] as [],
    body,
  };
  return { response: [example] };
}

function testEvent(script: string): PostmanEvent {
  return { listen: 'test', script: { exec: script.split('\n') } };
}

function request({ method = 'GET', url, headers = {}, auth, form, body }: CaseRequest): PostmanRequest {
  return {
    method,
    url,
    ...(auth === 'none' ? { auth: NO_AUTH } : {}),
    ...(body === undefined ? {} : { body: { mode: 'raw', raw: body } }),
    ...(Object.keys(headers).length > 0
      ? { header: Object.entries(headers).map(([key, value]) => ({ key, value })) }
      : {}),
    ...(form
      ? { body: { mode: 'urlencoded', urlencoded: form.map(([key, value]) => ({ key, value, type: 'text' })) } }
      : {}),
  };
}
