/** What the cases of reprocessing.svc have in common. */
import type { CitationId } from '../../citations';
import { queryText, type AdfQuery, type AdfSet } from '../../adf-query';
import type { ContractCase, Expectation, Severity, Source } from '../../contract-case';

export const REPROCESSING = '{{reprocessing_root_uri}}';
export const VERSION = { 'OData-Version': '^4[.]0$' };
export const OK: Expectation = { status: 200, contentType: 'application/json', headers: VERSION };

/** Schemas by set: of a list, and of one entry. */
export const SCHEMAS: Readonly<Record<AdfSet, readonly [list: string, entry: string]>> = {
  AuxTypes: ['reprocessing.aux-types', 'reprocessing.aux-type'],
  AuxFiles: ['reprocessing.aux-files', 'reprocessing.aux-file'],
  ProductLevels: ['reprocessing.product-levels', 'reprocessing.product-level'],
  ProductTypes: ['reprocessing.product-types', 'reprocessing.product-type'],
};

export function observed(cite: CitationId, says: string): Source {
  return { basis: 'observed', cite, says };
}

/** What the samples must have brought. */
export function needed(of: AdfSet): readonly string[] {
  return [of === 'AuxFiles' ? 'adf_id' : 'adf_type'];
}

export interface Told {
  readonly key: string;
  readonly name: string;
  readonly severity?: Severity;
  readonly source?: Source;
}

/** A query whose answer is computed from the sample. */
export function query({ key, name, severity = 'data', source }: Told, options: AdfQuery): ContractCase {
  return {
    key: `reprocessing-${key}`,
    name,
    severity,
    source: source ?? observed('reprocessing.md#query-options', 'Filter, order, pages, expansion and count work.'),
    needs: needed(options.of),
    request: { url: `${REPROCESSING}/${options.of}${queryText(options)}` },
    expect: { ...OK, schema: SCHEMAS[options.of][0], checks: [{ is: 'adf-rows', ...options }] },
  };
}
