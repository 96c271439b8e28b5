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
    { words: ` of ${platform}`, has: (another) => another.platform === platform },
    { words: ` of ${type.mission}`, has: (another) => another.type.mission === type.mission },
    { words: ` of type ${type.longName}`, has: (another) => another.type.longName === type.longName },
    { words: ` of type ${type.longName}`, has: (another) => another.type.longName === type.longName },
    { words: unit === 'X' ? ' for both units' : ` of unit ${unit}`, has: (another) => another.unit === unit },
    { words: ` of types that ${made} needs`, has: (another) => another.type.productTypes.includes(made) },
    {
      words: ` whose name has a time of hour ${hour}`,
      has: (another) => new RegExp(String.raw`\d{8}${hour}`).test(another.name),
    },
    file.size > LARGE
      ? large
      : { words: ` in format ${type.format}`, has: (another) => another.type.format === type.format },
  ]);
}
