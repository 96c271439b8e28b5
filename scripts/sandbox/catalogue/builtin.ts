/** The catalogue that the sandbox has of its own: enough for every sample call of the tutorial and the manuals. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedTypes } from '../../sentinel/published-types';
import type { Catalogue, Level0Record } from './catalogue';
import { level0Granules } from './granules';
import { contentLines, parseAdfLine, parseLevel0Line, type AdfRow } from './lines';
import { parseProductLine } from './product-line';
import type { Sizes } from './product-facts';
import { expandSeries } from './series';
import { catalogueOf } from './tables';

export interface BuiltinOptions {
  /** `small`, the default: 2 KB to 2 MB each. `documented`: the real sizes as far as they are known, up to 16.8 GB. */
  readonly sizes?: Sizes;
}

const made = new Map<Sizes, Catalogue>();

/** Always the same: names, ids, sizes and dates do not change from one start to the next. Nothing changes it, so a process makes it once. */
export function builtinCatalogue({ sizes = 'small' }: BuiltinOptions = {}): Catalogue {
  const catalogue = made.get(sizes) ?? makeBuiltinCatalogue(sizes);
  made.set(sizes, catalogue);
  return catalogue;
}

export function makeBuiltinCatalogue(sizes: Sizes): Catalogue {
  const products = new Map(facts('products.jsonl', parseProductLine).map((entry) => [entry.id, entry]));
  return catalogueOf({ types: publishedTypes(), level0s: builtinLevel0s(), adfs: builtinAdfs(), products, sizes });
}

function builtinLevel0s(): ReadonlyMap<string, Level0Record> {
  const granules = level0Granules().map((name) => expected(name, parseLevel0Line));
  return byName([...facts('level0.txt', parseLevel0Line), ...granules]);
}

function builtinAdfs(): ReadonlyMap<string, AdfRow> {
  const series = facts('adf-series.txt', expandSeries).flat();
  return byName([...facts('adf-names.txt', parseAdfLine), ...series.map((name) => expected(name, parseAdfLine))]);
}

function byName<Row extends { readonly name: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.name, row]));
}

function facts<Fact>(file: string, parse: (line: string) => Fact | undefined): Fact[] {
  const text = readFileSync(join(__dirname, 'builtin', file), 'utf8');
  return Array.from(contentLines(text), (line) => expected(line, parse));
}

function expected<Fact>(line: string, parse: (line: string) => Fact | undefined): Fact {
  const fact = parse(line);
  if (fact === undefined) throw new SyntaxError(`built-in catalogue: ${line}`);
  return fact;
}
