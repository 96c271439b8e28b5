/** Types and candidates of a campaign from reprocessing.svc; where it cannot be read, from what is published and what came. */
import { parseAdfName } from '../../sentinel/adf-name';
import { isOfType } from '../../sentinel/adf-types';
import { publishedTypes } from '../../sentinel/published-types';
import { SENTINEL3_COMMON } from '../../sentinel/missions';
import type { Reprocessing } from '../../services/reprocessing';
import { MAX_ANSWER_SECONDS, within } from '../../services/time-limit';
import { beyondNear, questionsFor, type Candidate, type Question, type Span } from './candidates';
import { wantedTypes, type CampaignFacts } from './judge';
import { typesByBoth } from './types-by-both';

export type TypesAndCandidates = Pick<CampaignFacts, 'types' | 'candidatesOf' | 'isListed' | 'otherwise'>;

export interface Wanted {
  readonly mission: string;
  readonly unit: string;
  readonly productType: string;
  readonly span: Span;
}

/**
 * Asks reprocessing.svc, one question after another.
 * @throws Failure TIME_LIMIT, INTERRUPTED, and what `Reprocessing` throws
 */
export async function listedFacts(
  { mission, unit, productType, span }: Wanted,
  reprocessing: Reprocessing,
  signal: AbortSignal,
): Promise<TypesAndCandidates> {
  const asked = <Result>(what: string, ask: (signal: AbortSignal) => Promise<Result>): Promise<Result> =>
    within({ what, seconds: MAX_ANSWER_SECONDS, signal }, ask);
  const missions = mission.startsWith('S3') ? [mission, SENTINEL3_COMMON] : [mission];
  const listed = await asked('the ADF types', (stop) => reprocessing.types(missions, stop));
  const { types, otherwise } = typesByBoth(listed, mission, productType);
  const wanted = wantedTypes(types, mission, productType);
  const platform = mission.slice(0, 2);
  const candidates = new Map(wanted.map(({ longName }) => [longName, new Map<string, Candidate>()]));
  const byOtherRules = wanted.flatMap((type) => {
    const rule = otherwise.rules.get(type.longName);
    return rule && rule !== type.rule ? [{ ...type, rule }] : [];
  });
  const ask = async ({ types: some, options }: Question): Promise<void> => {
    const files = await asked('the auxiliary files', (stop) => reprocessing.files(options, stop));
    for (const file of files) {
      const type = some.find((item) => isOfType(file.name, item));
      // A name may have two records (rdb.md#files-and-links).
      if (type) candidates.get(type.longName)?.set(`${file.name} ${file.start} ${file.stop}`, file);
    }
  };
  const all = [...wanted, ...byOtherRules];
  for (const question of questionsFor(all, platform, unit, span)) await ask(question);
  const alone = all.filter(({ longName }) => candidates.get(longName)?.size === 0);
  for (const question of alone.flatMap((type) => beyondNear(type, platform, unit, span))) await ask(question);
  const sorted = new Map(
    Array.from(candidates, ([name, files]) => [name, [...files.values()].sort(inServiceOrder(platform))]),
  );
  return { types, otherwise, isListed: true, candidatesOf: ({ longName }) => sorted.get(longName) ?? [] };
}

/** Files for all units come first (rdb.md#candidates). */
function inServiceOrder(platform: string): (a: Candidate, b: Candidate) => number {
  const place = ({ name }: Candidate): number => (name.startsWith(`${platform}_`) ? 0 : 1);
  return (a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1);
}

/** The published types, and of files those that the campaign itself names: then a type can be missed that other products have. */
export function publishedFacts(fileNames: readonly string[]): TypesAndCandidates {
  const types = publishedTypes();
  const files = fileNames.flatMap((name): Candidate[] => {
    const parsed = parseAdfName(name);
    return parsed ? [{ name, start: parsed.start, stop: parsed.stop, creation: parsed.creation }] : [];
  });
  return { types, isListed: false, candidatesOf: (type) => files.filter(({ name }) => isOfType(name, type)) };
}
