import { sensingTimes, type SensingTimes } from '../../../sentinel/level0-name';
import type { Scope } from '../scope';
import { keptAnswers } from './facts';
import type { Sample } from './samples';

/** First and last sensing time of a sample's products, epoch milliseconds. */
export interface SampleTimes {
  readonly from: number;
  readonly to: number;
}

/** Undefined when no product came. */
export function timesOf(sample: Sample, place: number, scope: Scope): SampleTimes | undefined {
  const times = (keptAnswers(scope)[place] ?? []).flatMap(({ level0 }) => timesOfLevel0(level0, sample) ?? []);
  if (times.length === 0) return undefined;
  return { from: Math.min(...times.map(({ t0 }) => t0)), to: Math.max(...times.map(({ t1 }) => t1)) };
}

/** Those of the name; for a Sentinel-2 product those of its data take, where the sample says them (rdb.md#level-0-names). */
export function timesOfLevel0(level0: string, { time }: Sample): SensingTimes | undefined {
  if (time !== undefined) return { t0: time, t1: time };
  const times = sensingTimes(level0);
  return 'error' in times ? undefined : times;
}
