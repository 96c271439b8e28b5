/** What the cases of rdb.svc have in common. */
import type { CitationId } from '../../citations';
import type { Check } from '../../checks';
import type { ContractCase, Expectation, Severity, Source } from '../../contract-case';

export const JSON_MINIMAL = 'application/json;odata.metadata=minimal';
export const ODATA_4 = { 'OData-Version': '^4[.]0$' };

export const FUNCTION = '{{rdb_root_uri}}/getReprocessingDataBaseline';

/** Mission and unit of the environment, and what is to be made. */
export function satellite(
  productType = '{{product_type}}',
  { mission = '{{mission}}', unit = '{{unit}}' }: { readonly mission?: string; readonly unit?: string } = {},
): string {
  return `mission='${mission}',unit='${unit}',product_type='${productType}'`;
}

export function observed(cite: CitationId, says: string): Source {
  return { basis: 'observed', cite, says };
}

/** A baseline with status 200 whose entries the checks look at. */
export function answered(...checks: readonly Check[]): Expectation {
  return { status: 200, contentType: JSON_MINIMAL, headers: ODATA_4, schema: 'rdb.baseline', checks };
}

/** An error of the service itself: `code` is null (rdb.md#error-bodies). */
export function refused(status: number, message: string, code: string | null = null): Expectation {
  return { status, contentType: JSON_MINIMAL, headers: ODATA_4, error: { code, message } };
}

/** A page of Tomcat or of a proxy: the request never reached OData (rdb.md#calls). */
export const HTML_400: Expectation = {
  status: 400,
  headers: { 'Content-Type': '^text/html', 'OData-Version': null },
  checks: [{ is: 'body-matching', pattern: '<html' }],
};

/** A case that is one GET. */
export function getCase(
  key: string,
  name: string,
  url: string,
  expect: Expectation,
  source: Source,
  more: Partial<ContractCase> & { readonly headers?: Readonly<Record<string, string>>; readonly method?: string } = {},
): ContractCase {
  const { headers, method, ...rest } = more;
  const severity: Severity = rest.severity ?? 'contract';
  return {
    key,
    name,
    source,
    expect,
    ...rest,
    severity,
    request: { url, ...(headers ? { headers } : {}), ...(method ? { method } : {}) },
  };
}
