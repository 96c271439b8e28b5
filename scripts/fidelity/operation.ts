import type { RecordedRequest } from '../lib/recorded-pair';

/** First segments that name something; all else is counted together. */
const KNOWN = new Set([
  '$metadata',
  'Products',
  'Metrics',
  'Subscriptions',
  'AuxTypes',
  'AuxFiles',
  'ProductLevels',
  'ProductTypes',
  'getReprocessingDataBaseline',
  'GetReproBaselineListForPeriod',
  'GetReproBaselineNamesForPeriod',
]);

/** What a request asks for, without its arguments: `auxip.svc Products(…)/Attributes`. */
export function operationOf({ method, path }: RecordedRequest): string {
  const [target = ''] = path.split('?');
  const [, service = '', rest = ''] = /^\/([\w.-]+)(.*)$/s.exec(target) ?? [];
  if (method !== 'GET') return `${service} with other methods than GET`;
  const resource = decoded(rest).replace(/^\//, '');
  if (resource === '') return `${service} service document`;
  const [, name = '', key = '', part = ''] = /^([$\w]+)(\(.*\))?(\/.*)?$/s.exec(resource) ?? [];
  if (!KNOWN.has(name)) return `${service} anything else`;
  const inner = part === '' || part === '/$value' ? part : '/…';
  return `${service} ${name}${key === '' ? '' : '(…)'}${inner}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
