/** Moments at which the newest file of a type decides: what an index that is behind does not know. */
import type { SensingTimes } from '../../../sentinel/level0-name';
import type { Deltas } from '../../../sentinel/select-adfs';
import type { SelectionRuleName } from '../../../sentinel/selection-rules';
import { DAY, SECOND } from '../../../sentinel/time';
import { chosenBy } from './decisive-moments';
import type { Moments } from './edge-moments';
import type { Candidate } from './facts';
import { settled } from './steps';

/** The settled file created last, or none. */
export function newestOf(files: readonly Candidate[]): readonly Candidate[] {
  const order = ({ creation, start }: Candidate): number => creation + start / 1e6;
  return files
    .filter(({ creation }) => creation <= settled())
    .toSorted((a, b) => order(b) - order(a))
    .slice(0, 1);
}

/**
 * Moments for which the newest file is chosen, whether or not younger ones are known: just after it begins to hold, in the middle, and so
 * long after that no deltas explain that an older one is chosen.
 */
export function newestMoments(
  rule: SelectionRuleName,
  files: readonly Candidate[],
  { t0, t1 }: SensingTimes,
  deltas: Deltas,
): readonly Moments[] {
  const old = files.filter(({ creation }) => creation <= settled());
  return newestOf(files).flatMap(({ name, start, stop }) => {
    const begin = start + deltas.delta0 * SECOND;
    const middle = Math.floor((stop - begin - (t1 - t0)) / 2 / SECOND) * SECOND;
    return [SECOND, Math.min(middle, LATER), LATER]
      .map((after): Moments => [begin + after, begin + after + t1 - t0])
      .filter(([at]) => Math.abs(at - t0) < NEWEST_REACH)
      .filter((moments) => [files, old].every((known) => chosenBy(rule, moments, known, deltas).includes(name)));
  });
}

const LATER = 2 * DAY;

/** So far around the product its files are asked for. */
export const NEWEST_REACH = 4 * DAY;
