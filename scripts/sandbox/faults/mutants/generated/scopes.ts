/** Which of the files a defect concerns. */
import type { Random } from './random';
import type { FileFacts } from './facts';

export interface Scope {
  /** Ends a sentence: `of S2MSI`; empty for all. */
  readonly words: string;
  readonly has: (file: FileFacts) => boolean;
}

export const EVERYTHING: Scope = { words: '', has: () => true };

/** bytes; some of the built-in catalogue's files are larger. */
const LARGE = 1_000_000;

/** One that the file itself is in: narrow ones as likely as wide ones. */
export function scopeAround(file: FileFacts, random: Random): Scope {
  const { type, unit, platform } = file;
  const hour = random.pick([...file.name.matchAll(/\d{8}(T\d\d)\d{4}/g)].map(([, text = '']) => text));
  const made = random.pick(type.productTypes);
  const large = { words: ' of more than 1 MB', has: ({ size }: FileFacts) => size > LARGE };
  return random.pick<Scope>([
    EVERYTHING,
    EVERYTHING,
    { words: ` of ${platform}`, has: (other) => other.platform === platform },
    { words: ` of ${type.mission}`, has: (other) => other.type.mission === type.mission },
    { words: ` of type ${type.longName}`, has: (other) => other.type.longName === type.longName },
    { words: ` of type ${type.longName}`, has: (other) => other.type.longName === type.longName },
    { words: unit === 'X' ? ' for both units' : ` of unit ${unit}`, has: (other) => other.unit === unit },
    { words: ` of types that ${made} needs`, has: (other) => other.type.productTypes.includes(made) },
    {
      words: ` whose name has a time of hour ${hour}`,
      has: (other) => new RegExp(String.raw`\d{8}${hour}`).test(other.name),
    },
    file.size > LARGE
      ? large
      : { words: ` in format ${type.format}`, has: (other) => other.type.format === type.format },
  ]);
}
