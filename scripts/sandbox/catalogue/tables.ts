/** A catalogue out of plain tables: the built-in facts and files of real names both end here. */
import type { AdfType } from '../../sentinel/adf-types';
import { PUBLISHED_ATTRIBUTE_ROWS } from '../../sentinel/level0-attributes';
import { deltaKey } from '../../sentinel/published-deltas';
import { NO_DELTAS, type Deltas } from '../../sentinel/select-adfs';
import { AdfIndex, headOf, typeOfName } from './adf-index';
import type { AdfRecord, Catalogue, Level0Record, ProductRecord } from './catalogue';
import { indexedChoice } from './indexed-choice';
import { Level0Index } from './level0-index';
import type { AdfRow } from './lines';
import { idOfName, type CatalogueFile, type Sizes } from './product-facts';
import { ProductIndex } from './product-index';

export interface Tables {
  readonly types: readonly AdfType[];
  /** By name. */
  readonly level0s: ReadonlyMap<string, Level0Record>;
  readonly adfs: ReadonlyMap<string, AdfRow>;
  /** Whole entries, by id; those that are no file of `adfs` are listed by auxip.svc only. */
  readonly products?: ReadonlyMap<string, ProductRecord>;
  /** By `deltaKey`. */
  readonly deltas?: ReadonlyMap<string, Deltas>;
  readonly sizes: Sizes;
}

/** A catalogue that answers from memory; all its indexes are made here, once. */
export function catalogueOf(tables: Tables): Catalogue {
  const files = filesOf(tables);
  const level0s = new Level0Index(tables.level0s);
  const adfs = new AdfIndex(files.filter((file): file is AdfRecord => file.type !== undefined));
  const products = new ProductIndex(files, tables.sizes, tables.products ?? new Map());
  return {
    types: tables.types,
    findLevel0: (name) => level0s.find(name),
    level0Within: (prefix, start, stop) => level0s.within(prefix, start, stop),
    adfsOfType: (type, platform, unit) => adfs.ofType(type, platform, unit),
    adfs: () => adfs.all,
    choose: indexedChoice(),
    deltasOf: (mission, type) => tables.deltas?.get(deltaKey(mission, type.longName)) ?? NO_DELTAS,
    // As published: with the table loaded the recorded service left the types out (rdb.md#level-0-attributes).
    attributeRows: PUBLISHED_ATTRIBUTE_ROWS,
    product: (id) => products.find(id),
    products: () => products.all(),
    productCount: () => products.count,
    productsByNamePrefix: (prefix) => products.withPrefix(prefix),
    productsByNameContaining: (text) => products.withText(text),
  };
}

/** auxip.svc lists files whose type the configuration does not know; for rdb.svc they do not exist. */
type File = CatalogueFile & { readonly type: AdfType | undefined };

/** Every file with its id and type, in bytewise order of names. */
function filesOf({ adfs, types, products = new Map() }: Tables): readonly File[] {
  const typeByHead = new Map<string, AdfType | undefined>();
  const typeOf = (name: string) => {
    const head = headOf(name);
    if (!typeByHead.has(head)) typeByHead.set(head, typeOfName(head, types));
    return typeByHead.get(head);
  };
  const files = Array.from(adfs.values(), ({ id, name, start, stop, creation }): File => {
    return { id: id ?? idOfName(name), name, type: typeOf(name), start, stop, creation };
  });
  const ids = new Set(files.map(({ id }) => id));
  const others = [...products.values()].filter(({ id }) => !ids.has(id)).map(untyped);
  return [...files, ...others].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Its dates stand in the entry, which is given whole. */
function untyped({ id, name }: ProductRecord): File {
  return { id, name, type: undefined, start: 0, stop: 0, creation: 0 };
}
