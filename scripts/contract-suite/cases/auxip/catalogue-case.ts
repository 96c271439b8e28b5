/** What the cases on `Products` have in common. */
import type { CatalogueCheck, Order } from '../../checks';
import type { ContractCase, Expectation, Source } from '../../contract-case';
import { filterText, SAMPLE } from '../../filter';

export const JSON_MINIMAL = 'application/json;odata.metadata=minimal';
export const MINIMAL_IEEE754 = 'application/json;ieee754compatible=true;odata.metadata=minimal';
export const VERSION = { 'OData-Version': '^4[.]0$' };
export const PRODUCTS = '{{auxip_root_uri}}/Products';

type RowsCheck = CatalogueCheck & { readonly is: 'catalogue-rows' };
type Rows = Omit<RowsCheck, 'is'>;

/** The first case of a folder that compares answers with the sample. */
export function sample(folder: string): ContractCase {
  return {
    key: `${folder}-sample`,
    name: `The sample for ${folder.replaceAll('-', ' ')}`,
    severity: 'data',
    source: {
      basis: 'observed',
      cite: 'auxip.md#lists',
      says: 'Entries as listed in the catalogue, with their attributes.',
    },
    request: { url: `${PRODUCTS}?$filter={{sample_asked}}&$expand=Attributes&$orderby=Id&$top={{sample_top}}` },
    expect: {
      status: 200,
      contentType: JSON_MINIMAL,
      headers: VERSION,
      schema: 'auxip.products',
      checks: [{ is: 'catalogue-sample' }],
      otherwise: [{ is: 'catalogue-sample-again' }],
    },
  };
}

/** A query whose answer is computed from the sample. */
export interface Query {
  readonly key: string;
  readonly name: string;
  readonly source: Source;
  /** What is due. `filter` goes into the request unless `asks` says otherwise, always within the sample. */
  readonly rows: Rows;
  /** The condition as it is written, when it is written otherwise than `rows.filter`. */
  readonly asks?: string;
  /** `asks` is the whole filter, without the sample's beside it. */
  readonly alone?: boolean;
  /** `$orderby` and `$expand` as they are written, when they are written otherwise than `rows` says. */
  readonly orderText?: string;
  readonly expandText?: string;
  /** Further options, as they are written, e.g. `$format=json`; those of `rows` are written anyway. */
  readonly options?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly promised?: Source & { readonly rows?: Rows; readonly expect?: Expectation };
}

type Extras = Pick<ContractCase, 'profiles' | 'needs'>;

export function query(
  { key, name, source, headers, contentType = JSON_MINIMAL, rows, promised, ...asked }: Query,
  extras: Extras = {},
): ContractCase {
  const expectation = (due: Rows): Expectation => ({
    status: 200,
    contentType,
    headers: VERSION,
    checks: [{ is: 'catalogue-rows', ...due }],
  });
  return {
    key,
    name,
    severity: 'data',
    source,
    needs: ['sample_size'],
    ...extras,
    request: { url: `${PRODUCTS}?${optionsText({ rows, ...asked })}`, ...(headers ? { headers } : {}) },
    expect: expectation(rows),
    ...(promised ? { promised: { ...promised, expect: promised.expect ?? expectation(promised.rows ?? {}) } } : {}),
  };
}

type Asked = Pick<Query, 'rows' | 'asks' | 'alone' | 'orderText' | 'expandText' | 'options'>;

function optionsText({
  rows,
  asks,
  alone,
  orderText: ordered,
  expandText = 'Attributes',
  options = [],
}: Asked): string {
  const { filter, orderBy, top, skip, select, expand, count } = rows;
  const condition = asks ?? (filter ? filterText(filter) : undefined);
  const within = condition === undefined ? SAMPLE.sample : `${SAMPLE.sample} and ${condition}`;
  return [
    `$filter=${alone ? condition : within}`,
    ...(orderBy ? [`$orderby=${ordered ?? orderBy.map(orderText).join(',')}`] : []),
    ...(top === undefined ? [] : [`$top=${top}`]),
    ...(skip === undefined ? [] : [`$skip=${skip}`]),
    ...(select ? [`$select=${select.join(',')}`] : []),
    ...(expand ? [`$expand=${expandText}`] : []),
    ...(count ? ['$count=true'] : []),
    ...options,
  ].join('&');
}

function orderText({ by, descending }: Order): string {
  return descending ? `${by} desc` : by;
}

export const OFFICIAL: Source = {
  basis: 'icd',
  cite: 'auxip.md#specification-icd',
  says: 'The official AUXIP specification.',
};
