import { STATUS_CODES } from 'node:http';
import { bundleEvent } from './bundle-event';
import { sourceOf } from './compact-source';
import { idOf } from '../contract-suite/collection/ids';
import { collectionAuth } from './oauth2';
import {
  COLLECTION_SCHEMA,
  type PostmanCollection,
  type PostmanItem,
} from '../contract-suite/collection/postman-collection';
import { COLLECTION_VARIABLES } from '../contract-suite/collection-variables';
import { caseText, folderText, suiteText } from './case-text';
import { caseItem, CONTRACT_NAME, postmanRequest } from '../contract-suite/collection/case-item';
import type { CaseFolder, ContractCase } from '../contract-suite/contract-case';
import type { SharedParts } from '../contract-suite/engine/shared-parts';
import { sharedPartsOf, shortened } from './shared-parts';
import { recordedAnswer } from './recorded-answers';
import { requireCoverage } from './coverage';
import { CASE_FOLDERS } from '../contract-suite/folders';

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
    item: folder.cases.map((item) => itemOf(folder, item, shared)),
  };
}

function itemOf(folder: CaseFolder, item: ContractCase, shared: SharedParts): PostmanItem {
  const { expect, promised } = item;
  const spec = {
    ...shortened(expect, shared),
    promised: promised && { ...promised, expect: shortened(promised.expect, shared) },
  };
  const sent = caseItem(folder, item, { test: `contract.check(pm, ${sourceOf(spec)});` });
  const request = { ...postmanRequest(item.request), description: caseText(item) };
  return { ...sent, request, ...exampleOf(folder, item) };
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
    originalRequest: postmanRequest(item.request),
    status,
    code,
    _postman_previewlanguage: body.startsWith('{') ? 'json' : 'text',
    header: headers.map(([key, value]) => ({ key, value })),
    cookie: [] as [],
    body,
  };
  return { response: [example] };
}
