import { bundleEvent } from './bundle-event';
import { idOf } from './ids';
import { collectionAuth, NO_AUTH } from './oauth2';
import { COLLECTION_SCHEMA } from './postman';
import type { PostmanCollection, PostmanEvent, PostmanItem, PostmanRequest } from './postman';
import { COLLECTION_VARIABLES } from '../contract-suite/collection-variables';
import { caseText, folderText, suiteText } from './case-text';
import type { CaseFolder, CaseRequest, ContractCase } from '../contract-suite/contract-case';
import { isIntrusive } from '../contract-suite/case-costs';
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
  const exec = await bundleEvent('workflow/postman-scripts/service-contract.prerequest');
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
    item: CASE_FOLDERS.map(folderItem),
  };
}

function folderItem(folder: CaseFolder): PostmanItem {
  return {
    id: idOf(CONTRACT_NAME, folder.key),
    name: folder.name,
    description: folderText(folder),
    item: folder.cases.map((item) => caseItem(folder, item)),
  };
}

function caseItem(folder: CaseFolder, item: ContractCase): PostmanItem {
  const { profiles, needs, after, expect, promised } = item;
  const conditions = {
    ...(profiles ? { profiles } : {}),
    ...(needs ? { needs } : {}),
    ...(after ? { after: after.map((key) => nameOf(folder, key)) } : {}),
    ...(isIntrusive(item) ? { costs: item.costs } : {}),
  };
  return {
    id: idOf(CONTRACT_NAME, folder.key, item.key),
    name: item.name,
    description: caseText(item),
    protocolProfileBehavior: { followRedirects: item.request.followRedirects ?? false, disableCookies: true },
    event: [
      ...(Object.keys(conditions).length > 0
        ? [event(folder, item, 'prerequest', `contract.begin(pm, ${JSON.stringify(conditions, null, 2)});`)]
        : []),
      event(
        folder,
        item,
        'test',
        `contract.check(pm, ${JSON.stringify({ expect, ...(promised ? { promised } : {}) }, null, 2)});`,
      ),
    ],
    request: request(item.request),
  };
}

/** @throws Error for a key that the folder does not have */
function nameOf({ name: folder, cases }: CaseFolder, key: string): string {
  const name = cases.find((item) => item.key === key)?.name;
  if (name === undefined) throw new Error(`Folder ${folder} has no case ${key}.`);
  return name;
}

function event(folder: CaseFolder, item: ContractCase, listen: PostmanEvent['listen'], script: string): PostmanEvent {
  const id = idOf(CONTRACT_NAME, folder.key, item.key, listen);
  return { listen, script: { id, type: 'text/javascript', exec: script.split('\n') } };
}

function request({ method = 'GET', url, headers = {}, auth, form, body }: CaseRequest): PostmanRequest {
  return {
    method,
    url,
    ...(auth === 'none' ? { auth: NO_AUTH } : {}),
    ...(body === undefined ? {} : { body: { mode: 'raw', raw: body } }),
    header: Object.entries(headers).map(([key, value]) => ({ key, value })),
    ...(form
      ? { body: { mode: 'urlencoded', urlencoded: form.map(([key, value]) => ({ key, value, type: 'text' })) } }
      : {}),
  };
}
