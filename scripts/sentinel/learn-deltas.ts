/**
 * Which deltas a service is configured with, read from its answers. They are published nowhere but in the processors' task tables
 * (published-deltas.ts); what a service has loaded, its choices tell: each excludes the deltas with which its rule would choose otherwise.
 */
import { acceptableChoices, misfitOf } from './acceptable-choices';
import { groupByBand } from './bands';
import { contains, hullOf, intersection, union, zone, type Range, type Zones } from './delta-zones';
import { explanationsOf } from './rule-zones';
import { NO_DELTAS, type Deltas } from './select-adfs';
import type { SelectionRuleName, Validity } from './selection-rules';
import { DAY, SECOND } from './time';

/** What was answered for one ADF type and one Level-0 product. */
export interface Observation {
  /**
   * All files of the type for the satellite that can be chosen with any deltas up to `MAX_DELTA`: for rules that go by the interval those
   * whose validity comes within `MAX_DELTA` of it.
   */
  readonly candidates: readonly (Validity & { readonly name: string })[];
  /** Sensing time of the product, epoch milliseconds. */
  readonly t0: number;
  readonly t1: number;
  /** Names of the files that the service chose, in any order. */
  readonly chosen: readonly string[];
}

/** Seconds. Deltas are looked for from −MAX_DELTA to MAX_DELTA. */
export const MAX_DELTA = (10 * DAY) / SECOND;

/** What is known of the deltas of one ADF type for one mission. Plain data, so that it can be kept between answers. */
export interface DeltaKnowledge {
  /** Pairs that explain all answers so far; none where no pair does. */
  readonly zones: Zones;
  readonly answers: number;
  /** Of those, how many had a file: where none had, large deltas explain everything. */
  readonly withFiles: number;
  /** Answers that zero, and that the published deltas do not explain. */
  readonly notZero: number;
  readonly notPublished: number;
}

const UP_TO_MAX: Range = [-MAX_DELTA * SECOND, MAX_DELTA * SECOND];

/** Bounded in all three ways: JSON has no infinity. */
export const NOTHING_KNOWN: DeltaKnowledge = {
  zones: [zone(UP_TO_MAX, UP_TO_MAX, [2 * UP_TO_MAX[0], 2 * UP_TO_MAX[1]])],
  answers: 0,
  withFiles: 0,
  notZero: 0,
  notPublished: 0,
};

/** The knowledge with one more answer. Where files tie, any of them is right; `published` are those of published-deltas.ts. */
export function learnFrom(
  knowledge: DeltaKnowledge,
  rule: SelectionRuleName,
  observation: Observation,
  published: Deltas,
): DeltaKnowledge {
  return {
    zones: explaining(knowledge.zones, rule, observation),
    answers: knowledge.answers + 1,
    withFiles: knowledge.withFiles + (observation.chosen.length > 0 ? 1 : 0),
    notZero: knowledge.notZero + (isExplained(rule, observation, NO_DELTAS) ? 0 : 1),
    notPublished: knowledge.notPublished + (isExplained(rule, observation, published) ? 0 : 1),
  };
}

/** Whether the rule with these deltas chooses what was chosen. */
export function isExplained(rule: SelectionRuleName, observation: Observation, deltas: Deltas): boolean {
  const { candidates, t0, t1, chosen } = observation;
  return misfitOf(acceptableChoices(rule, candidates, { t0, t1, ...deltas }), chosen) === undefined;
}

/** What the answers of one type come to. Bounds are seconds and belong to the interval. */
export interface Learned {
  /** `zero` where zero explains all answers, else `published`, else `learned`; `contradictory` where no deltas do. */
  readonly kind: 'zero' | 'published' | 'learned' | 'contradictory';
  /** Deltas to compute with: zero, the published ones, some of the learned, or those that explain the most answers. */
  readonly deltas: Deltas;
  /** The smallest intervals that hold all deltas that explain the answers; undefined where there are none. */
  readonly delta0?: Range;
  readonly delta1?: Range;
  /** Of delta1 − delta0: rule 7 goes by nothing else. */
  readonly difference?: Range;
}

export function conclusionOf(knowledge: DeltaKnowledge, published: Deltas): Learned {
  const { zones, notZero, notPublished } = knowledge;
  const hull = hullOf(zones);
  const bounds = hull && { delta0: inSeconds(hull[0]), delta1: inSeconds(hull[1]), difference: inSeconds(hull[2]) };
  if (notZero === 0) return { kind: 'zero', deltas: NO_DELTAS, ...bounds };
  if (notPublished === 0) return { kind: 'published', deltas: published, ...bounds };
  const deltas = pairIn(zones);
  if (deltas) return { kind: 'learned', deltas, ...bounds };
  return { kind: 'contradictory', deltas: notPublished < notZero ? published : NO_DELTAS };
}

/** All answers of a type at once. */
export function learnDeltas(
  rule: SelectionRuleName,
  observations: readonly Observation[],
  published: Deltas = NO_DELTAS,
): Learned {
  return conclusionOf(
    observations.reduce((knowledge, observation) => learnFrom(knowledge, rule, observation, published), NOTHING_KNOWN),
    published,
  );
}

/** Whether a pair of deltas is among those that explain all answers. */
export function isPossible({ zones }: Pick<DeltaKnowledge, 'zones'>, { delta0, delta1 }: Deltas): boolean {
  return contains(zones, delta0 * SECOND, delta1 * SECOND);
}

/** The pairs of the zones that explain one more answer. */
export function explaining(zones: Zones, rule: SelectionRuleName, { candidates, t0, t1, chosen }: Observation): Zones {
  const unexplained = new Set(chosen);
  let remaining = zones;
  for (const files of groupByBand(candidates)) {
    const names = chosen.filter((name) => files.some((file) => file.name === name));
    for (const name of names) unexplained.delete(name);
    const ways = choicesOf(files, names).flatMap((picked) => explanationsOf(rule, { files, chosen: picked, t0, t1 }));
    remaining = union(ways.map((conditions) => conditions.reduce(intersection, remaining)));
  }
  return unexplained.size > 0 ? [] : remaining;
}

/**
 * Which records the chosen names can mean: a name may have two records of different validity (rdb.md#files-and-links), and then either was chosen,
 * or both when the name was answered twice.
 */
function choicesOf<File extends { readonly name: string }>(
  files: readonly File[],
  names: readonly string[],
): readonly (readonly File[])[] {
  return [...new Set(names)].reduce<readonly (readonly File[])[]>(
    (choices, name) => {
      const records = files.filter((file) => file.name === name);
      const times = names.filter((another) => another === name).length;
      return choices.flatMap((choice) => subsets(records, times).map((picked) => [...choice, ...picked]));
    },
    [[]],
  );
}

/** Those of a size, which is 1 of 1 nearly always. */
function subsets<File>(files: readonly File[], size: number): readonly (readonly File[])[] {
  const [first, ...more] = files;
  if (size === 0 || first === undefined) return size === 0 ? [[]] : [];
  return [...subsets(more, size - 1).map((subset) => [first, ...subset]), ...subsets(more, size)];
}

/** A pair in the middle of a zone, in whole seconds or half ones where those are in it. */
export function pairIn([zone]: Zones): Deltas | undefined {
  if (!zone) return undefined;
  const delta0 = middleOf(zone[0]);
  const [min, max] = [Math.max(zone[1][0], delta0 + zone[2][0]), Math.min(zone[1][1], delta0 + zone[2][1])];
  return { delta0: delta0 / SECOND, delta1: middleOf([min, max]) / SECOND };
}

function middleOf([min, max]: Range): number {
  if (min <= 0 && 0 <= max) return 0;
  const middle = Math.floor((min + max) / 2);
  const round = [SECOND, SECOND / 2].map((step) => Math.round(middle / step) * step);
  return round.find((value) => min <= value && value <= max) ?? middle;
}

const inSeconds = ([min, max]: Range): Range => [min / SECOND, max / SECOND];
