import type { Reply } from '../http/reply';
import type { Representation } from '../odata/content-negotiation';
import { dataReply } from '../odata/data-reply';
import type { StructuredType } from '../odata/edm';
import type { TypedOptions } from '../odata/query-options';
import { collectionContext, entityFields, selectedNames } from '../odata/write-entity';
import { jsonInt64, type Fields } from '../odata/write-value';
import { compileFilter, type RowReader } from './filter';
import { requireTranslatable, type HqlEntity } from './hql';
import { INTERNAL_ROOT } from './internal-root';
import { AUXIP_EDM } from './model';
import { PAGE_LIMIT } from './product-table';
import { sortRows } from './sort-rows';

/** A small entity set, held in memory: Subscriptions or Metrics. */
export interface Table {
  readonly set: string;
  readonly entity: HqlEntity;
  readonly type: StructuredType;
  readonly rows: readonly Fields[];
  readonly keyOf: (row: Fields) => string;
}

const READER: RowReader<Fields> = {
  value: (row, path) => (row[path] ?? null) as string | number | null,
  attributes: () => [],
};

/** `GET /Subscriptions`, `GET /Metrics` with the options that Products take. */
export function readTable(table: Table, query: TypedOptions, representation: Representation): Reply {
  const { filter, orderBy, skip = 0, top = PAGE_LIMIT, select, count } = query;
  requireTranslatable(table.entity, query);
  const matches = filter === undefined ? table.rows : table.rows.filter(compileFilter(filter, READER));
  const sorted = orderBy === undefined ? matches : sortRows(matches, orderBy, READER);
  const page = sorted.slice(skip, skip + Math.min(top, PAGE_LIMIT));
  const output = { set: table.set, type: table.type, select, representation };
  const json = {
    ...(representation.metadata === 'none' ? {} : collectionContext(table.set, selectedNames(table.type, select))),
    ...(count ? { '@odata.count': jsonInt64(matches.length, representation) } : {}),
    value: page.map((row) => entityFields(row, table.keyOf(row), output)),
  };
  const shape = { edm: AUXIP_EDM, type: table.type, set: table.set, feedId: `${INTERNAL_ROOT}/${table.set}` };
  return dataReply(200, json, representation, shape);
}
