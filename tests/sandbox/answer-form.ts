import type { RawAnswer } from './raw-request';

/**
 * Which of the recorded forms an answer has (rdb.md#error-bodies, rdb.md#length-of-a-request; access.md#token-errors, access.md#gateway, auxip.md#errors, auxip.md#store, reprocessing.md#query-options); undefined for one
 * that no service would give.
 */
export function answerForm({ status, headers, body }: RawAnswer, method: string): string | undefined {
  const contentType = headers['content-type'] ?? '';
  if (status < 300) return 'success';
  if (status === 304) return 'not-modified';
  if (status < 400) return headers.location === undefined ? undefined : 'redirect';
  if (method === 'HEAD' && body === '') return 'head';
  if (status === 405 && body === '') return 'method';
  if (contentType.startsWith('text/html')) return /<(?:html|!doctype html)/i.test(body) ? 'html' : undefined;
  if (contentType === 'text/plain') return status === 401 ? 'gateway' : undefined;
  if (contentType.includes('json')) return jsonForm(JSON.parse(body) as Record<string, unknown>);
  if (/^<\?xml[^>]*\?>\s*<Error><Code>/.test(body)) return 'store-xml';
  return /^<\?xml[^>]*\?><error xmlns=/.test(body) ? 'odata-xml' : undefined;
}

function jsonForm(json: Record<string, unknown>): string | undefined {
  const { error, message } = json;
  if (typeof message === 'string' && Object.keys(json).length === 1) return 'kong';
  if (typeof error === 'string') return 'token';
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, message: text } = error as Record<string, unknown>;
  const isCode = code === null || (typeof code === 'string' && /^\d+$/.test(code));
  return isCode && typeof text === 'string' && Object.keys(json).length === 1 ? 'odata' : undefined;
}
