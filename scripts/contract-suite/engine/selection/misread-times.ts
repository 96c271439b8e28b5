/**
 * A mission whose times the service reads otherwise: each type alone looks as if it had other deltas, all together they do not. And a
 * type for which the time does not count: what it has looks like that of a sensing days away.
 */
import { conclusionOf, isPossible } from '../../../sentinel/learn-deltas';
import { publishedDeltas } from '../../../sentinel/published-deltas';
import type { Knowledge } from './knowledge';

/** Seconds. No deltas narrow a sensing of minutes by more: then its time does not count. */
const A_DAY = 86_400;

/** Seconds that times are wrong by: GPS and TAI less UTC, the time zones, a day. */
const OFF = [18, 37, A_DAY, ...Array.from({ length: 14 }, (_, hours) => 3600 * (hours + 1))];

/** So many types are not configured to the same shift: deltas are there to widen the sensing, and a shift narrows it on one side. */
const ENOUGH = 3;

/** Nor so many to be widened by the same hours on one side only. */
const MANY = 5;

/** How often the first and the last time of a sensing are moved, in words. */
type Way = readonly [first: number, last: number, which: string];
const BOTH: Way = [1, 1, ''];
const ONE: readonly Way[] = [
  [1, 0, ' that begins'],
  [0, 1, ' that ends'],
];

/** In words; undefined where every mission has a type that tells its times are read as they are named. */
export function misreadTimes({ types }: Knowledge): string | undefined {
  const all = Object.entries(types).map(([key, { known }]) => {
    const [mission = '', longName = ''] = key.split(' ');
    const { kind, delta0, delta1 } = conclusionOf(known, publishedDeltas(mission, longName));
    const isLearned = kind === 'learned' && known.withFiles > 0;
    const narrowed = isLearned ? -Math.min(...[delta0, delta1].map((range) => range?.[1] ?? 0)) : 0;
    return { key, mission, known, isLearned, narrowed, isShifted: narrowed > 0 };
  });
  const far = all.find(({ narrowed }) => narrowed > A_DAY);
  if (far) return `${far.key}: its files are those of a sensing more than ${Math.floor(far.narrowed / 3600)} h away`;
  for (const mission of new Set(all.map((type) => type.mission))) {
    const own = all.filter((type) => type.mission === mission);
    const isShifted = own.filter((type) => type.isShifted).length >= ENOUGH;
    const isWidened = own.filter(({ isLearned }) => isLearned).length >= MANY;
    for (const [first, last, which] of [...(isShifted ? [BOTH] : []), ...(isWidened ? ONE : [])]) {
      const later = OFF.flatMap((seconds) => [seconds, -seconds]).find((seconds) =>
        own.every(({ known }) => isPossible(known, { delta0: -first * seconds, delta1: last * seconds })),
      );
      if (later !== undefined)
        return `${mission}: all ${own.length} types have the files of a sensing${which} ${Math.abs(later)} s ${later > 0 ? 'after' : 'before'} the one named`;
    }
  }
  return undefined;
}
