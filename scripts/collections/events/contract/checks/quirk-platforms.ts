import type { Answer } from '../answer';
import { entriesOf } from '../baseline-sample';
import { finding, type Finding } from '../finding';
import { QUIRKS } from '../quirks';
import type { Scope } from '../scope';
import { callOf, samplesOf, type Sample } from '../selection/samples';

const COUNTS = 'quirk_platforms';

/** Files by platform, in the order asked for. */
type Counts = Readonly<Record<string, number>>;

/** The first sample of each platform. */
function platformSamples(scope: Scope): readonly Sample[] {
  const samples = samplesOf(scope);
  return samples.filter((one, place) => samples.findIndex((other) => platformOf(other) === platformOf(one)) === place);
}

const platformOf = ({ mission }: Sample): string => mission.slice(0, 2);

/** Asks for a product of each platform in turn; says whether all of them get files. */
export function quirkPlatforms(answer: Answer, scope: Scope): Finding[] {
  const samples = platformSamples(scope);
  const before = (scope.recall(COUNTS) ?? {}) as Counts;
  const sample = samples[Object.keys(before).length];
  if (!sample) return [];
  const files = entriesOf(answer).reduce((sum, { AuxDataFiles }) => sum + AuxDataFiles.length, 0);
  const counts = { ...before, [platformOf(sample)]: files };
  const next = samples[Object.keys(counts).length];
  if (next) {
    scope.remember('quirk_call', callOf(next));
    scope.remember(COUNTS, counts);
    scope.repeat();
    return [];
  }
  scope.remember(COUNTS, '');
  return [finding('Every platform gets files', () => emptyPlatforms(counts))];
}

function emptyPlatforms(counts: Counts): string | undefined {
  const empty = Object.keys(counts).filter((platform) => counts[platform] === 0);
  if (empty.length === 0) return undefined;
  const text = Object.entries(counts)
    .map(([platform, count]) => `${platform} ${count}`)
    .join(', ');
  const some = empty.length < Object.keys(counts).length;
  return `files: ${text}. ${some ? QUIRKS.firstPlatform : QUIRKS.poisonedCache}`;
}
