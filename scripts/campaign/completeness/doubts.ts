/** Tables of rdb.svc that are not published, and what they could explain: such a deviation is no finding. */
import { ageInSeconds } from '../../sentinel/age';
import { NO_CONFIGURATION } from './configurations';
import type { CampaignFacts, JudgedQuestion, KnownDeviation } from './judge';
import type { DoubtReason } from './judgement';

/** Why a deviation says nothing; undefined when nothing could explain it. */
export function doubtOf(
  deviation: KnownDeviation,
  question: JudgedQuestion,
  facts: Pick<CampaignFacts, 'configurations' | 'products'>,
): DoubtReason | undefined {
  if (deviation.kind === 'unknown') return 'beyond';
  if (isModeRow(question)) return 'mode';
  const reason = mayBeTooOld(deviation, question)
    ? 'maximal-age'
    : mayBeOtherwiseConfigured(deviation, question, facts) && 'instrument-configuration';
  return reason && deviation.misfit.extra.every((name) => isCandidate(name, question)) ? reason : undefined;
}

/** Filters leave files out: none is answered that was not there to choose from. */
function isCandidate(name: string, { candidates }: JudgedQuestion): boolean {
  return candidates.some((file) => file.name === name);
}

/** A published row asks for a mode that no Level-0 name has (rdb.md#level-0-attributes): where it is loaded, nobody gets the type. */
const MODE_ROW = 'S1__AUX_SCS';

function isModeRow({ type, judged, deviations }: JudgedQuestion): boolean {
  if (type.longName !== MODE_ROW || deviations.length !== judged.length) return false;
  return deviations.every(({ kind }) => kind === 'missing');
}

/**
 * Whether a maximal age (rdb.md#maximum-age) could leave the expected file out: rows are known of Sentinel-1 only; they work where short and long
 * name are the same, and not for a file that is younger than others of the type that were answered.
 */
function mayBeTooOld({ misfit, product }: KnownDeviation, question: JudgedQuestion): boolean {
  const { type, mission, products } = question;
  const [expected] = misfit.lost[0] ?? [];
  const times = products[product];
  if (!expected || !times || mission !== 'S1SAR' || type.shortName !== type.longName) return false;
  const age = ageInSeconds(expected.stop, times.t0, times.t1);
  return age >= 0 && age >= oldestAnswered(question);
}

/** Seconds; a limit is greater. Worked out once: a type may deviate for every product. */
function oldestAnswered(question: JudgedQuestion): number {
  const known = OLDEST.get(question) ?? ageOfOldest(question);
  OLDEST.set(question, known);
  return known;
}

const OLDEST = new WeakMap<JudgedQuestion, number>();

function ageOfOldest({ candidates, products, judged, answers }: JudgedQuestion): number {
  const stops = new Map(candidates.map(({ name, stop }) => [name, stop]));
  let oldest = -Infinity;
  for (const place of judged) {
    const times = products[place];
    if (!times) continue;
    for (const name of answers[place]?.names ?? []) {
      const stop = stops.get(name);
      if (stop !== undefined) oldest = Math.max(oldest, ageInSeconds(stop, times.t0, times.t1));
    }
  }
  return oldest;
}

/** Sentinel-1 files in SAFE are made for an instrument configuration (auxip.md#attributes). */
const CONFIGURED = /^S1.*[.]SAFE/;

/**
 * Whether the filter by instrument configuration (rdb.md#instrument-configuration) could leave the expected file out: not when the file that was answered
 * in its place is of the same configuration, or all files of other types for the same product; or one of them, where none is in its place.
 */
function mayBeOtherwiseConfigured(
  deviation: KnownDeviation,
  question: JudgedQuestion,
  { configurations, products }: Pick<CampaignFacts, 'configurations' | 'products'>,
): boolean {
  const [expected] = deviation.misfit.lost[0] ?? [];
  if (!expected || !CONFIGURED.test(expected.name)) return false;
  const wanted = configurations?.get(expected.name);
  if (wanted === undefined) return true;
  // Made for none: the filter would give the type to nobody.
  if (wanted === NO_CONFIGURATION) return false;
  const { inPlace, others } = filesBeside(deviation, question, products);
  if (inPlace.some((name) => configurations?.get(name) === wanted) || isInUseAround(deviation, question)) return false;
  const known = others.flatMap((name) => configurations?.get(name) || []);
  if (inPlace.length === 0) return !known.includes(wanted);
  return known.length === 0 || known.some((configuration) => configuration !== wanted);
}

/** Whether earlier and later products have the expected file: instruments are not configured otherwise for one product. */
function isInUseAround({ product, misfit }: KnownDeviation, question: JudgedQuestion): boolean {
  const time = question.products[product]?.t0 ?? NaN;
  const [from, to] = timesInUse(question).get(misfit.lost[0]?.[0].name ?? '') ?? [NaN, NaN];
  return from < time && time < to;
}

type Times = ReadonlyMap<string, readonly [from: number, to: number]>;

/** When the first and the last product that has a file was sensed, by name of the file. Worked out once. */
function timesInUse(question: JudgedQuestion): Times {
  const known = IN_USE.get(question);
  if (known) return known;
  const times = new Map<string, readonly [number, number]>();
  for (const place of question.judged) {
    const { t0 = NaN } = question.products[place] ?? {};
    for (const name of question.answers[place]?.names ?? []) {
      const [from, to] = times.get(name) ?? [t0, t0];
      times.set(name, [Math.min(from, t0), Math.max(to, t0)]);
    }
  }
  IN_USE.set(question, times);
  return times;
}

const IN_USE = new WeakMap<JudgedQuestion, Times>();

/** The files of a product's baseline that were made for a configuration: those of the type, and the others. */
function filesBeside(
  { product }: KnownDeviation,
  { answers }: JudgedQuestion,
  products: CampaignFacts['products'],
): { readonly inPlace: readonly string[]; readonly others: readonly string[] } {
  const inPlace = answers[product]?.names ?? [];
  const others = (products[product]?.files ?? []).filter((name) => CONFIGURED.test(name) && !inPlace.includes(name));
  return { inPlace, others: others.slice(0, BESIDE) };
}

/** Files of other types tell enough. */
const BESIDE = 4;

/** Types, and files for each, whose configuration is looked up. */
const LOOKED_UP = 12;

/** Names of files whose configurations would settle a doubt. */
export function configurationsWanted(
  questions: readonly JudgedQuestion[],
  { products }: CampaignFacts,
): readonly string[] {
  const names = questions.flatMap((question) => {
    const [deviation] = question.deviations.filter(({ misfit }) =>
      misfit.lost.some(([file]) => CONFIGURED.test(file.name)),
    );
    if (!deviation) return [];
    const { inPlace, others } = filesBeside(deviation, question, products);
    return [deviation.misfit.lost[0]?.[0].name ?? '', ...inPlace, ...others];
  });
  return [...new Set(names)].slice(0, LOOKED_UP);
}
