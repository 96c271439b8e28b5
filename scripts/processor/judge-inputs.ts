/** Which files of a baseline fill the inputs of a task table, for one Level-0 product. Pure. */
import { chooseFiles } from '../sentinel/select-adfs';
import { widened, type Validity } from '../sentinel/selection-rules';
import { ruleOf } from './retrieval-modes';
import type { ServiceTypes } from './service-types';
import type { Alternative, TaskInput } from './task-table';

/** A file that may fill an input. */
export interface InputFile {
  /** As the baseline names it. */
  readonly name: string;
  /** Absolute; undefined for a file that is not in the folder as the lock says. */
  readonly path?: string;
  /** From its name; undefined where that says none. */
  readonly validity?: Validity;
}

/** A Level-0 product with the files of its baseline. */
export interface Level0Files {
  readonly name: string;
  /** As task tables spell it: `OL_0_EFR___`, `IW_RAW__0S`. */
  readonly fileType: string;
  /** Epoch milliseconds; undefined where its name does not say. */
  readonly sensing?: { readonly t0: number; readonly t1: number };
  filesOf(fileType: string): readonly InputFile[];
}

/**
 * `filled`: by files of the campaign. `level0`: by the product itself. `processor`: made by an earlier task of the table. `elsewhere`:
 * of a type that the services do not have. `missing`: mandatory, and nothing here fills it. `absent`: optional, and not here.
 * `unclear`: files of the type are here, and whether the processor takes them cannot be told.
 */
export type InputState = 'filled' | 'level0' | 'processor' | 'elsewhere' | 'missing' | 'absent' | 'unclear';

export interface Interval {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** Why an alternative does not fill its input. */
export type Obstacle =
  | { readonly why: 'no-file' | 'not-wanted' | 'no-service'; readonly fileType: string }
  /** In the baseline, and not in the folder; or valid at another time. */
  | { readonly why: 'not-here' | 'does-not-apply'; readonly fileType: string; readonly name: string }
  /** `files` apply, and the processor wants at least `wanted`; or, in doubt, at most so many. */
  | { readonly why: 'too-few' | 'too-many'; readonly fileType: string; readonly files: number; readonly wanted: number }
  /** A product that the services do not have, and that is not in the folder `name`. */
  | { readonly why: 'no-product'; readonly fileType: string; readonly name: string }
  | { readonly why: UnclearReason; readonly fileType: string; readonly name: string };

/** The mode is none that is known; T0 or T1 is no number; the name of the product or of the file says no time. */
export type UnclearReason = 'retrieval-mode' | 'delta' | 'level0-name' | 'file-name';

export interface InputVerdict {
  readonly state: InputState;
  /** The alternative by which the input is filled, or for which files are here. */
  readonly alternative?: Alternative;
  readonly files: readonly InputFile[];
  /** The sensing time, widened by the alternative's T0 and T1. */
  readonly interval?: Interval;
  /** Parts of the interval for which no file is valid; only of retrieval modes that take every file that touches it. */
  readonly gaps: readonly Interval[];
  /** Of the alternatives before it; all of them, where nothing fills the input. */
  readonly obstacles: readonly Obstacle[];
}

/** The first alternative for which there are files fills the input. */
export function judgeInput(input: TaskInput, level0: Level0Files, serviceTypes: ServiceTypes): InputVerdict {
  const obstacles: Obstacle[] = [];
  for (const alternative of input.alternatives) {
    const found = judgeAlternative(alternative, level0, serviceTypes);
    if ('state' in found) {
      const doubts = found.obstacles ?? [];
      return { gaps: [], files: [], alternative, ...found, obstacles: [...obstacles, ...doubts] };
    }
    obstacles.push(found);
  }
  return { state: unfilledState(input, obstacles), files: [], gaps: [], obstacles };
}

function unfilledState({ isMandatory }: TaskInput, obstacles: readonly Obstacle[]): InputState {
  if (obstacles.every(({ why }) => why === 'no-service')) return isMandatory ? 'elsewhere' : 'absent';
  return isMandatory ? 'missing' : 'absent';
}

type Found = Pick<InputVerdict, 'state'> & Partial<Pick<InputVerdict, 'files' | 'interval' | 'gaps' | 'obstacles'>>;

function judgeAlternative(alternative: Alternative, level0: Level0Files, serviceTypes: ServiceTypes): Found | Obstacle {
  const { origin, fileType } = alternative;
  if (origin === 'PROC' || origin === 'LOG') return { state: 'processor' };
  if (fileType === level0.fileType) return { state: 'level0', interval: intervalOf(alternative, level0) };
  const files = level0.filesOf(fileType);
  if (files.length > 0) return judgeFiles(alternative, level0, files);
  const service = serviceTypes(fileType);
  return { why: service ? (service.isWanted ? 'no-file' : 'not-wanted') : 'no-service', fileType };
}

function judgeFiles(alternative: Alternative, level0: Level0Files, files: readonly InputFile[]): Found | Obstacle {
  const { fileType, retrievalMode } = alternative;
  const here = files.filter(({ path }) => path !== undefined);
  const [first] = here;
  if (!first) return { why: 'not-here', fileType, name: files[0]?.name ?? '' };
  const { name } = first;
  const unclear = (why: UnclearReason): Found => ({
    state: 'unclear',
    files: here,
    obstacles: [{ why, fileType, name }],
  });
  const rule = ruleOf(retrievalMode);
  if (!rule) return unclear('retrieval-mode');
  if (Number.isNaN(alternative.t0 + alternative.t1)) return unclear('delta');
  if (!level0.sensing) return unclear('level0-name');
  const dated = here.flatMap((file) => (file.validity ? [{ ...file.validity, name: file.name, file }] : []));
  const chosen = chooseFiles(dated, rule, { ...level0.sensing, delta0: alternative.t0, delta1: alternative.t1 });
  const interval = intervalOf(alternative, level0);
  if (chosen.length === 0) {
    const unreadable = here.find(({ validity }) => !validity);
    return unreadable ? unclear('file-name') : { why: 'does-not-apply', fileType, name };
  }
  const { minFiles = 0, maxFiles = Infinity } = alternative;
  const counted = { fileType, files: chosen.length };
  if (chosen.length < minFiles) return { why: 'too-few', ...counted, wanted: minFiles };
  if (chosen.length > maxFiles)
    return {
      ...{ state: 'unclear', files: chosen.map(({ file }) => file), interval },
      obstacles: [{ why: 'too-many', ...counted, wanted: maxFiles }],
    };
  const gaps = rule === 'ValIntersectWithoutDuplicate' && interval ? gapsIn(interval, chosen) : [];
  return { state: 'filled', files: chosen.map(({ file }) => file), interval, gaps };
}

function intervalOf({ t0, t1 }: Alternative, { sensing }: Level0Files): Interval | undefined {
  if (!sensing || Number.isNaN(t0 + t1)) return undefined;
  const [from, to] = widened({ ...sensing, delta0: t0, delta1: t1 });
  return { from, to };
}

/** Parts of an interval that no validity covers, in order of time. */
export function gapsIn({ from, to }: Interval, validities: readonly Validity[]): readonly Interval[] {
  const gaps: Interval[] = [];
  let covered = from;
  for (const { start, stop } of validities.toSorted((a, b) => a.start - b.start)) {
    if (start > covered) gaps.push({ from: covered, to: Math.min(start, to) });
    covered = Math.max(covered, stop);
    if (covered >= to) return gaps;
  }
  return covered < to ? [...gaps, { from: covered, to }] : gaps;
}
