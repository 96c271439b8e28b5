/**
 * Where the rules decide: made-up Level-0 names whose sensing begins or ends where files do, or half-way between two of them. The service
 * goes by the times in such a name (rdb.md#entries), so that rules can be tried at their edges whatever products there are.
 */
import { isOfType, type AdfType } from '../../../sentinel/adf-types';
import { MAX_DELTA } from '../../../sentinel/learn-deltas';
import { withSensingTimes, type SensingTimes } from '../../../sentinel/level0-name';
import type { Deltas } from '../../../sentinel/select-adfs';
import { DAY, SECOND } from '../../../sentinel/time';
import type { Scope } from '../scope';
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
}

/** All types are tried with the product a day around it; what then is unusual once more, with one that is twice as long. */
interface Round {
  readonly isSecond: boolean;
  /** How far the times are moved, milliseconds. */
  readonly farthest: number;
  /** How many times as long as the product the sensing is. */
  readonly longer: number;
  readonly edges: readonly Edge[];
}

/** Names of a product in one round. */
const MAX_NAMES = 96;

/** Of a series that files are closest in: so many at least, and all that are no further away than the times are moved, and a day more. */
const CLOSEST_FILES = 20;

/** A product of the first sample of each mission and product type; all of them in the first round, then all in the second. */
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
  return [FIRST_ROUND, SECOND_ROUND].flatMap((round) => samples.map((item) => ({ ...item, round })));
}

/** Rules that look at the sensing time, of their own kind each. */
const MOVED: readonly Reach[] = ['around', 'near-start', 'near-stop'];

export function edgeTypesOf({ sample, round }: EdgeSample, scope: Scope): readonly AdfType[] {
  const opinionOn = opinions(sample, scope);
  const tried = triedBefore({ sample, level0: '', round }, scope);
  const moved = neededTypes(sample, scope).filter(
    (type) => MOVED.includes(reachOf(type)) && !tried.includes(type.longName),
  );
  return round.isSecond ? moved.filter((type) => opinionOn(type).unusual) : moved;
}

/** Types of the mission that another product type before this one needs too: one product is enough to try a rule with. */
function triedBefore({ sample: { mission, productType }, round }: EdgeSample, scope: Scope): readonly string[] {
  const own = edgeSamplesOf(scope).filter((edge) => edge.round === round && edge.sample.mission === mission);
  const before = own.slice(
    0,
    own.findIndex(({ sample }) => sample.productType === productType),
  );
  return before.flatMap(({ sample }) => neededTypes(sample, scope).map(({ longName }) => longName));
}

/** Requests for the candidates of types, as far as the times may be moved. */
export function edgeStepsOf({ sample, level0, round }: EdgeSample, types: readonly AdfType[]): readonly Step[] {
  const times = timesOfLevel0(level0, sample);
  if (!times) return [];
  const wide = { from: times.t0 - round.farthest, to: times.t1 + round.farthest };
  return stepsOfSample(sample, 0, wide, types);
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
    if (reachOf(type) === 'around') return own;
    const { delta0, delta1 } = opinionOn(type).deltas;
    const near = times.t0 + (type.rule === 'LatestValidityClosest' ? ((delta1 - delta0) / 2) * SECOND : 0);
    const distance = (file: Candidate): number =>
      Math.abs((reachOf(type) === 'near-stop' ? file.stop : file.start) - near);
    const closest = own.toSorted((a, b) => distance(a) - distance(b));
    return closest.filter((file, place) => place < CLOSEST_FILES || distance(file) <= round.farthest + DAY);
  });
}

/** All in milliseconds: how long the sensing is, and how far it is widened as far as is known. */
interface Widening {
  readonly length: number;
  readonly before: number;
  readonly after: number;
}

/** Kinds of edges: the widened sensing begins with a file or a second later, ends with it or a second earlier, or lies half-way. */
type Edge = (files: readonly Candidate[], widening: Widening) => readonly number[];

const EDGES: readonly Edge[] = [
  (files, { before }) => files.map(({ start }) => start + before),
  (files, { before }) => files.map(({ start }) => start + before + SECOND),
  (files, { length, after }) => files.map(({ stop }) => stop - after - length),
  (files, { length, after }) => files.map(({ stop }) => stop - after - length - SECOND),
  (files) => halfWay(files.map(({ start }) => start)),
  (files, widening) => halfWayToMiddle(files, widening),
  (files, { length }) => halfWay(files.map(({ stop }) => stop)).map((time) => time - length),
];

/** More than the service rounds. */
const CLEARLY = 5 * SECOND;

const MORE_EDGES: readonly Edge[] = [
  ...EDGES,
  (files, widening) => halfWayToMiddle(files, widening).map((time) => time - CLEARLY),
  (files, widening) => halfWayToMiddle(files, widening).map((time) => time + CLEARLY),
];

/** The middle of the widened sensing is as close to one start as to the next. */
function halfWayToMiddle(files: readonly Candidate[], { length, before, after }: Widening): readonly number[] {
  return halfWay(files.map(({ start }) => start)).map((time) => time - wholeSeconds((length + after - before) / 2));
}

export const FIRST_ROUND: Round = { isSecond: false, farthest: DAY, longer: 1, edges: EDGES };
export const SECOND_ROUND: Round = { isSecond: true, farthest: MAX_DELTA * SECOND, longer: 2, edges: MORE_EDGES };

/** Between neighbours, and a second later: there the other one is closer. */
function halfWay(times: readonly number[]): readonly number[] {
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  return sorted.slice(1).flatMap((time, index) => {
    const middle = wholeSeconds((time + (sorted[index] ?? time)) / 2);
    return [middle, middle + SECOND];
  });
}

const wholeSeconds = (time: number): number => Math.floor(time / SECOND) * SECOND;

/** First and last moment of a sensing. */
type Moments = readonly [begin: number, end: number];

/** For each type and kind of edge the one that is closest to the product: names, distinct, none of them the product's own. */
export function edgeNames(
  { sample, level0, round }: EdgeSample,
  types: readonly AdfType[],
  candidates: readonly Candidate[],
  opinionOn: (type: AdfType) => Opinion,
): readonly string[] {
  const times = timesOfLevel0(level0, sample);
  if (!times) return [];
  const names = types.flatMap((type) => {
    const own = candidates.filter(({ name }) => isOfType(name, type));
    const { deltas, unusual, isSilent } = opinionOn(type);
    const tried = round.isSecond && unusual ? unusual : [deltas];
    const moments = isSilent
      ? widestMoments(own, times)
      : tried.flatMap((each) => edgeMoments(own, times, each, round));
    return moments.map(([begin, end]) => withSensingTimes(level0, begin, end));
  });
  return [...new Set(names)].filter((name) => name !== level0).slice(0, MAX_NAMES);
}

function edgeMoments(
  files: readonly Candidate[],
  { t0, t1 }: SensingTimes,
  { delta0, delta1 }: Deltas,
  { farthest, longer, edges }: Round,
): readonly Moments[] {
  const length = (t1 - t0) * longer;
  const widening = { length, before: delta0 * SECOND, after: delta1 * SECOND };
  const distance = (begin: number): number => Math.abs(begin - t0);
  const begins = edges.flatMap((edge) => {
    const near = edge(files, widening)
      .map(wholeSeconds)
      .filter((begin) => distance(begin) > 0 && distance(begin) <= farthest);
    return near.toSorted((a, b) => distance(a) - distance(b)).slice(0, 1);
  });
  return begins.map((begin) => [begin, begin + length]);
}

/**
 * A sensing that ends before it begins, which the service accepts (rdb.md#level-0-names): whatever the deltas are, every file that covers the product
 * covers this one. A type that still has none is left out.
 */
function widestMoments(files: readonly Candidate[], { t0 }: SensingTimes): readonly Moments[] {
  const isCovered = files.some(({ start, stop }) => start < t0 && t0 < stop);
  return isCovered ? [[t0 + MAX_DELTA * SECOND, t0 - MAX_DELTA * SECOND]] : [];
}
