/**
 * Moments anywhere in the life of a mission at which a rule can be told from the others. Types of few files decide years away from the
 * sample's products: there a service that goes by another rule, or does not see a file, chooses otherwise.
 */
import type { SensingTimes } from '../../../sentinel/level0-name';
import type { Deltas } from '../../../sentinel/select-adfs';
import { applyRule, SELECTION_RULE_NAMES, type SelectionRuleName } from '../../../sentinel/selection-rules';
import { shuffled } from '../draw';
import { acrossFirstStart, allMoments, type Moments } from './edge-moments';
import type { Candidate } from './facts';

/** Moments of one type. */
const MAX_MOMENTS = 4;

/** Moments that are looked at, of all that there are. */
const MAX_TRIED = 60;

/** Names of products say no other times. */
const FROM = Date.UTC(2000, 0, 1);
const TO = Date.UTC(2095, 0, 1);

/** Which moments are looked at follows from the seed and the purpose; of those, the fewest that tell the most, and one that deltas do not explain. */
export function decisiveMoments(
  rule: SelectionRuleName,
  files: readonly Candidate[],
  times: SensingTimes,
  deltas: Deltas,
  draw: { readonly seed: string; readonly purpose: string },
): readonly Moments[] {
  const possible = allMoments(files, times, deltas).filter(canBeNamed);
  const tried = shuffled(possible, draw.seed, draw.purpose).slice(0, MAX_TRIED);
  const told = tried.map((moments) => ({ moments, tells: toldBy(moments, rule, files, deltas) }));
  const picked: Moments[] = [];
  const known = new Set<string>();
  while (picked.length < MAX_MOMENTS) {
    const news = told.map(({ tells }) => tells.filter((item) => !known.has(item)));
    const most = Math.max(0, ...news.map(({ length }) => length));
    const best = told[news.findIndex(({ length }) => length === most)];
    if (!best || most === 0) break;
    picked.push(best.moments);
    for (const item of best.tells) known.add(item);
  }
  return [...picked, ...acrossFirstStart(files).filter(canBeNamed)];
}

/** Monday to Wednesday: by every calendar that counts weeks, the last day of the year is then in the first week of the next. */
const OF_NEXT_YEAR = [1, 2, 3];

/** A last day of a year for which other files are chosen than a year later: a service that reads the year of the week confuses the two. */
export function yearEnd(
  rule: SelectionRuleName,
  files: readonly Candidate[],
  { t0, t1 }: SensingTimes,
  deltas: Deltas,
): readonly Moments[] {
  const chosenAt = (begin: number): string => chosenBy(rule, [begin, begin + t1 - t0], files, deltas).join();
  return files
    .map(({ start }) => new Date(start).getUTCFullYear())
    .filter((year) => OF_NEXT_YEAR.includes(new Date(Date.UTC(year - 1, 11, 31)).getUTCDay()))
    .filter((year) => chosenAt(Date.UTC(year - 1, 11, 31)) !== chosenAt(Date.UTC(year, 11, 31)))
    .slice(0, 1)
    .map((year): Moments => [Date.UTC(year - 1, 11, 31), Date.UTC(year - 1, 11, 31) + t1 - t0])
    .filter(canBeNamed);
}

const canBeNamed = ([begin, end]: Moments): boolean => begin >= FROM && end < TO;

/** Rules that choose otherwise at these moments, and the files that are chosen. */
function toldBy(
  moments: Moments,
  rule: SelectionRuleName,
  files: readonly Candidate[],
  deltas: Deltas,
): readonly string[] {
  const chosen = chosenBy(rule, moments, files, deltas);
  const isOther = (name: SelectionRuleName): boolean =>
    name !== rule && chosenBy(name, moments, files, deltas).join() !== chosen.join();
  return [...SELECTION_RULE_NAMES.filter(isOther), ...chosen];
}

export function chosenBy(
  rule: SelectionRuleName,
  [t0, t1]: Moments,
  files: readonly Candidate[],
  deltas: Deltas,
): readonly string[] {
  return applyRule(rule, files, { t0, t1, ...deltas }).map(({ name }) => name);
}
