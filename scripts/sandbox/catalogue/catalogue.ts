/**
 * What the stand-in services know. One interface, two sources: the built-in facts (builtin/) and files of real names
 * (load-directory.ts). All times are epoch milliseconds UTC.
 */
import type { AdfType } from '../../sentinel/adf-types';
import type { Deltas, SelectionSource } from '../../sentinel/select-adfs';

/** One row of rdb.svc's l0_products: the name with its extension; S2 start = stop = data-take start (rdb.md#level-0-names, rdb.md#look-up-by-name). */
export interface Level0Record {
  readonly name: string;
  readonly start: number;
  readonly stop: number;
}

/** One auxiliary file as reprocessing.svc and auxip.svc both list it (reprocessing.md#adf-files). */
export interface AdfRecord {
  readonly id: string;
  readonly name: string;
  readonly type: AdfType;
  readonly start: number;
  readonly stop: number;
  readonly creation: number;
}

/** One entry of auxip.svc's Products (auxip.md#lists). Dates are texts as sent: `Z`, fraction of 0 to 6 digits (auxip.md#dates). */
export interface ProductRecord {
  readonly id: string;
  readonly name: string;
  /** bytes */
  readonly contentLength: number;
  readonly originDate: string;
  readonly publicationDate: string;
  readonly contentStart: string;
  readonly contentEnd: string;
}

/** Entries found, made only when they are looked at: `length` costs nothing. */
export interface ProductList extends Iterable<ProductRecord> {
  readonly length: number;
  /** The entries from `begin` up to, not including, `end`; both not negative. */
  slice(begin: number, end: number): readonly ProductRecord[];
}

/** A catalogue is also what `selectAdfs` of scripts/sentinel chooses from. */
export interface Catalogue extends SelectionSource<AdfRecord> {
  /** ADF types in reprocessing.svc's order. */
  readonly types: readonly AdfType[];
  /** rdb.md#look-up-by-name: `name LIKE '%<name less extension>%'`, first match. */
  findLevel0(name: string): Level0Record | undefined;
  /** rdb.md#look-up-by-interval: names that match the LIKE prefix and lie wholly inside [start, stop], both ends inclusive. */
  level0Within(prefix: string, start: number, stop: number): readonly Level0Record[];
  /** rdb.md#candidates: files of a type for one satellite, platform-generic first, each part in bytewise order of names. */
  adfsOfType(type: AdfType, platform: string, unit: string): readonly AdfRecord[];
  /** auxip.svc's entry; ids are lower-case UUIDs. */
  product(id: string): ProductRecord | undefined;
  /** All entries, for filters; implementations may offer faster paths to the filter by name. */
  products(): Iterable<ProductRecord>;
  productCount(): number;
  /** Seconds by which a type widens the sensing interval for a mission; 0 where nothing is configured (rdb.md#own-tables). */
  deltasOf?(mission: string, type: AdfType): Deltas;
  /** Every file that has a type, by name: what reprocessing.svc lists as AuxFiles. */
  adfs?(): readonly AdfRecord[];
  /** The entries whose name begins with a text, taken literally; by name, bytewise. */
  productsByNamePrefix?(prefix: string): ProductList;
  /** The entries whose name contains a text, taken literally; by name, bytewise. */
  productsByNameContaining?(text: string): ProductList;
}
