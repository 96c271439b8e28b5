import type { SelectionSource } from '../../sentinel/select-adfs';
import type { AdfRecord, Catalogue } from '../catalogue/catalogue';
import type { BaselineEntry } from './baseline';
import type { BaselineCall } from './baseline-call';

/** Where the service departs from sections 1 to 5 of rdb.md: hooks of the scenarios (rdb.md §6). */
export interface RdbQuirks {
  source(catalogue: Catalogue, call: BaselineCall): SelectionSource<AdfRecord>;
  entry(entry: BaselineEntry): BaselineEntry;
}
