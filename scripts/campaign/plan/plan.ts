import type { UnpackingRoom } from './unpacking-room';
import { budgetOf, chargeOf, openGrants, scheduleOf, sumOf, type Grant, type QuotaRules } from '../../download/quota';

/** What a campaign comes to, before the first file is asked for. Sizes in bytes, times UTC. */
export interface Plan {
  readonly level0: number;
  readonly references: number;
  readonly files: number;
  readonly bytes: number;
  /** Found in the folder by name and size; their MD5 is looked at when they are fetched. */
  readonly here: Volume;
  readonly toFetch: Volume;
  /** Without an entry of the catalogue that could be read: they cannot be fetched. */
  readonly unresolved: number;
  /** Of these, those that the catalogue did not say to be gone, by the code of what went wrong. */
  readonly unreadable: readonly Unreadable[];
  /** `unpacking`: estimated, beside what is needed, for what archives hold; absent where they are not unpacked. */
  readonly disk: { readonly needed: number; readonly free: number; readonly unpacking?: UnpackingRoom };
  /** What the files to fetch are charged, of the service's 1000 (auxip.md#quota). */
  readonly charge: number;
  /** Absent where no quota is kept. */
  readonly quota?: QuotaPlan;
}

export interface Unreadable {
  /** Of an error. */
  readonly code: string;
  readonly files: number;
}

export interface QuotaPlan {
  /** To this account in the last 8 days, as far as this machine knows. */
  readonly granted: Volume;
  readonly budget: { readonly files?: number; readonly bytes?: number };
  /** Files that the budget lets through at once. */
  readonly now: number;
  readonly windows: number;
  /** When the last file can be asked for: nothing can end before. */
  readonly earliestFinish: string;
}

export interface Volume {
  readonly files: number;
  readonly bytes: number;
}

export interface PlanInput {
  readonly level0: number;
  readonly references: number;
  readonly unresolved: number;
  readonly unreadable: readonly Unreadable[];
  /** With an entry in the catalogue. `present`: bytes of it in the folder, under its final name when they are all. */
  readonly files: readonly { readonly bytes: number; readonly present: number }[];
  /** bytes */
  readonly free: number;
  readonly unpacking?: UnpackingRoom;
  readonly quota?: { readonly rules: QuotaRules; readonly grants: readonly Grant[]; readonly now: number };
}

export function planOf({ files, free, unpacking, quota, unresolved, ...counts }: PlanInput): Plan {
  const here = files.filter(({ bytes, present }) => present >= bytes);
  const wanted = files.filter(({ bytes, present }) => present < bytes);
  const toFetch = { files: wanted.length, bytes: sumOf(wanted) };
  const needed = wanted.reduce((sum, { bytes, present }) => sum + bytes - present, 0);
  return {
    ...counts,
    files: files.length + unresolved,
    bytes: sumOf(files),
    here: { files: here.length, bytes: sumOf(here) },
    toFetch,
    unresolved,
    disk: { needed, free, ...(unpacking ? { unpacking } : {}) },
    charge: chargeOf(toFetch.bytes),
    ...(quota ? { quota: quotaPlan(wanted, quota) } : {}),
  };
}

function quotaPlan(
  wanted: readonly { readonly bytes: number }[],
  { rules, grants, now }: Required<PlanInput>['quota'],
): QuotaPlan {
  const open = openGrants(grants, now);
  const schedule = scheduleOf(
    wanted.map(({ bytes }) => bytes),
    grants,
    rules,
    now,
  );
  return {
    granted: { files: open.length, bytes: sumOf(open) },
    budget: budgetOf(rules),
    now: schedule.now,
    windows: schedule.windows,
    earliestFinish: Number.isFinite(schedule.lastGrantAt) ? new Date(schedule.lastGrantAt).toISOString() : 'never',
  };
}
