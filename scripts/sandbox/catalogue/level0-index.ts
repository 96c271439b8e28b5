/** The Level-0 products of rdb.svc, found by name and by interval (rdb.md#look-up-by-name, rdb.md#look-up-by-interval). */
import { parseLevel0Name, withoutExtension } from '../../sentinel/level0-name';
import type { Level0Record } from './catalogue';
import { groupBy } from '../../lib/group-by';
import { like } from './like';

/** Products whose names begin alike, e.g. `S3A_OL_0_EFR`, by start: a query looks only at its interval. */
interface Group {
  readonly byStart: readonly Level0Record[];
  /** Times swapped in the name are accepted by the service; these few are looked at one by one. */
  readonly swapped: readonly Level0Record[];
}

/** Long enough to tell instruments and modes apart, and the length of the longest prefix that the service asks for. */
const KEY_LENGTH = 12;

export class Level0Index {
  readonly #groups: ReadonlyMap<string, Group>;
  readonly #byName: ReadonlyMap<string, Level0Record>;

  constructor(byName: ReadonlyMap<string, Level0Record>) {
    this.#byName = byName;
    this.#groups = new Map(
      [...groupBy(byName.values(), ({ name }) => name.slice(0, KEY_LENGTH))].map(([key, group]) => [
        key,
        groupOf(group),
      ]),
    );
  }

  /** `name LIKE '%<name less its last extension>%'`: the name itself if it is there, else the first that matches. */
  find(name: string): Level0Record | undefined {
    const bare = name.replaceAll(String.raw`\"`, '');
    for (const extension of EXTENSIONS) {
      const found = this.#byName.get(bare + extension);
      if (found) return found;
    }
    const stem = withoutExtension(bare);
    const matches = like(`%${stem}%`);
    for (const record of this.#mayMatch(bare)) if (matches(record.name)) return record;
    return undefined;
  }

  /** Names that match a LIKE prefix, wholly inside [start, stop]; both ends inclusive. */
  within(prefix: string, start: number, stop: number): readonly Level0Record[] {
    const matches = like(`${prefix}%`);
    const inside = (record: Level0Record) => record.start >= start && record.stop <= stop && matches(record.name);
    return this.#groupsOf(prefix).flatMap(({ byStart, swapped }) => [
      ...byStart.slice(firstFrom(byStart, start), firstFrom(byStart, stop + 1)).filter(inside),
      ...swapped.filter(inside),
    ]);
  }

  #groupsOf(prefix: string): readonly Group[] {
    // Beyond a "%" or the length of the keys, keys cannot decide: then every group is looked at.
    const decidable = prefix.split('%')[0]?.slice(0, KEY_LENGTH) ?? '';
    const matches = like(`${decidable}%`);
    return [...this.#groups].filter(([key]) => matches(key)).map(([, group]) => group);
  }

  /** A whole, well-formed name can only match products that begin as it does, and for S1 and S3 start when it says. */
  *#mayMatch(name: string): Iterable<Level0Record> {
    const parsed = parseLevel0Name(name);
    if (!parsed) return yield* this.#byName.values();
    for (const { byStart, swapped } of this.#groupsOf(name.slice(0, KEY_LENGTH))) {
      const isNamedByStart = parsed.platform !== 'S2';
      yield* isNamedByStart ? byStart.slice(firstFrom(byStart, parsed.t0), firstFrom(byStart, parsed.t0 + 1)) : byStart;
      yield* swapped;
    }
  }
}

/** What callers leave out of the names as they stand in the database. */
const EXTENSIONS = ['', '.zip', '.SAFE.zip', '.SEN3.zip', '.tar'];

function groupOf(records: readonly Level0Record[]): Group {
  return {
    byStart: records.filter(({ start, stop }) => start <= stop).sort((a, b) => a.start - b.start),
    swapped: records.filter(({ start, stop }) => start > stop),
  };
}

/** Index of the first record that starts at or after a time. */
function firstFrom(byStart: readonly Level0Record[], time: number): number {
  let begin = 0;
  let end = byStart.length;
  while (begin < end) {
    const middle = (begin + end) >>> 1;
    const start = byStart[middle]?.start ?? Infinity;
    if (start < time) begin = middle + 1;
    else end = middle;
  }
  return begin;
}
