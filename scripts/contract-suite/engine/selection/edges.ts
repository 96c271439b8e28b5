/**
 * Where the rules decide: made-up Level-0 names whose sensing begins or ends where files do, or half-way between two of them. The service
 * goes by the times in such a name (rdb.md §2.2), so that rules can be tried at their edges whatever products there are.
 */
import type { AdfType } from '../../../sentinel/adf-types';
import { withSensingTimes } from '../../../sentinel/level0-name';
import type { Deltas } from '../../../sentinel/select-adfs';
import { DAY, SECOND } from '../../../sentinel/time';
import type { Scope } from '../scope';
import { keptAnswers, type Candidate } from './facts';
import { isOfType } from './learn';
import { samplesOf, type Sample } from './samples';
import { reachOf, stepsOfSample, type Reach, type Step } from './steps';
import { timesOfLevel0 } from './times';

/** A product whose times are moved; `sample` says for whom. */
export interface EdgeSample {
  readonly sample: Sample;
  readonly level0: string;
}

/** How far the times are moved. */
const FARTHEST = DAY;

/** Files of a type that are looked at, the closest to the product. */
const FILES_OF_TYPE = 60;

/** A product of the first sample of each mission and product type. */
export function edgeSamplesOf(scope: Scope): readonly EdgeSample[] {
  const seen = new Set<string>();
  const answers = keptAnswers(scope);
  return samplesOf(scope).flatMap(({ mission, unit, productType, what }, place) => {
    const key = `${mission} ${productType}`;
    const level0 = answers[place]?.[0]?.level0;
    if (level0 === undefined || seen.has(key)) return [];
    seen.add(key);
    return [{ sample: { mission, unit, productType, what }, level0 }];
  });
}

/** Rules that look at the sensing time, of their own kind each. */
const MOVED: readonly Reach[] = ['around', 'near-start', 'near-stop'];

/** Requests for the candidates of one of them, as far as its times may be moved. */
export function edgeStepsOf({ sample, level0 }: EdgeSample, scope: Scope): readonly Step[] {
  const times = timesOfLevel0(level0, sample);
  if (!times) return [];
  const wide = { from: times.t0 - FARTHEST, to: times.t1 + FARTHEST };
  return stepsOfSample(sample, 0, wide, scope).filter(({ types }) =>
    types.every((type) => MOVED.includes(reachOf(type))),
  );
}

/** Of long series the files that can be closest to a moved time; the middle of the interval lies where the deltas put it. */
export function worthKeeping(
  candidates: readonly Candidate[],
  types: readonly AdfType[],
  { sample, level0 }: EdgeSample,
  deltasOf: (type: AdfType) => Deltas,
): readonly Candidate[] {
  const times = timesOfLevel0(level0, sample);
  if (!times) return [];
  return types.flatMap((type) => {
    const own = candidates.filter(({ name }) => isOfType(name, type));
    if (reachOf(type) === 'around') return own;
    const { delta0, delta1 } = deltasOf(type);
    const near = times.t0 + (type.rule === 'LatestValidityClosest' ? ((delta1 - delta0) / 2) * SECOND : 0);
    const distance = (file: Candidate): number =>
      Math.abs((reachOf(type) === 'near-stop' ? file.stop : file.start) - near);
    return own.toSorted((one, other) => distance(one) - distance(other)).slice(0, FILES_OF_TYPE);
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
  (files, { length, before, after }) =>
    halfWay(files.map(({ start }) => start)).map((time) => time - wholeSeconds((length + after - before) / 2)),
  (files, { length }) => halfWay(files.map(({ stop }) => stop)).map((time) => time - length),
];

/** Between neighbours, and a second later: there the other one is closer. */
function halfWay(times: readonly number[]): readonly number[] {
  const sorted = [...new Set(times)].sort((one, other) => one - other);
  return sorted.slice(1).flatMap((time, index) => {
    const middle = wholeSeconds((time + (sorted[index] ?? time)) / 2);
    return [middle, middle + SECOND];
  });
}

const wholeSeconds = (time: number): number => Math.floor(time / SECOND) * SECOND;

/** For each type and kind of edge the one that is closest to the product: names, distinct, none of them the product's own. */
export function edgeNames(
  { sample, level0 }: EdgeSample,
  types: readonly AdfType[],
  candidates: readonly Candidate[],
  deltasOf: (type: AdfType) => Deltas,
): readonly string[] {
  const times = timesOfLevel0(level0, sample);
  if (!times) return [];
  const length = times.t1 - times.t0;
  const distance = (begin: number): number => Math.abs(begin - times.t0);
  const begins = types.flatMap((type) => {
    const own = candidates.filter(({ name }) => isOfType(name, type));
    const { delta0, delta1 } = deltasOf(type);
    const widening = { length, before: delta0 * SECOND, after: delta1 * SECOND };
    return EDGES.flatMap((edge) => {
      const near = edge(own, widening)
        .map(wholeSeconds)
        .filter((begin) => distance(begin) > 0 && distance(begin) <= FARTHEST);
      return near.toSorted((one, other) => distance(one) - distance(other)).slice(0, 1);
    });
  });
  return [...new Set(begins)].map((begin) => withSensingTimes(level0, begin, begin + length));
}
