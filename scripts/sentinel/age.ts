/** The max-age filter of rdb.svc (rdb.md#maximum-age). */
import { middleOf } from './selection-rules';
import { SECOND } from './time';

/** Seconds, by the name of an ADF type. */
export type MaxAges = ReadonlyMap<string, number>;

/** Whole seconds from a file's validity stop to the middle of [T0, T1]; negative when the file ends later. */
export function ageInSeconds(stop: number, t0: number, t1: number): number {
  return Math.trunc((middleOf({ t0, t1, delta0: 0, delta1: 0 }) - stop) / SECOND);
}

/** The files young enough: age < maximum, strict. A file whose type has no maximum stays. */
export function youngEnough<File extends { readonly stop: number; readonly type: { readonly longName: string } }>(
  files: readonly File[],
  t0: number,
  t1: number,
  maxAges: MaxAges,
): readonly File[] {
  return files.filter((file) => {
    const maximum = maxAges.get(file.type.longName);
    return maximum === undefined || ageInSeconds(file.stop, t0, t1) < maximum;
  });
}
