import type { SelectionSource } from '../../sentinel/select-adfs';
import type { AdfRecord, Catalogue } from '../catalogue/catalogue';
import type { BaselineEntry } from './baseline';
import type { BaselineCall } from './baseline-call';

/** Hooks for the scenarios: defects of the recorded service beyond its regular behaviour (rdb.md#hazards). */
export interface RdbQuirks {
  source(catalogue: Catalogue, call: BaselineCall): SelectionSource<AdfRecord>;
  entry(entry: BaselineEntry): BaselineEntry;
}
