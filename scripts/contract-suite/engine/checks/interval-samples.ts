/**
 * Intervals of every mission: what a long one has, its parts must have, whichever they are; one request after the other. Files are left
 * out by a product type that does not exist, so that answers are short.
 */
import { parseLevel0Name } from '../../../sentinel/level0-name';
import { DAY, SECOND } from '../../../sentinel/time';
import type { Answer } from '../answer';
import { entriesOf } from '../baseline-sample';
import { finding, setDifference, type Finding } from '../finding';
import type { Scope } from '../scope';
import { callOf, linesOf, titleOf, type Sample } from '../selection/samples';
import { stamp } from '../selection/steps';

interface Interval {
  /** Epoch milliseconds, both inclusive. */
  readonly start: number;
  readonly stop: number;
}

/** Where the walk stands: which sample, and the products of the whole interval. */
interface Place {
  readonly sample: number;
  readonly names: readonly string[];
  /** Parts that are still to be asked for. */
  readonly parts: readonly Interval[];
}

const PLACE = 'interval_place';
const CALL = 'interval_call';

export function beginIntervals(scope: Scope): void {
  goTo({ sample: 0, names: [], parts: [] }, scope);
}

/** The whole interval, or a part of it: exactly the products that lie inside. Goes on with the next part, or sample. */
export function intervalSamples(answer: Answer, scope: Scope): Finding[] {
  const place = (scope.recall(PLACE) as Place | undefined) ?? { sample: 0, names: [], parts: [] };
  const sample = linesOf('interval_samples', scope)[place.sample];
  if (!sample) return [{ promise: 'Every interval has been looked at' }];
  const came = entriesOf(answer).map(({ Level0 }) => Level0);
  const [part, ...parts] = place.parts;
  if (!part) {
    goOn({ ...place, names: came, parts: partsOf(wholeOf(sample), came) }, scope);
    return wholeFindings(sample, came, scope);
  }
  goOn({ ...place, parts }, scope);
  const asked = `${stamp(part.start)}/${stamp(part.stop)}`;
  return [
    finding(`${titleOf(sample)}: ${asked} has its products`, () => {
      const sure = (name: string): boolean => lies(name, part) !== 'unsure' && lies(name, wholeOf(sample)) === 'inside';
      const due = place.names.filter((name) => sure(name) && lies(name, part) === 'inside');
      return setDifference(due, came.filter(sure), 'products');
    }),
    finding(`${titleOf(sample)}: ${asked} has no others`, () => {
      const stranger = came.find((name) => lies(name, part) === 'outside');
      return stranger && `${stranger} lies outside`;
    }),
  ];
}

/** Products that the environment names must be there: what is lost in all intervals alike shows nowhere else. */
function wholeFindings(sample: Sample, came: readonly string[], scope: Scope): Finding[] {
  const prefix = `${sample.mission.slice(0, 2)}${sample.unit}`;
  const kinds = new Set(came.map((name) => parseLevel0Name(name)?.kind));
  const known = scope
    .value('interval_known')
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name.startsWith(prefix) && kinds.has(parseLevel0Name(name)?.kind))
    .filter((name) => lies(name, wholeOf(sample)) === 'inside');
  return [
    finding(`${titleOf(sample)}: it has products`, () => (came.length > 0 ? undefined : 'none')),
    finding(`${titleOf(sample)}: products that are known lie in it`, () =>
      setDifference(
        known,
        known.filter((name) => came.includes(name)),
        'products',
      ),
    ),
    finding(`${titleOf(sample)}: each product once, of the satellite, and inside`, () => {
      const wrong = came.find((name) => !name.startsWith(prefix) || lies(name, wholeOf(sample)) === 'outside');
      return wrong ?? setDifference([...new Set(came)], came, 'products');
    }),
  ];
}

const wholeOf = ({ what }: Sample): Interval => {
  const [start = '', stop = ''] = what.split('/');
  return { start: Date.parse(start), stop: Date.parse(stop) };
};

/** The name of a Sentinel-2 product tells its data take to some minutes only (rdb.md#level-0-names). */
const VAGUE = 600 * SECOND;

function lies(name: string, { start, stop }: Interval): 'inside' | 'outside' | 'unsure' {
  const level0 = parseLevel0Name(name);
  if (!level0) return 'unsure';
  const vague = level0.platform === 'S2' ? VAGUE : 0;
  if (level0.t0 >= start + vague && level0.t1 <= stop - vague) return 'inside';
  return level0.t0 < start - vague || level0.t1 > stop + vague ? 'outside' : 'unsure';
}

/** Around the product in the middle: exactly it, a second less at either end; to the first and last; over a day more; halves. */
function partsOf({ start, stop }: Interval, names: readonly string[]): readonly Interval[] {
  const products = names.flatMap((name) => parseLevel0Name(name) ?? []).sort((a, b) => a.t0 - b.t0);
  const [first, middle, last] = [products[0], products[Math.floor(products.length / 2)], products.at(-1)];
  if (!first || !middle || !last) return [];
  return [
    { start: middle.t0, stop: middle.t1 },
    { start: first.t0, stop: last.t1 },
    { start: middle.t0 + SECOND, stop },
    { start, stop: middle.t1 - SECOND },
    { start: start - DAY, stop: middle.t1 },
    { start: first.t1 + SECOND, stop: stop + DAY },
  ];
}

function goOn(place: Place, scope: Scope): void {
  goTo(place.parts.length > 0 ? place : { sample: place.sample + 1, names: [], parts: [] }, scope);
  if (scope.value(CALL) !== '') scope.repeat();
}

function goTo(place: Place, scope: Scope): void {
  const sample = linesOf('interval_samples', scope)[place.sample];
  const [part] = place.parts;
  const what = part ? `${stamp(part.start)}/${stamp(part.stop)}` : (sample?.what ?? '');
  scope.remember(PLACE, sample ? place : '');
  scope.remember(CALL, sample ? callOf({ ...sample, what }) : '');
}
