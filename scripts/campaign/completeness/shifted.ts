/** Whether all is as if validities were shifted by whole hours: time zones are how that happens (auxip.md#attributes). */
import { parseAdfName } from '../../sentinel/adf-name';
import { publishedDeltas } from '../../sentinel/published-deltas';
import { NO_DELTAS } from '../../sentinel/select-adfs';
import { HOUR } from '../../sentinel/time';
import type { Candidate } from './candidates';
import { chooserOf } from './chooser';
import type { JudgedQuestion } from './judge';
import { deviationsOf, type Deviation } from './judge-type';

/** A shift of whole hours, and the types that show it. */
export interface Shift {
  readonly hours: number;
  readonly shown: readonly ShiftedQuestion[];
}

export interface ShiftedQuestion {
  readonly question: JudgedQuestion;
  /** Products that would have other files without the shift. */
  readonly deviations: readonly Deviation[];
}

const HOURS = Array.from({ length: 14 }, (_, index) => [index + 1, -index - 1]).flat();

/**
 * The shift with which rdb.svc must see validities so that the answers of two types or more become right, and those of no type wrong.
 * Deltas that had to be learned are no explanation where one shift explains them all.
 */
export function shiftSeenByBaselines(questions: readonly JudgedQuestion[]): Shift | undefined {
  const suspects = questions.filter(isSuspect);
  if (suspects.length < 2) return undefined;
  for (const hours of HOURS) {
    const explained = suspects.filter((question) => isExplainedBy(hours, question));
    if (explained.length < Math.max(2, suspects.length / 2)) continue;
    const others = questions.filter((question) => !suspects.includes(question));
    if (!others.every((question) => isExplainedBy(hours, question))) continue;
    const shown = explained.map((question) => ({ question, deviations: deviationsWithout(0, question) }));
    return { hours, shown };
  }
  return undefined;
}

export function isSuspect({ verdict }: JudgedQuestion): boolean {
  return verdict.deviations.length > 0 || verdict.deltaSource === 'learned';
}

function isExplainedBy(hours: number, question: JudgedQuestion): boolean {
  return deviationsWithout(hours, question).length === 0;
}

/** The deviations from candidates whose validities are shifted, under zero or published deltas. */
function deviationsWithout(hours: number, question: JudgedQuestion): readonly Deviation[] {
  const { type, mission, candidates } = question;
  const choose = chooserOf(type.rule, hours === 0 ? candidates : candidates.map((file) => shifted(file, hours * HOUR)));
  const byZero = deviationsOf(question, NO_DELTAS, [], choose);
  const published = publishedDeltas(mission, type.longName);
  if (byZero.length === 0 || published === NO_DELTAS) return byZero;
  const byPublished = deviationsOf(question, published, [], choose);
  return byPublished.length < byZero.length ? byPublished : byZero;
}

function shifted(file: Candidate, by: number): Candidate {
  return { ...file, start: file.start + by, stop: file.stop + by };
}

/**
 * The shift of the validities that reprocessing.svc lists, against those in the names, where it changed what was chosen: answers
 * that are right by the listed validities, and wrong by the names.
 */
export function shiftOfListed(questions: readonly JudgedQuestion[]): Shift | undefined {
  const byHours = new Map<number, ShiftedQuestion[]>();
  for (const question of questions) {
    const hours = commonOffset(question.candidates);
    if (hours === undefined || question.verdict.deviations.length > 0) continue;
    const deviations = deviationsWithout(-hours, question);
    if (deviations.length > 0) byHours.set(hours, [...(byHours.get(hours) ?? []), { question, deviations }]);
  }
  const [most] = [...byHours].sort(([, a], [, b]) => b.length - a.length);
  return most && { hours: most[0], shown: most[1] };
}

/** Whole hours by which most files are listed later than their names say; undefined for none. */
function commonOffset(candidates: readonly Candidate[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { name, start } of candidates) {
    const named = parseAdfName(name);
    const hours = named ? (start - named.start) / HOUR : 0;
    if (hours !== 0 && HOURS.includes(hours)) counts.set(hours, (counts.get(hours) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && most[1] > candidates.length / 2 ? most[0] : undefined;
}
