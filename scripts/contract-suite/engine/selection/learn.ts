/** What an answer tells of the deltas of its type; what is wrong with it where none explain it together with those before. */
import { conclusionOf, learnFrom, type DeltaKnowledge } from '../../../sentinel/learn-deltas';
import { publishedDeltas } from '../../../sentinel/published-deltas';
import { NO_DELTAS, type Deltas } from '../../../sentinel/select-adfs';
import { dependsOnDeltas } from '../../../sentinel/selection-rules';
import { isOfType, type AdfType } from '../../../sentinel/adf-types';
import { QUIRKS } from '../../quirks';
import { disagreement, shownDeltas } from './explain';
import type { Told, TypeKnowledge } from './knowledge';
import type { Product, Subject } from './product';

export interface Lesson {
  readonly own: TypeKnowledge;
  readonly problem?: Told;
}

/** Deltas, how many answers they do not explain, and the first of those. */
interface Hypothesis {
  readonly deltas: Deltas;
  readonly misses: number;
  readonly first?: Told;
}

export function learnFromProduct(subject: Subject, product: Product, own: TypeKnowledge): Lesson {
  const { type, sample } = subject;
  const published = publishedDeltas(sample.mission, type.longName);
  const wrongWith = (deltas: Deltas): Told | undefined => {
    const words = wordsOf(subject, product, deltas);
    return words === undefined ? undefined : { level0: product.level0, words };
  };
  if (own.nearest) return { own, problem: wrongWith(own.nearest) };
  const known = learnFrom(own.known, type.rule, product, published);
  const [notZero, notPublished] = [own.notZero ?? wrongWith(NO_DELTAS), own.notPublished ?? wrongWith(published)];
  if (known.zones.length > 0) return { own: { known, notZero, notPublished } };
  const before = conclusionOf(own.known, published).deltas;
  const zero = { deltas: NO_DELTAS, misses: known.notZero, first: notZero };
  // Where no answer has a file, large deltas explain most of them; but the type is missing.
  const nearest =
    known.withFiles === 0
      ? zero
      : leastWrong([
          zero,
          { deltas: published, misses: known.notPublished, first: notPublished },
          { deltas: before, misses: 1, first: wrongWith(before) },
        ]);
  const problem = nearest.first && { ...nearest.first, words: contradiction(subject, known, nearest) };
  return { own: { known, notZero, notPublished, nearest: nearest.deltas }, problem };
}

function leastWrong(hypotheses: readonly [Hypothesis, ...Hypothesis[]]): Hypothesis {
  return hypotheses.reduce((best, another) => (another.misses < best.misses ? another : best));
}

function contradiction(
  { type }: Subject,
  { answers, withFiles }: DeltaKnowledge,
  { deltas, misses, first }: Hypothesis,
): string {
  const words = first?.words ?? '';
  if (!dependsOnDeltas(type.rule) || answers === 1) return words;
  if (withFiles === 0) return `${words} No deltas explain that none of ${answers} answers has a file of this type`;
  return `${words}. No deltas explain all ${answers} answers for this type; ${shownDeltas(deltas)} explain all but ${misses}`;
}

/** What is wrong with the answer if those are the deltas, and why it may be so. */
function wordsOf({ type, needed }: Subject, product: Product, deltas: Deltas): string | undefined {
  const { candidates, chosen, names, t0, t1 } = product;
  const problem = disagreement({ type, sensing: { t0, t1, ...deltas }, candidates, answered: chosen });
  if (problem === undefined) return undefined;
  return problem + (chosen.length === 0 ? causeOfLoss(type, names, needed) : icidHint(type));
}

/** So many types that are gone one after the other are not gone by chance. */
const IN_A_ROW = 3;

/** Why a type is missing, where the baseline itself tells; others are looked up in the catalogue (checks/selection.ts). */
function causeOfLoss(type: AdfType, names: readonly string[], needed: readonly AdfType[]): string {
  const later = needed.slice(needed.findIndex(({ longName }) => longName === type.longName) + 1);
  const goesOn = later.some((another) => names.some((name) => isOfType(name, another)));
  return names.length > 0 && !goesOn && later.length >= IN_A_ROW ? `. ${QUIRKS.missingDeltas}` : '';
}

/** Of the types that are made for one instrument configuration each. */
function icidHint({ mission, longName }: AdfType): string {
  return mission === 'S1SAR' && /AUX_(?:PP1|PP2|CAL|INS)/.test(longName)
    ? '. Only files of the instrument configuration in force count (rdb.md#instrument-configuration): compare InstrumentConfigurationID of both in auxip.svc'
    : '';
}
