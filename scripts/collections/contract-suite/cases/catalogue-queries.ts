import type { CatalogueCheck } from '../checks';
import type { CaseFolder, ContractCase } from '../contract-case';
import { filterText, type Comparison, type Filter } from '../filter';
import { signIn } from './sign-in';

const JSON_MINIMAL = 'application/json;odata.metadata=minimal';
const VERSION = { 'OData-Version': '^4[.]0$' };

/** Queries on the catalogue, each compared with what the sample says the answer must be. */
export function catalogueQueries(): CaseFolder {
  return {
    key: 'catalogue-queries',
    name: 'auxip.svc queries',
    about:
      'Filter, order, pages, count, $select and $expand on `Products`: each answer is computed here as well, from the sample.',
    cases: [signIn('catalogue-queries'), sample(), ...comparisons()],
  };
}

function sample(): ContractCase {
  return {
    key: 'catalogue-sample',
    name: 'The sample',
    severity: 'data',
    source: {
      basis: 'observed',
      cite: 'auxip.md §3.1',
      says: 'Entries as they stand in the catalogue, with their attributes.',
    },
    request: {
      url: '{{auxip_root_uri}}/Products?$filter={{catalogue_sample}}&$expand=Attributes&$count=true&$top=200',
    },
    expect: {
      status: 200,
      contentType: JSON_MINIMAL,
      headers: VERSION,
      schema: 'auxip.products',
      checks: [{ is: 'catalogue-sample' }],
    },
  };
}

function comparisons(): ContractCase[] {
  const operators: Comparison[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
  return operators.map((is) =>
    query(`length-${is}`, `ContentLength ${is} chooses exactly those entries`, {
      property: 'ContentLength',
      is,
      value: '{{seed_length}}',
    }),
  );
}

function query(key: string, name: string, filter: Filter): ContractCase {
  const check: CatalogueCheck = { is: 'catalogue-rows', filter };
  return {
    key,
    name,
    severity: 'data',
    source: { basis: 'observed', cite: 'auxip.md §2.3', says: 'Comparisons of a property with a literal.' },
    needs: ['seed_id'],
    request: { url: `{{auxip_root_uri}}/Products?$filter={{catalogue_sample}} and ${filterText(filter)}` },
    expect: { status: 200, contentType: JSON_MINIMAL, headers: VERSION, schema: 'auxip.products', checks: [check] },
  };
}
