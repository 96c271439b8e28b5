import pc from 'picocolors';
import type { Diagnosis } from '../../diagnostics/doctor/diagnosis';
import { shortened } from './shortened';

const COLOUR = { ok: pc.green, failing: pc.red, unknown: pc.yellow } as const;
const [PART, VERDICT, SECONDS] = [14, 9, 9];
/** Columns for what was seen: with those before it, what a terminal usually has. */
const SEEN = 80;

/** The doctor's table: a row per part, what to do next below what was seen. */
export function diagnosisLines(parts: readonly Diagnosis[]): string[] {
  const heading = `${'part'.padEnd(PART)}${'verdict'.padEnd(VERDICT)}${'seconds'.padEnd(SECONDS)}result, and what to do next`;
  return ['', `  ${pc.dim(heading)}`, ...parts.flatMap(rowLines)];
}

function rowLines({ part, verdict, seconds, seen, next }: Diagnosis): string[] {
  const [first = '', ...others] = wrapped(shortened(seen), SEEN);
  const nexts = next === undefined ? [] : wrapped(`→ ${next}`, SEEN);
  const beginning = `${part.padEnd(PART)}${COLOUR[verdict](verdict.padEnd(VERDICT))}${seconds.toFixed(2).padEnd(SECONDS)}`;
  const below = ' '.repeat(PART + VERDICT + SECONDS);
  return [`  ${beginning}${first}`, ...[...others, ...nexts].map((line) => `  ${below}${line}`)];
}

/** Breaks at blanks; a word that is too long stands on a line of its own. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
