/** Auxiliary files by type and satellite, as reprocessing.svc answers rdb.svc's two queries per type (rdb.md#candidates). */
import { searchText, type AdfType } from '../../sentinel/adf-types';
import type { AdfRecord } from './catalogue';
import { groupBy } from '../../lib/group-by';

export class AdfIndex {
  /** Names up to their first date, e.g. `S3A_OL_2_PPP_AX_`, which is where a type can stand; each in order of names. */
  readonly #byHead: ReadonlyMap<string, readonly AdfRecord[]>;
  readonly #satellites: ReadonlySet<string>;
  readonly #answers = new Map<string, readonly AdfRecord[]>();
  readonly all: readonly AdfRecord[];

  /** Records in bytewise order of names. */
  constructor(records: readonly AdfRecord[]) {
    this.all = records;
    this.#byHead = groupBy(records, ({ name }) => headOf(name));
    this.#satellites = new Set([...this.#byHead.keys()].map((head) => head.slice(0, 3)));
  }

  /** The same list for the same question, so that what is worked out about a list can be kept with it. */
  ofType(type: AdfType, platform: string, unit: string): readonly AdfRecord[] {
    // Of a satellite without files of its own nothing is kept: callers can name any.
    const satellite = this.#satellites.has(platform + unit) ? platform + unit : '';
    const question = `${platform}_ ${satellite} ${type.longName}`;
    const known = this.#answers.get(question);
    if (known) return known;
    const prefixes = satellite === '' ? [`${platform}_`] : [`${platform}_`, satellite];
    const files = prefixes.flatMap((prefix) => this.#filesWith(prefix, searchText(type.longName)));
    this.#answers.set(question, files);
    return files;
  }

  #filesWith(prefix: string, text: string): readonly AdfRecord[] {
    return [...this.#byHead].flatMap(([head, files]) => (head.startsWith(prefix) && head.includes(text) ? files : []));
  }
}

/** The type of a file: the first of its platform whose search text is in the name; orbits are named alike for all of them. */
export function typeOfName(name: string, types: readonly AdfType[]): AdfType | undefined {
  return types.find(
    ({ mission, longName }) => name.startsWith(mission.slice(0, 2)) && name.includes(searchText(longName)),
  );
}

/** A name up to its first date. */
export function headOf(name: string): string {
  const date = /[0-9]{8}T/.exec(name);
  return date ? name.slice(0, date.index) : name;
}
