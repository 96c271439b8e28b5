import type { Catalogue, ProductRecord } from '../catalogue/catalogue';
import type { Expression } from '../odata/expression';
import type { TypedOptions } from '../odata/query-options';
import type { Collation } from './collation';
import { compileFilter, propertyPath, stringOf, type Predicate, type RowReader } from './filter';
import type { ProductAttribute, ProductFacts } from './product';
import type { ActiveScenario } from '../faults/scenarios/active-scenario';
import { evictionDate } from './timestamp';
import { sortRows } from './sort-rows';

/** auxip.md#query-options: also when more are asked for. */
export const PAGE_LIMIT = 200;

/** What a POST says of a product beyond its record. */
export interface PostedFacts {
  readonly attributes: readonly ProductAttribute[];
  readonly md5: string;
}

export interface Page {
  readonly rows: readonly ProductRecord[];
  /** Matches in all, whatever the page; only counted when asked for. */
  readonly count?: number;
}

/** Turns a filter into a function, or refuses it. */
type FilterCompiler = typeof compileFilter;

/** The products of the catalogue, with those written and without those deleted while the sandbox runs. */
export class ProductTable {
  private readonly created = new Map<string, ProductRecord>();
  private readonly createdFacts = new Map<string, PostedFacts>();
  private readonly deleted = new Set<string>();

  private readonly reader: RowReader<ProductRecord>;

  /** Entries that a scenario has shown besides the catalogue's own. */
  private readonly twins = new Map<string, ProductRecord>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly facts: ProductFacts,
    private readonly scenario: Pick<
      ActiveScenario,
      'product' | 'twins' | 'hasTwins' | 'skip' | 'filterValue' | 'filterAttributes' | 'changesFilters'
    >,
    collation?: Collation,
  ) {
    this.reader = {
      collation,
      value: (product, path) => this.scenario.filterValue(VALUES[path]?.(product) ?? null, path),
      attributes: (product) => this.scenario.filterAttributes(this.factsOf(product).attributesOf(product)),
    };
  }

  /** The entry as it is served. */
  find(id: string): ProductRecord | undefined {
    const key = id.toLowerCase();
    if (this.deleted.has(key)) return undefined;
    const found = this.created.get(key) ?? this.original(key);
    return found && this.scenario.product(found);
  }

  /** What the store holds for an id, whatever a scenario claims of it; what was only posted has no bytes. */
  original(id: string): ProductRecord | undefined {
    return this.catalogue.product(id) ?? this.twins.get(id);
  }

  insert(product: ProductRecord, posted: PostedFacts): void {
    this.deleted.delete(product.id);
    this.created.set(product.id, product);
    this.createdFacts.set(product.id, posted);
  }

  /** Of a product that was posted: as posted; of the others: as the files are. */
  factsOf(product: ProductRecord): ProductFacts {
    const posted = this.createdFacts.get(product.id);
    if (posted === undefined) return this.facts;
    return { attributesOf: () => posted.attributes, md5Of: () => Promise.resolve(posted.md5) };
  }

  /** Everything that is there, in no order. */
  all(): Iterable<ProductRecord> {
    return this.candidates(undefined);
  }

  /** Unknown ids are fine (auxip.md#writing). */
  delete(id: string): void {
    this.created.delete(id.toLowerCase());
    this.deleted.add(id.toLowerCase());
  }

  /** One page by $filter, $orderby, $skip and $top; `limit` is the service's own largest page, `compile` its filter language. */
  query(options: TypedOptions, limit = PAGE_LIMIT, compile: FilterCompiler = compileFilter): Page {
    const { rows, count } = this.page(options, limit, compile);
    return { rows: rows.map((row) => this.scenario.product(row)), count };
  }

  private page(
    { filter, orderBy, skip: asked = 0, top, count }: TypedOptions,
    limit: number,
    compile: FilterCompiler,
  ): Page {
    const length = Math.min(top ?? limit, limit);
    const skip = this.scenario.skip(asked);
    const fast = this.fastPage(filter, orderBy, skip, length);
    if (fast !== undefined) return fast;
    const matches = filter === undefined ? () => true : compile(filter, this.reader);
    const matching = new Counted(this.candidates(filter), matches);
    if (orderBy !== undefined) {
      const sorted = sortRows(matching, orderBy, this.reader, skip + length);
      return { rows: sorted.slice(skip), count: matching.count };
    }
    const rows = pageOf(matching, skip, length, count);
    return { rows, count: matching.count };
  }

  /** Whether a product is among the matches of a filter, for subscriptions. */
  matches(product: ProductRecord, filter: Expression | undefined): boolean {
    return filter === undefined || compileFilter(filter, this.reader)(product);
  }

  /** A filter that is only one search by name: the catalogue's index knows page and count without looking at the rest. */
  private fastPage(filter: Expression | undefined, orderBy: unknown, skip: number, length: number): Page | undefined {
    const { hasTwins, changesFilters } = this.scenario;
    const isChanged = this.created.size + this.deleted.size > 0 || hasTwins || changesFilters;
    if (filter?.kind !== 'method' || orderBy !== undefined || isChanged) return undefined;
    const list = this.byName(filter);
    return list === undefined ? undefined : { rows: list.slice(skip, skip + length), count: list.length };
  }

  private *candidates(filter: Expression | undefined): Iterable<ProductRecord> {
    for (const product of this.narrowed(filter) ?? this.catalogue.products()) {
      if (!this.deleted.has(product.id) && !this.created.has(product.id)) yield product;
      for (const twin of this.scenario.twins(product)) {
        this.twins.set(twin.id, twin);
        yield twin;
      }
    }
    yield* this.created.values();
  }

  /** Fewer products that contain all matches, where the filter allows to say so. */
  private narrowed(filter: Expression | undefined): Iterable<ProductRecord> | undefined {
    if (this.scenario.changesFilters) return undefined;
    if (filter?.kind === 'method') return this.byName(filter);
    if (filter?.kind !== 'binary') return undefined;
    if (filter.operator === 'and') return this.narrowed(filter.left) ?? this.narrowed(filter.right);
    if (filter.operator !== 'eq' || filter.right.kind !== 'literal') return undefined;
    const path = propertyPath(filter.left);
    if (path === 'Id')
      return [this.catalogue.product(filter.right.text.toLowerCase())].filter((found) => found !== undefined);
    const name = stringOf(filter.right);
    return path === 'Name' && !name.includes('operator') ? this.catalogue.productsByNamePrefix?.(name) : undefined;
  }

  private byName({ name, parameters }: Extract<Expression, { kind: 'method' }>) {
    const [property, text] = parameters;
    if (property === undefined || text?.kind !== 'literal' || propertyPath(property) !== 'Name') return undefined;
    const plain = stringOf(text);
    if (/[%\\]/.test(plain)) return undefined;
    if (name === 'startswith') return this.catalogue.productsByNamePrefix?.(plain);
    return name === 'contains' ? this.catalogue.productsByNameContaining?.(plain) : undefined;
  }
}

/** Rows that match, counted as they go by. */
class Counted implements Iterable<ProductRecord> {
  count = 0;

  constructor(
    private readonly rows: Iterable<ProductRecord>,
    private readonly matches: Predicate<ProductRecord>,
  ) {}

  *[Symbol.iterator](): Iterator<ProductRecord> {
    for (const row of this.rows) {
      if (!this.matches(row)) continue;
      this.count += 1;
      yield row;
    }
  }
}

/** The rows behind the first `skip`; `toEnd` looks on when they are found, for the count. */
function pageOf(rows: Iterable<ProductRecord>, skip: number, length: number, toEnd: boolean): ProductRecord[] {
  const page: ProductRecord[] = [];
  let passed = 0;
  if (length === 0 && !toEnd) return page;
  for (const row of rows) {
    if (passed++ >= skip && page.length < length) page.push(row);
    if (page.length >= length && !toEnd) break;
  }
  return page;
}

const VALUES: Readonly<Record<string, (product: ProductRecord) => string | number>> = {
  Id: (product) => product.id,
  Name: (product) => product.name,
  ContentType: () => 'application/octet-stream',
  ContentLength: (product) => product.contentLength,
  OriginDate: (product) => product.originDate,
  PublicationDate: (product) => product.publicationDate,
  EvictionDate: (product) => evictionDate(product.publicationDate),
  'ContentDate/Start': (product) => product.contentStart,
  'ContentDate/End': (product) => product.contentEnd,
};
