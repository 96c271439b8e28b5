/** A catalogue out of a folder of real names, as they are published with the services (`auxflow sandbox --catalogue DIR`). */
import { join } from 'node:path';
import { Failure } from '../../errors/errors';
import type { AdfType } from '../../sentinel/adf-types';
import type { Catalogue, Level0Record, ProductRecord } from './catalogue';
import { readDeltas } from './deltas-file';
import { parseAdfLine, parseLevel0Line, type AdfRow } from './lines';
import { findLists, readText, type ListFiles } from './lists';
import { UnreadableLines, type LoadReport } from './load-report';
import { field, parseJson, parseProductLine } from './product-line';
import type { Sizes } from './product-facts';
import { catalogueOf } from './tables';
import { readTypes } from './type-table';

export interface LoadOptions {
  readonly sizes?: Sizes;
}

export interface LoadedCatalogue {
  readonly catalogue: Catalogue;
  readonly report: LoadReport;
}

/**
 * Reads `level0*.txt[.gz]` and the lists in folders `level0…` (names; `name;yyyymmddThhmmss` for Sentinel-2), `*aux-names*`
 * and `*aux-ids*` (`name : uuid`), `aux-types.json`, and where they are there `level0.jsonl` (`{"name","start","stop"}`),
 * `products.jsonl` (whole entries as auxip.svc writes them) and `deltas.json` (`[{"mission","type","delta0","delta1"}]`).
 * Lines that cannot be read are counted and named.
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED (aux-types.json, deltas.json, a folder without any list)
 */
export async function loadCatalogue(directory: string, { sizes = 'tiny' }: LoadOptions = {}): Promise<LoadedCatalogue> {
  const lists = await findLists(directory);
  const reader = new ListReader(directory, lists);
  const types = await readTypeTable(directory);
  const level0s = await reader.level0s();
  const products = await reader.products();
  const { adfs, conflictingIds } = await reader.adfs(products);
  if (level0s.size + adfs.size + products.size === 0) throw malformed(directory, ['no list of names in this folder']);
  const deltas = lists.has('deltas.json') ? await readDeltas(join(directory, 'deltas.json')) : undefined;
  const catalogue = catalogueOf({ types, level0s, adfs, products, deltas, sizes });
  const report: LoadReport = {
    files: reader.read,
    types: types.length,
    level0s: level0s.size,
    adfs: adfs.size,
    untypedAdfs: adfs.size - (catalogue.adfs?.().length ?? 0),
    products: catalogue.productCount(),
    conflictingIds,
    unreadableCount: reader.unreadable.count,
    unreadable: reader.unreadable.examples,
  };
  return { catalogue, report };
}

class ListReader {
  readonly read: string[] = [];
  readonly unreadable = new UnreadableLines();
  readonly #directory: string;
  readonly #lists: ListFiles;

  constructor(directory: string, lists: ListFiles) {
    this.#directory = directory;
    this.#lists = lists;
  }

  async level0s(): Promise<ReadonlyMap<string, Level0Record>> {
    const records = new Map<string, Level0Record>();
    const keep = (record: Level0Record) => records.set(record.name, record);
    for (const file of this.#lists.level0s) await this.#each(file, parseLevel0Line, keep);
    if (this.#lists.has('level0.jsonl')) await this.#each('level0.jsonl', parseLevel0Json, keep);
    return records;
  }

  async products(): Promise<ReadonlyMap<string, ProductRecord>> {
    const products = new Map<string, ProductRecord>();
    const keep = (product: ProductRecord) => products.set(product.id, product);
    if (this.#lists.has('products.jsonl')) await this.#each('products.jsonl', parseProductLine, keep);
    return products;
  }

  /** Files of the lists and of the whole entries, each name once; the entries' ids count first. */
  async adfs(
    products: ReadonlyMap<string, ProductRecord>,
  ): Promise<{ adfs: ReadonlyMap<string, AdfRow>; conflictingIds: number }> {
    const adfs = new Map<string, AdfRow>();
    let conflictingIds = 0;
    const keep = (row: AdfRow) => {
      const known = adfs.get(row.name);
      if (known?.id !== undefined && row.id !== undefined && known.id !== row.id) conflictingIds += 1;
      if (known?.id === undefined) adfs.set(row.name, row);
    };
    for (const { id, name } of products.values()) {
      const row = parseAdfLine(`${name} : ${id}`);
      if (row) keep(row);
    }
    for (const file of this.#lists.adfs) await this.#each(file, parseAdfLine, keep);
    return { adfs, conflictingIds };
  }

  async #each<Row>(file: string, parse: (line: string) => Row | undefined, keep: (row: Row) => unknown): Promise<void> {
    const text = await readText(join(this.#directory, file));
    this.read.push(file);
    let number = 0;
    for (const untrimmed of text.split('\n')) {
      number += 1;
      const line = untrimmed.trim();
      if (line === '' || line.startsWith('#')) continue;
      const row = parse(line);
      if (row === undefined) this.unreadable.add(file, number, line);
      else keep(row);
    }
  }
}

async function readTypeTable(directory: string): Promise<readonly AdfType[]> {
  const path = join(directory, 'aux-types.json');
  const { types, problems } = readTypes(parseJson(await readText(path)));
  if (problems.length > 0) throw malformed(path, problems);
  return types;
}

/** `{"name":…,"start":…,"stop":…}` with ISO times. */
function parseLevel0Json(line: string): Level0Record | undefined {
  const entry = parseJson(line);
  const [name, start, stop] = ['name', 'start', 'stop'].map((member) => field(entry, member));
  if (typeof name !== 'string' || typeof start !== 'string' || typeof stop !== 'string') return undefined;
  const [begin, end] = [Date.parse(start), Date.parse(stop)];
  return Number.isNaN(begin) || Number.isNaN(end) ? undefined : { name, start: begin, stop: end };
}

function malformed(path: string, problems: readonly string[]): Failure {
  return new Failure({ code: 'FILE_MALFORMED', path, what: 'catalogue', problems: problems.slice(0, 20) });
}
