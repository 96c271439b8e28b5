import { MISSION_NAMES, UNITS } from '../../sentinel/missions';
import type { VerbOption } from './verb-table';

/** What a value of an option may be: one of some words, or a file, or something that nobody can guess. */
export type Values = { readonly words: readonly string[]; readonly files: boolean };

const WORDS: Readonly<Record<string, readonly string[]>> = {
  '--env': ['sandbox', 'production'],
  '--mission': MISSION_NAMES,
  '--unit': UNITS,
  '--download': ['TRUE', 'FALSE'],
};

export function valuesOf({ names, value, choices }: VerbOption): Values {
  const known = names.flatMap((name) => WORDS[name] ?? []);
  return { words: [...choices, ...known], files: /file|folder|lock|path/.test(value) };
}
