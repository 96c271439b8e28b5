/** Level-0 products of a campaign with the times and the files that their baselines give them. */
import { stemOf } from '../../sentinel/adf-name';
import { isOfType, type AdfType } from '../../sentinel/adf-types';
import { sensingTimes } from '../../sentinel/level0-name';
import { SECOND } from '../../sentinel/time';
import type { Span } from './candidates';

/** A Level-0 product as a baseline tells of it. */
export interface AnsweredProduct {
  readonly name: string;
  /** Whether the service's table holds it. */
  readonly known: boolean;
  /** Names of its files. */
  readonly files: readonly string[];
  /** Those that its baseline lists more than once. */
  readonly twice?: readonly string[];
  /** Those that only some of the answers for it have. */
  readonly differing?: readonly string[];
}

/** When a product was sensed, as the service counts it. Epoch milliseconds. */
export interface Sensed {
  readonly name: string;
  readonly t0: number;
  readonly t1: number;
  /**
   * Of a Sentinel-2 product that the service knows: T0 = T1 is the start of its data take, which the name does not say (rdb.md#level-0-names);
   * it lies in this span.
   */
  readonly within?: Span;
}

/** Of the 51 407 of 2020 the data take began 2037 seconds before the time in the name to 6 seconds after it. */
const DATA_TAKE_BEFORE = 2400 * SECOND;
const DATA_TAKE_AFTER = 10 * SECOND;

/** Undefined for a name that cannot be read. */
export function sensedOf({ name, known }: Pick<AnsweredProduct, 'name' | 'known'>): Sensed | undefined {
  const times = sensingTimes(name.trim());
  if ('error' in times) return undefined;
  const { t0, t1 } = times;
  if (!name.trim().startsWith('S2') || !known) return { name, t0, t1 };
  return { name, t0, t1, within: { from: t0 - DATA_TAKE_BEFORE, to: t0 + DATA_TAKE_AFTER } };
}

/** First and last time that may count; undefined without products. */
export function spanOf(products: readonly Sensed[]): Span | undefined {
  if (products.length === 0) return undefined;
  let [from, to] = [Infinity, -Infinity];
  for (const { t0, t1, within } of products) {
    from = Math.min(from, within?.from ?? t0);
    to = Math.max(to, within?.to ?? t1);
  }
  return { from, to };
}

/** The files of one type in one baseline; the same object for the same files. */
export interface Answer {
  readonly names: readonly string[];
}

/** What the baselines answer, type by type. */
export interface Answers {
  /** By product, in their order. */
  of(type: AdfType): readonly Answer[];
  /** Names of files of no type that is wanted. */
  readonly strange: ReadonlySet<string>;
}

const NONE: Answer = { names: [] };

/**
 * The name by which reprocessing.svc lists a file: rdb.svc may leave its extensions out, or have others (auxip.md#names-and-replacements). A file that is
 * not listed keeps its name.
 */
export function listedNames(candidates: readonly { readonly name: string }[]): (name: string) => string {
  const names = new Set(candidates.map(({ name }) => name));
  const byStem = new Map(candidates.map(({ name }) => [stemOf(name), name]));
  return (name) => (names.has(name) ? name : (byStem.get(stemOf(name)) ?? name));
}

/**
 * Sorts the files of all products by type, under the names by which they are listed. Equal answers are one object, so that each is judged once: there are
 * millions of files.
 * @param unknown LongNames of types without a rule, of which no file is strange
 */
export function answersOf(
  products: readonly Pick<AnsweredProduct, 'files'>[],
  types: readonly AdfType[],
  listed: (name: string) => string,
  unknown: readonly string[] = [],
): Answers {
  const typeOf = typesByName(types);
  const strange = new Set<string>();
  const byType = new Map(types.map((type) => [type, Array<Answer>(products.length).fill(NONE)]));
  const known = new Map<string, Answer>();
  products.forEach(({ files }, product) => {
    const found = new Map<AdfType, string[]>();
    for (const answered of files) {
      const name = listed(answered);
      const type = typeOf(name);
      if (type) found.set(type, [...(found.get(type) ?? []), name]);
      else if (!unknown.some((longName) => isOfType(name, { longName }))) strange.add(name);
    }
    for (const [type, names] of found) {
      const key = names.sort().join('\n');
      const answer = known.get(key) ?? { names };
      known.set(key, answer);
      const list = byType.get(type);
      if (list) list[product] = answer;
    }
  });
  return { of: (type) => byType.get(type) ?? [], strange };
}

/** The wanted type of a file, looked up once per name. */
function typesByName(types: readonly AdfType[]): (name: string) => AdfType | undefined {
  const known = new Map<string, AdfType | undefined>();
  return (name) => {
    if (!known.has(name))
      known.set(
        name,
        types.find((type) => isOfType(name, type)),
      );
    return known.get(name);
  };
}
