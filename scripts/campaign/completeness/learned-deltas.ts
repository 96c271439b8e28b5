/** The deltas of one type from a campaign's own answers: what the service is configured with is not published (rdb.md#own-tables). */
import { zone, type Zone, type Zones } from '../../sentinel/delta-zones';
import { conclusionOf, explaining, learnFrom, NOTHING_KNOWN, type DeltaKnowledge } from '../../sentinel/learn-deltas';
import { publishedDeltas } from '../../sentinel/published-deltas';
import type { Deltas } from '../../sentinel/select-adfs';
import { HOUR, SECOND } from '../../sentinel/time';
import { MAX_DELTA, reachOf, type Candidate } from './candidates';
import type { Deviation, TypeQuestion } from './judge-type';

/** Deltas widen, and by no more than a day, as all published ones do: others would explain validities that are an hour off. */
const WIDENING: DeltaKnowledge = {
  ...NOTHING_KNOWN,
  zones: [zone([0, MAX_DELTA], [0, MAX_DELTA], [-MAX_DELTA, MAX_DELTA])],
};

/** Products that are learned from at once, and how often more are looked at. */
const AT_ONCE = 100;
const MAX_ROUNDS = 20;

/** A delta is known when the products show the moment of change as exactly as this, milliseconds: then it is no single wrong file. */
const EXACT = 2 * HOUR;

/**
 * Deltas that explain all answers and that the answers determine; undefined where none do. Learned from products that deviate and
 * from those where answers change, then tried on all, as often as further ones deviate: campaigns have tens of thousands of products.
 * @param deviationsFor the deviations of all products under some deltas
 */
export function learnedDeltas(
  question: TypeQuestion,
  deviating: readonly Deviation[],
  deviationsFor: (deltas: Deltas) => readonly Deviation[],
): Deltas | undefined {
  const { type, mission, products } = question;
  const changes = changesIn(question);
  if (products.some(({ within }) => within))
    return changes.length > 0 ? UNSURE.find(isRight(deviationsFor)) : undefined;
  // A file too many does no harm, and larger deltas are what it comes from.
  const isSurplus = deviating.every(({ misfit }) => misfit.lost.length === 0);
  const published = publishedDeltas(mission, type.longName);
  let knowledge = WIDENING;
  let places = [...changes, ...deviating.slice(0, AT_ONCE).map(({ product }) => product)];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (const place of places) {
      const observation = observationOf(question, place);
      if (observation) knowledge = learnFrom(knowledge, type.rule, observation, published);
    }
    const zones = isSurplus ? knowledge.zones : knowledge.zones.filter(isExact);
    if (zones.length === 0) return undefined;
    const { deltas } = conclusionOf({ ...knowledge, zones }, published);
    const wrong = deviationsFor(deltas);
    if (wrong.length === 0) return deltas;
    places = wrong.slice(0, AT_ONCE).map(({ product }) => product);
  }
  return undefined;
}

/** Deltas that explain the answers for all of the products. @param zones among which they are looked for */
export function explainingZones(
  question: TypeQuestion,
  places: readonly number[],
  zones: Zones = WIDENING.zones,
): Zones {
  return places.reduce((left, place) => {
    const observation = left.length > 0 ? observationOf(question, place) : undefined;
    return observation ? explaining(left, question.type.rule, observation) : left;
  }, zones);
}

/** Whether nothing is known. */
export function isWidening([first]: Zones): boolean {
  return JSON.stringify(first) === JSON.stringify(WIDENING.zones[0]);
}

function isRight(deviationsFor: (deltas: Deltas) => readonly Deviation[]): (deltas: Deltas) => boolean {
  return (deltas) => deviationsFor(deltas).length === 0;
}

/** Products next to others with other files: they show when the service changes from one to the next. */
function changesIn({ judged, answers }: TypeQuestion): number[] {
  const changes = judged.flatMap((place, index) => {
    const before = judged[index - 1];
    return before === undefined || answers[before] === answers[place] ? [] : [before, place];
  });
  return [...new Set(changes)].slice(0, MAX_CHANGES);
}

const MAX_CHANGES = 400;

/**
 * Whether a zone leaves no more than `EXACT` open. What only the longest delta bounds is not known exactly: an older file for a whole day would
 * be explained by a delta of nearly a day. Nor is a single moment, at which a file that spans just the interval is refused.
 */
export function isExact([delta0, delta1]: Zone): boolean {
  return [delta0, delta1].every(([min, max]) => min <= 0 || (max > min && max < MAX_DELTA && max - min <= EXACT));
}

/** Where the sensing time is not known exactly, nothing exact can be learned: whole and half hours are tried. */
const UNSURE: readonly Deltas[] = crossed(
  [0, 0.5, 1, 1.5, 2, 3, 6, 9, 12, 18, 24].map((hours) => (hours * HOUR) / SECOND),
);

function crossed(seconds: readonly number[]): readonly Deltas[] {
  return seconds.flatMap((delta0) => seconds.map((delta1) => ({ delta0, delta1 })));
}

function observationOf({ type, candidates, products, answers }: TypeQuestion, place: number) {
  const [product, answer] = [products[place], answers[place]];
  if (!product || !answer) return undefined;
  const { t0, t1 } = product;
  const isNear = ({ start, stop }: Candidate): boolean => start <= t1 + MAX_DELTA && stop >= t0 - MAX_DELTA;
  const near = reachOf(type) === 'around' ? candidates.filter(isNear) : candidates;
  return { candidates: near, t0, t1, chosen: answer.names };
}
