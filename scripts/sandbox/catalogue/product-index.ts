/** The entries of auxip.svc, by id and by name. Entries are made when they are first looked at. */
import type { ProductList, ProductRecord } from './catalogue';
import { productOf, type CatalogueFile, type Sizes } from './product-facts';

export class ProductIndex {
  readonly #files: readonly CatalogueFile[];
  readonly #sizes: Sizes;
  readonly #given: ReadonlyMap<string, ProductRecord>;
  readonly #made: (ProductRecord | undefined)[] = [];
  readonly #byId: ReadonlyMap<string, number>;
  readonly #text: NamesText;

  /**
   * Files in bytewise order of names; entries that are known as a whole, by id, replace what would be made up.
   */
  constructor(files: readonly CatalogueFile[], sizes: Sizes, given: ReadonlyMap<string, ProductRecord>) {
    this.#files = files;
    this.#sizes = sizes;
    this.#given = given;
    this.#byId = new Map(files.map(({ id }, index) => [id, index]));
    this.#text = new NamesText(files.map(({ name }) => name));
  }

  get count(): number {
    return this.#files.length;
  }

  find(id: string): ProductRecord | undefined {
    const index = this.#byId.get(id);
    return index === undefined ? undefined : this.#at(index);
  }

  *all(): Iterable<ProductRecord> {
    for (let index = 0; index < this.#files.length; index++) yield this.#at(index);
  }

  withPrefix(prefix: string): ProductList {
    const begin = this.#firstNotBefore(prefix);
    let end = begin;
    let step = this.#files.length;
    while (step >= 1) {
      while (this.#files[end + step - 1]?.name.startsWith(prefix)) end += step;
      step = Math.floor(step / 2);
    }
    return this.#list(end - begin, (offset) => begin + offset);
  }

  withText(text: string): ProductList {
    const lines = this.#text.linesWith(text);
    return this.#list(lines.length, (offset) => lines[offset] ?? 0);
  }

  #at(index: number): ProductRecord {
    const made = this.#made[index];
    if (made) return made;
    const file = this.#files[index];
    if (!file) throw new RangeError(`no product at ${index}`);
    const product = this.#given.get(file.id) ?? productOf(file, this.#sizes);
    this.#made[index] = product;
    return product;
  }

  #list(length: number, indexOf: (offset: number) => number): ProductList {
    const at = (offset: number) => this.#at(indexOf(offset));
    return {
      length,
      slice: (begin, end) => {
        const [first, last] = [Math.min(begin, length), Math.min(end, length)];
        return Array.from({ length: Math.max(last - first, 0) }, (_, index) => at(first + index));
      },
      *[Symbol.iterator]() {
        for (let offset = 0; offset < length; offset++) yield at(offset);
      },
    };
  }

  #firstNotBefore(name: string): number {
    let begin = 0;
    let end = this.#files.length;
    while (begin < end) {
      const middle = (begin + end) >>> 1;
      if ((this.#files[middle]?.name ?? '') < name) begin = middle + 1;
      else end = middle;
    }
    return begin;
  }
}

/** All names as one text, a line each: one search over it is far cheaper than one per name. */
class NamesText {
  readonly #text: string;
  readonly #begins: readonly number[];

  constructor(names: readonly string[]) {
    this.#text = names.join('\n');
    let begin = 0;
    this.#begins = names.map((name) => {
      const own = begin;
      begin += name.length + 1;
      return own;
    });
  }

  /** Indexes of the names that contain a text, in order. */
  linesWith(text: string): readonly number[] {
    if (text === '') return this.#begins.map((_, index) => index);
    if (text.includes('\n')) return [];
    const lines: number[] = [];
    let line = 0;
    let found = this.#text.indexOf(text);
    while (found >= 0) {
      line = this.#lineAt(found, line);
      lines.push(line);
      const next = this.#begins[line + 1];
      found = next === undefined ? -1 : this.#text.indexOf(text, next);
    }
    return lines;
  }

  /** The line of an offset, at or after a line: near hits are found in few steps, far ones by halving. */
  #lineAt(offset: number, from: number): number {
    let begin = from;
    let step = 1;
    while ((this.#begins[begin + step] ?? Infinity) <= offset) {
      begin += step;
      step *= 2;
    }
    let end = Math.min(begin + step, this.#begins.length);
    while (end - begin > 1) {
      const middle = (begin + end) >>> 1;
      if ((this.#begins[middle] ?? Infinity) <= offset) begin = middle;
      else end = middle;
    }
    return begin;
  }
}
