import { caseItem } from '../collection/case-item';
import type { CaseFolder, ContractCase } from '../contract-case';
import type { OwnConditions } from '../engine/own-request';
import type { PostmanItem } from '../collection/postman-collection';
import { isIntrusive } from '../case-costs';
import { SIGN_IN } from '../cases/sign-in';
import type { Suite } from '../../newman/suite';

/** The contract collection with the user's own folders after ours. */
export function withOwnFolders(suite: Suite, folders: readonly CaseFolder[]): Suite {
  return { ...suite, item: [...suite.item, ...folders.map(folderItem)] };
}

const folderItem = (folder: CaseFolder): Suite['item'][number] => ({
  name: folder.name,
  item: folder.cases.map((item) => itemOf(folder, item)),
});

function itemOf(folder: CaseFolder, item: ContractCase): PostmanItem {
  const test = call('check', item.expect);
  if (item.name === SIGN_IN) return caseItem(folder, item, { test });
  const { needs = [], request } = item;
  const conditions: OwnConditions = {
    needs,
    costs: isIntrusive(item) ? (item.costs ?? []) : [],
    auth: request.auth ?? 'token',
    status: [item.expect.status].flat(),
    ...(item.profiles ? { profiles: item.profiles } : {}),
  };
  return caseItem(folder, item, { prerequest: call('beginOwn', conditions), test });
}

/** As JSON, which is no code whatever it holds: a member `__proto__` of an object literal would be. */
function call(name: 'beginOwn' | 'check', data: object): string {
  return `contract.${name}(pm, JSON.parse(${JSON.stringify(JSON.stringify(data))}));`;
}
