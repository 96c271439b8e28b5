/**
 * Where the rules decide: made-up Level-0 names whose sensing begins or ends where files do, or half-way between two of them. The service
 * goes by the times in such a name (rdb.md#entries), so that rules can be tried at their edges whatever products there are.
 */
import { isOfType, type AdfType } from '../../../sentinel/adf-types';
import { MAX_DELTA } from '../../../sentinel/learn-deltas';
import { withSensingTimes, type SensingTimes } from '../../../sentinel/level0-name';
import { DAY, SECOND } from '../../../sentinel/time';
import { shuffled } from '../draw';
import type { Scope } from '../scope';
import { decisiveMoments, yearEnd } from './decisive-moments';
import { closestMoments, PLAIN, THOROUGH, widestMoments, type Moments } from './edge-moments';
import { NEWEST_REACH, newestMoments, newestOf } from './newest-files';
import { keptAnswers, neededTypes, type Candidate } from './facts';
import { opinions, type Opinion } from './judge';
import { samplesOf, type Sample } from './samples';
import { reachOf, stepsOfSample, type Reach, type Step } from './steps';
import { timesOfLevel0 } from './times';

/** A product whose times are moved; `sample` says for whom. */
export interface EdgeSample {
  readonly sample: Sample;
  readonly level0: string;
  readonly round: Round;
  /** LongNames; all of the round when left out. */
  readonly types?: readonly string[];
}

/**
 * All types are tried with the product a day around it (`near`); what then is unusual once more, with one that is twice as long; then
 * those of few files, which are all fetched, at any time (`far`). Of the others the newest files are looked for (`latest`), to which the
 * product is moved (`newest`): an index that is behind is behind there.
 */
interface Round {
  readonly kind: 'near' | 'unusual' | 'far' | 'latest' | 'newest';
  /** How far the times are moved, milliseconds. */
  readonly farthest: number;
}

export const NEAR_ROUND: Round = { kind: 'near', farthest: DAY };
export const UNUSUAL_ROUND: Round = { kind: 'unusual', farthest: MAX_DELTA * SECOND };
/** Beyond all validities that can decide. */
export const FAR_ROUND: Round = { kind: 'far', farthest: 60 * 365 * DAY };
const LATEST_ROUND: Round = { kind: 'latest', farthest: 0 };
export const NEWEST_ROUND: Round = { kind: 'newest', farthest: NEWEST_REACH };

/** Names of a product in one round. */
const MAX_NAMES = 96;

/** Of a series that files are closest in: so many at least, and all that are no further away than the times are moved, and a day more. */
const CLOSEST_FILES = 20;

/** A product of the first sample of each mission and product type; round after round. */
export function edgeSamplesOf(scope: Scope): readonly EdgeSample[] {
  const seen = new Set<string>();
  const answers = keptAnswers(scope);
  const samples = samplesOf(scope).flatMap(({ mission, unit, productType, what }, place) => {
    const key = `${mission} ${productType}`;
    const level0 = answers[place]?.[0]?.level0;
    if (level0 === undefined || seen.has(key)) return [];
    seen.add(key);
    return [{ sample: { mission, unit, productType, what }, level0 }];
  });
  const rounds = [NEAR_ROUND, UNUSUAL_ROUND, FAR_ROUND, LATEST_ROUND];
  const edges = rounds.flatMap((round) => samples.map((item) => ({ ...item, round })));
  return [...edges, ...((scope.recall(MOVED_TO) ?? []) as EdgeSample[])];
}

/** Their names are asked for in one call. */
const TYPES_AT_ONCE = 5;

/** Samples that are moved to newest files. */
const MOVED_TO = 'edge_newest';

export function forgetNewest(scope: Scope): void {
  scope.remember(MOVED_TO, '');
}

/** Newest files of the types of a product have come in: types whose newest begin within a day are tried together. */
export function keepNewest(
  { sample, level0, round }: EdgeSample,
  types: readonly AdfType[],
  files: readonly Candidate[],
  scope: Scope,
): void {
  const times = timesOfLevel0(level0, sample);
  if (round !== LATEST_ROUND || !times) return;
  const newest = types.flatMap((type) =>
    newestOf(files.filter(({ name }) => isOfType(name, type))).map(({ start }) => ({ start, type: type.longName })),
  );
  const groups: { readonly begin: number; readonly own: string[] }[] = [];
  for (const { start, type } of newest.toSorted((a, b) => a.start - b.start)) {
    const group = groups.find(({ begin, own }) => start - begin < DAY && own.length < TYPES_AT_ONCE);
    if (group) group.own.push(type);
    else groups.push({ begin: start, own: [type] });
  }
  const moved = groups.map(({ begin, own }): EdgeSample => ({
    sample,
    level0: withSensingTimes(level0, begin, begin + times.t1 - times.t0),
    round: NEWEST_ROUND,
    types: own,
  }));
  scope.remember(MOVED_TO, [...((scope.recall(MOVED_TO) ?? []) as EdgeSample[]), ...moved]);
}

/** Rules that look at the sensing time, of their own kind each. */
const MOVED: readonly Reach[] = ['around', 'near-start', 'near-stop'];

export function edgeTypesOf({ sample, round, types }: EdgeSample, scope: Scope): readonly AdfType[] {
  if (types) return neededTypes(sample, scope).filter(({ longName }) => types.includes(longName));
  const opinionOn = opinions(sample, scope);
  const tried = triedBefore({ sample, level0: '', round }, scope);
  const moved = neededTypes(sample, scope).filter(
    (type) => MOVED.includes(reachOf(type)) && !tried.includes(type.longName),
  );
  switch (round.kind) {
    case 'latest':
      return moved.filter(({ variability }) => variability === 'Dynamic');
    case 'unusual':
      return moved.filter((type) => opinionOn(type).unusual);
    case 'far':
      return moved.filter((type) => reachOf(type) === 'around' && type.variability === 'Static');
    default:
      return moved;
  }
}

/**
 * Types of the mission that another product type before this one needs too: one product is enough to try a rule with. Files are known, or
 * not, to all missions of a platform.
 */
function triedBefore({ sample: { mission, productType }, round }: EdgeSample, scope: Scope): readonly string[] {
  const isOwn = ({ sample }: EdgeSample): boolean =>
    round === LATEST_ROUND ? sample.mission.startsWith(mission.slice(0, 2)) : sample.mission === mission;
  const own = edgeSamplesOf(scope).filter((edge) => edge.round === round && isOwn(edge));
  const before = own.slice(
    0,
    own.findIndex(({ sample }) => sample.mission === mission && sample.productType === productType),
  );
  return before.flatMap(({ sample }) => neededTypes(sample, scope).map(({ longName }) => longName));
}

/** Requests for the candidates of types, as far as the times may be moved. */
export function edgeStepsOf({ sample, level0, round }: EdgeSample, types: readonly AdfType[]): readonly Step[] {
  const times = timesOfLevel0(level0, sample);
  if (!times) return [];
  const wide = { from: times.t0 - round.farthest, to: times.t1 + round.farthest };
  return stepsOfSample(sample, 0, wide, types, round === LATEST_ROUND ? () => 'newest' : reachOf);
}

/** Of long series the files that can be closest to a moved time; the middle of the interval lies where the deltas put it. */
export function worthKeeping(
  candidates: readonly Candidate[],
  types: readonly AdfType[],
  { sample, level0, round }: EdgeSample,
  opinionOn: (type: AdfType) => Opinion,
): readonly Candidate[] {
  const times = timesOfLevel0(level0, sample);
  if (!times) return [];
  return types.flatMap((type) => {
    const own = candidates.filter(({ name }) => isOfType(name, type));
    if (round === LATEST_ROUND) return newestOf(own);
    if (reachOf(type) === 'around') return own;
    const { delta0, delta1 } = opinionOn(type).deltas;
    const near = times.t0 + (type.rule === 'LatestValidityClosest' ? ((delta1 - delta0) / 2) * SECOND : 0);
    const distance = (file: Candidate): number =>
      Math.abs((reachOf(type) === 'near-stop' ? file.stop : file.start) - near);
    const closest = own.toSorted((a, b) => distance(a) - distance(b));
    return closest.filter((file, place) => place < CLOSEST_FILES || distance(file) <= round.farthest + DAY);
  });
}

/** The product's name with other times, for each type: names, distinct, none of them the product's own. */
export function edgeNames(
  { sample, level0, round }: EdgeSample,
  types: readonly AdfType[],
  candidates: readonly Candidate[],
  opinionOn: (type: AdfType) => Opinion,
  seed: string,
): readonly string[] {
  const times = timesOfLevel0(level0, sample);
  if (!times || round === LATEST_ROUND) return [];
  const namesAt = (momentsOf: (type: AdfType, own: readonly Candidate[]) => readonly Moments[]): readonly string[] => {
    const names = types.flatMap((type) => {
      const own = candidates.filter(({ name }) => isOfType(name, type));
      return momentsOf(type, own).map(([begin, end]) => withSensingTimes(level0, begin, end));
    });
    return [...new Set(names)].filter((name) => name !== level0);
  };
  const names = namesAt((type, own) => momentsFor(round, type, own, times, opinionOn(type), seed));
  if (round.kind !== 'far') return names.slice(0, MAX_NAMES);
  const yearEnds = namesAt((type, own) => yearEnd(type.rule, own, times, opinionOn(type).deltas));
  return [...yearEnds.slice(0, 1), ...shuffled(names, seed, level0).slice(0, MAX_NAMES)];
}

function momentsFor(
  { kind, farthest }: Round,
  { rule, longName }: AdfType,
  files: readonly Candidate[],
  times: SensingTimes,
  { deltas, unusual, isSilent }: Opinion,
  seed: string,
): readonly Moments[] {
  if (kind === 'far') return decisiveMoments(rule, files, times, deltas, { seed, purpose: longName });
  if (kind === 'newest') return newestMoments(rule, files, times, deltas);
  if (isSilent) return widestMoments(files, times, rule);
  if (kind === 'near') return closestMoments(files, times, deltas, PLAIN, farthest);
  return (unusual ?? [deltas]).flatMap((each) => closestMoments(files, times, each, THOROUGH, farthest));
}
