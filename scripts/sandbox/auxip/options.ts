import type { ProductRecord } from '../catalogue/catalogue';
import type { TypedOptions } from '../odata/query-options';
import type { Metric } from './metrics';
import type { StoredObject } from '../store/stored-object';
import type { ProductTable } from './product-table';
import type { QuotaLedger } from './quota';
import type { Subscriptions } from './subscriptions';

/** What auxip.svc works with. */
export interface AuxipOptions {
  readonly products: ProductTable;
  /** The query options as the service understands them. */
  readonly understood: (options: TypedOptions) => TypedOptions;
  readonly subscriptions: Subscriptions;
  readonly metrics: () => readonly Metric[];
  readonly quota: QuotaLedger;
  /** The presigned URL of a product's file. */
  readonly presign: (product: ProductRecord) => string;
  /** What the store holds for an id. */
  readonly stored: (id: string) => StoredObject | undefined;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}
