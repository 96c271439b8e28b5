import { expect, test } from 'vitest';
import { classifyResponse, isRefusal, type ResponseClass } from '../../scripts/services/classify-response';

const odata = (code: number, message: string): string => JSON.stringify({ error: { code: String(code), message } });
const GATEWAY = '{"message":"An invalid response was received from the upstream server"}';
const page = (title: string): string => `<html><head><title>${title}</title></head></html>`;
const STORE_BUSY =
  '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Reduce your request rate</Message></Error>';
const NO_ENTITY = odata(500, 'No entity found for query');

/** Status, body, class, and whether it shows that nothing was done. */
const cases: [string, number, string, ResponseClass, boolean][] = [
  ['success', 200, '{}', 'success', false],
  ['a body of success is not looked into', 200, NO_ENTITY, 'success', false],
  ['redirect', 302, '', 'redirect', false],
  ['bad request', 400, odata(400, 'Invalid value'), 'refused', false],
  ['role missing', 401, odata(401, 'Unauthorized Request !'), 'role-missing', true],
  ['forbidden', 403, odata(403, 'Forbidden'), 'role-missing', true],
  ['not found', 404, page('404'), 'unknown-id', true],
  ['not implemented', 501, odata(501, 'Not Implemented'), 'refused', false],
  ['quota of auxip: 429 in OData JSON', 429, odata(429, 'Too Many Requests !'), 'quota', true],
  ['connection limit of the proxy: 429 as HTML', 429, page('429'), 'busy', true],
  ['429 of the gateway', 429, GATEWAY, 'busy', true],
  ['502', 502, page('502'), 'busy', false],
  ['503 SlowDown of the store', 503, STORE_BUSY, 'busy', false],
  ['504', 504, GATEWAY, 'busy', false],
  ['timeout of a proxy', 408, page('408'), 'busy', false],
  ['writers in the way', 409, STORE_BUSY, 'busy', false],
  ['trouble of Cloudflare', 520, page('520'), 'busy', false],
  ['another version of HTTP', 505, page('505'), 'refused', false],
  ['500 with free text', 500, odata(500, 'could not obtain connection'), 'fault', false],
  ['500 that means not found', 500, NO_ENTITY, 'unknown-id', true],
  ['login form', 400, '<html><form id="kc-form-login"></form></html>', 'login', true],
];

test.each(cases)('%s', (_name, status, text, wanted, isRefused) => {
  expect(classifyResponse({ status, text })).toBe(wanted);
  expect(isRefusal({ status, text })).toBe(isRefused);
});
