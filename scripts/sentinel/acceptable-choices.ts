/**
 * Which choices of files are right when the order of the service's list is not known: where files tie, any of them (rdb.md#selection-rules:
 * "first" and "last" refer to the order in which reprocessing.svc lists them, which is that of its database).
 */
import { groupByBand } from './bands';
import { choosesAll, equallyGood, type SelectionRuleName, type Sensing, type Validity } from './selection-rules';

/** Files of which exactly one has to be chosen, in the order given; more than one where they tie. Never empty. */
export type Alternatives<File> = readonly [File, ...File[]];

/** What is wrong with a choice. */
export interface Misfit<File> {
  /** Of each of these one was expected, and none was chosen. */
  readonly lost: readonly Alternatives<File>[];
  /** Names that were chosen and are not right: no candidate, not the best, or a second one of the same alternatives. */
  readonly extra: readonly string[];
}

/**
 * The right choices of a rule: one file of each alternatives, and nothing else. Empty where no file fits. Rules 1 and 3 choose every
 * file that fits, so each is the only alternative; the other rules choose one file, or one per band where the files have bands.
 * Use `chooseFiles` of select-adfs.ts instead where the order of the list is known.
 */
export function acceptableChoices<File extends Validity & { readonly name: string }>(
  rule: SelectionRuleName,
  files: readonly File[],
  sensing: Sensing,
): readonly Alternatives<File>[] {
  return groupByBand(files).flatMap((group): readonly Alternatives<File>[] => {
    const equal = equallyGood(rule, group, sensing);
    if (choosesAll(rule)) return equal.map((file) => [file]);
    const [first, ...more] = equal;
    return first === undefined ? [] : [[first, ...more]];
  });
}

/** Undefined when the chosen names are one of the right choices, in whatever order. */
export function misfitOf<File extends { readonly name: string }>(
  choices: readonly Alternatives<File>[],
  chosen: readonly string[],
): Misfit<File> | undefined {
  const extra = [...chosen];
  const lost = choices.filter((alternatives) => {
    const place = extra.findIndex((name) => alternatives.some((file) => file.name === name));
    if (place >= 0) extra.splice(place, 1);
    return place < 0;
  });
  return lost.length + extra.length === 0 ? undefined : { lost, extra };
}
