import { Failure } from '../../errors/errors';
import { plural } from '../../lib/format';
import { parseAdfName } from '../../sentinel/adf-name';
import { LEVEL0_EXAMPLES, missionsOfLevel0, parseLevel0Name, readLevel0Name } from '../../sentinel/level0-name';

/** A name of the command line or of a file, there with the number of its line, from 1. */
export interface ListedName {
  readonly name: string;
  readonly line?: number;
}

type Refusal = Extract<Failure['detail'], { code: 'L0_NAME_PADDED' | 'L0_NAME_MALFORMED' | 'L0_NAME_MISMATCH' }>;

/**
 * The names, each once. Whatever lets the service read platform, unit and times is taken: forms that nobody foresaw too. What would make
 * it answer with an empty list, or fail the whole request (rdb.md#status-codes, rdb.md#empty-lists), is not.
 * @throws Failure L0_NAME_PADDED, L0_NAME_MALFORMED, L0_NAME_MISMATCH for one such name; L0_NAMES_REFUSED for several
 */
export function checkedLevel0Names(listed: readonly ListedName[], mission: string, unit: string): string[] {
  const refused = listed.flatMap((item) => refusalOf(item, mission, unit) ?? []);
  const [first] = refused;
  if (first && refused.length === 1) throw new Failure(first);
  if (first) {
    const names = refused.map((refusal) => ({ ...lineOf(refusal), name: refusal.name, why: reasonOf(refusal) }));
    throw new Failure({ code: 'L0_NAMES_REFUSED', example: exampleFor(mission), names });
  }
  return [...new Set(listed.map(({ name }) => name))];
}

/** What to tell of names of a form that is not known; undefined where there are none. */
export function noteOnLevel0Names(names: readonly string[]): string | undefined {
  const unusual = names.filter((name) => !parseLevel0Name(name));
  if (unusual.length === 0) return undefined;
  const which = `${plural(unusual.length, 'Level-0 name')} of an unknown form, such as ${unusual[0] ?? ''}`;
  return `${which}: the service goes by platform, unit and the times in it`;
}

function refusalOf({ name, line }: ListedName, mission: string, unit: string): Refusal | undefined {
  const place = line === undefined ? {} : { line };
  if (name !== name.trim()) return { code: 'L0_NAME_PADDED', name };
  const read = parseAdfName(name) ? undefined : readLevel0Name(name);
  if (!read) return { code: 'L0_NAME_MALFORMED', name, example: exampleFor(mission), ...place };
  // An instrument that nobody knows may serve any mission of its platform.
  const known = missionsOfLevel0(read);
  const fits = known.length > 0 ? known.includes(mission) : read.platform === mission.slice(0, 2);
  if (fits && read.unit === unit) return undefined;
  const of = known.length > 0 ? `mission ${known.join(' or ')}` : `platform ${read.platform}`;
  const asked = `mission ${mission}, unit ${unit}`;
  return { code: 'L0_NAME_MISMATCH', name, asked, found: `${of}, unit ${read.unit}`, ...place };
}

const lineOf = (refusal: Refusal): { line?: number } =>
  'line' in refusal && refusal.line !== undefined ? { line: refusal.line } : {};

function reasonOf(refusal: Refusal): string {
  if (refusal.code === 'L0_NAME_MISMATCH') return `is of ${refusal.found}`;
  return refusal.code === 'L0_NAME_PADDED' ? 'has spaces around it' : 'is not the name of a Level-0 product';
}

function exampleFor(mission: string): string {
  return LEVEL0_EXAMPLES[mission.slice(0, 2) as keyof typeof LEVEL0_EXAMPLES];
}
