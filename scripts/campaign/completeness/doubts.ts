/** Tables of rdb.svc that are not published, and what they could explain: such a deviation is no finding. */
import { ageInSeconds } from '../../sentinel/age';
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
  if (mayBeTooOld(deviation, question)) return 'maximal-age';
  return mayBeOtherwiseConfigured(deviation, question, facts) ? 'instrument-configuration' : undefined;
}

/** A published row asks for a mode that no Level-0 name has (rdb.md#level-0-attributes): where it is loaded, nobody gets the type. */
const MODE_ROW = 'S1__AUX_SCS';

function isModeRow({ type, judged, deviations }: JudgedQuestion): boolean {
  if (type.longName !== MODE_ROW || deviations.length !== judged.length) return false;
  return deviations.every(({ kind }) => kind === 'missing');
}

/**
 * Whether a maximal age (rdb.md#maximum-age) could leave the expected file out: it works only where short and long name are the same, and not
 * for a file that is younger than others of the type that were answered.
 */
function mayBeTooOld({ misfit, product }: KnownDeviation, question: JudgedQuestion): boolean {
  const { type, products } = question;
  const [expected] = misfit.lost[0] ?? [];
  const times = products[product];
  if (!expected || !times || type.shortName !== type.longName) return false;
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
 * in its place, or files of other types for the same product, are of the same configuration.
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
  const inPlace = question.answers[deviation.product]?.names ?? [];
  const compared = inPlace.length > 0 ? inPlace : (products[deviation.product]?.files ?? []);
  return !compared.some((name) => configurations?.get(name) === wanted);
}

/** Types, and files for each, whose configuration is looked up. */
const LOOKED_UP = 12;

/** Names of files whose configurations would settle a doubt. */
export function configurationsWanted(
  questions: readonly JudgedQuestion[],
  { products }: CampaignFacts,
): readonly string[] {
  const names = questions.flatMap(({ deviations, answers }) => {
    const [deviation] = deviations.filter(({ misfit }) => misfit.lost.some(([file]) => CONFIGURED.test(file.name)));
    if (!deviation) return [];
    const inPlace = answers[deviation.product]?.names ?? [];
    const compared = inPlace.length > 0 ? inPlace : (products[deviation.product]?.files ?? []);
    const expected = deviation.misfit.lost[0]?.[0].name ?? '';
    return [expected, ...compared.filter((name) => CONFIGURED.test(name)).slice(0, 4)];
  });
  return [...new Set(names)].slice(0, LOOKED_UP);
}
