import { idOf } from './ids';
import { NO_AUTH, type PostmanEvent, type PostmanItem, type PostmanRequest } from './postman-collection';
import type { CaseFolder, CaseRequest, ContractCase } from '../contract-case';

export const CONTRACT_NAME = 'Service contract';

/** JavaScript before and after a request. */
export interface CaseScripts {
  readonly prerequest?: string;
  readonly test: string;
}

/** A case as a request of the contract collection. */
export function caseItem({ key }: Pick<CaseFolder, 'key'>, item: ContractCase, scripts: CaseScripts): PostmanItem {
  const event = (listen: PostmanEvent['listen'], script: string): PostmanEvent => ({
    listen,
    script: { exec: script.split('\n') },
  });
  return {
    id: idOf(CONTRACT_NAME, key, item.key),
    name: item.name,
    protocolProfileBehavior: { followRedirects: item.request.followRedirects ?? false, disableCookies: true },
    event: [
      ...(scripts.prerequest === undefined ? [] : [event('prerequest', scripts.prerequest)]),
      event('test', scripts.test),
    ],
    request: postmanRequest(item.request),
  };
}

export function postmanRequest({ method = 'GET', url, headers = {}, auth, form, body }: CaseRequest): PostmanRequest {
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
