/** Requests to reprocessing.svc as data: written into the address for the service, and answered here from the samples. */
import type { Order } from './checks';
import type { Template } from './contract-case';
import { filterText, type Filter } from './filter';

/** The entity sets of reprocessing.svc (reprocessing.md#entities). */
export const ADF_SETS = ['AuxTypes', 'AuxFiles', 'ProductLevels', 'ProductTypes'] as const;
/** Sets of which single entries are drawn. */
export type DrawnSet = 'AuxTypes' | 'AuxFiles';

export type AdfSet = (typeof ADF_SETS)[number];

/** Options of a list that work (reprocessing.md#query-options). */
export interface AdfQuery {
  readonly of: AdfSet;
  readonly filter?: Filter;
  readonly orderBy?: readonly Order[];
  readonly top?: number;
  readonly skip?: number;
  readonly expand?: readonly string[];
  readonly count?: boolean;
}

/** Parameters of the two functions; `SearchName`, pages and order are of the list only (reprocessing.md#functions). */
export type BaselineParameters = Readonly<
  Partial<
    Record<
      | 'Mission'
      | 'Unit'
      | 'SensingTimeStart'
      | 'SensingTimeStop'
      | 'ProductType'
      | 'Variability'
      | 'SearchName'
      | 'Top'
      | 'Skip'
      | 'OrderBy'
      | 'OrderByDirection'
      | 'SensingTime',
      Template
    >
  >
>;

/** The service has hundreds of thousands of files: of `AuxFiles` only the sample is asked for. */
export function queryText({ of, filter, orderBy, top, skip, expand, count }: AdfQuery): string {
  const sample = of === 'AuxFiles' ? ['{{adf_sample}}'] : [];
  const conditions = [...sample, ...(filter ? [sample.length > 0 ? inner(filter) : filterText(filter)] : [])];
  const options = [
    conditions.length > 0 ? `$filter=${conditions.join(' and ')}` : '',
    orderBy ? `$orderby=${orderBy.map(({ by, descending }) => (descending ? `${by} desc` : by)).join(',')}` : '',
    top === undefined ? '' : `$top=${top}`,
    skip === undefined ? '' : `$skip=${skip}`,
    expand ? `$expand=${expand.join(',')}` : '',
    count ? '$count=true' : '',
  ].filter((option) => option !== '');
  return options.length > 0 ? `?${options.join('&')}` : '';
}

const inner = (filter: Filter): string => ('or' in filter ? `(${filterText(filter)})` : filterText(filter));

export function callText(form: 'List' | 'Names', parameters: BaselineParameters): string {
  const given = Object.entries(parameters).map(([name, value]) => `${name}='${value}'`);
  return `GetReproBaseline${form}ForPeriod(${given.join(',')})`;
}
