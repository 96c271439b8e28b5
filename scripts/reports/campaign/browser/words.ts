import type { CellState, PictureCell, PictureFile, PictureLevel0, PictureType } from '../campaign-picture';

export const STATE_WORDS: Readonly<Record<CellState, string>> = {
  'not-applicable': 'not applicable',
  present: 'present',
  allowed: 'missing, allowed',
  unknown: 'cannot tell',
  unexpected: 'unexpected',
  duplicate: 'listed twice',
  wrong: 'another file is right',
  missing: 'missing',
};

/** A year from which on an end is taken as "for ever". */
const OPEN_END = Date.UTC(2090, 0) / 1000;

export function isOpen(stop: number | undefined): boolean {
  return stop !== undefined && stop >= OPEN_END;
}

/** `2024-03-01 06:00:00`, UTC. */
export function timeWords(seconds: number | undefined): string {
  if (seconds === undefined) return 'unknown';
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

export function spanWords({ start, stop }: { start?: number; stop?: number }): string {
  return `${timeWords(start)} to ${isOpen(stop) ? 'open end' : timeWords(stop)}`;
}

/** `2 d 3 h`, `5 min 10 s`: the two largest units. */
export function durationWords(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.round(Math.abs(seconds));
  for (const [unit, length] of UNITS) {
    const count = Math.floor(rest / length);
    if (count > 0 && parts.length < 2) parts.push(`${count} ${unit}`);
    rest -= count * length;
  }
  return parts.join(' ') || '0 s';
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

export function bytesWords(bytes: number | undefined): string {
  if (bytes === undefined) return '';
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), SIZES.length - 1);
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : Number(value.toPrecision(3))} ${SIZES[power] ?? 'B'}`;
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** What a cell explains of itself, as term and description. */
export function explain(
  cell: PictureCell,
  type: PictureType,
  level0: PictureLevel0,
  files: readonly PictureFile[],
): [term: string, text: string][] {
  const names = (places: readonly number[] = []): string[] =>
    places.map((place) => fileWords(files[place], type, level0));
  const next = cell.next === undefined ? undefined : files[cell.next];
  return [
    ['Level-0 product', level0.name],
    ['Sensing', spanWords(level0)],
    ['ADF type', type.name],
    ['State', STATE_WORDS[cell.state] + (cell.reason ? `: ${cell.reason}` : '')],
    ['Rule', ruleWords(type, level0)],
    ...names(cell.files).map((text): [string, string] => ['Named', text]),
    ...names(cell.expected).map((text): [string, string] => ['Expected', text]),
    ...(next ? [['Next candidate', fileWords(next, type, level0)] as [string, string]] : []),
  ];
}

function ruleWords({ rule, words, delta0, delta1 }: PictureType, { start, stop }: PictureLevel0): string {
  if (rule === undefined) return 'none: this type is not expected for the request';
  const interval =
    start === undefined || stop === undefined
      ? ''
      : ` For ${spanWords({ start: start - delta0, stop: stop + delta1 })}${widenedWords(delta0, delta1)}.`;
  return `${rule}${words ? `: ${words}` : ''}.${interval}`;
}

function widenedWords(delta0: number, delta1: number): string {
  return delta0 === 0 && delta1 === 0
    ? ''
    : ` (sensing widened by ${durationWords(delta0)} before and ${durationWords(delta1)} after)`;
}

function fileWords(file: PictureFile | undefined, type: PictureType, { start, stop }: PictureLevel0): string {
  if (!file) return 'unknown file';
  const parts = [file.name, `valid ${spanWords(file)}`];
  if (file.start !== undefined && file.stop !== undefined && start !== undefined && stop !== undefined) {
    const [before, after] = [start - type.delta0 - file.start, file.stop - stop - type.delta1];
    parts.push(`margin ${margin(before, 'before')}, ${isOpen(file.stop) ? 'no end' : margin(after, 'after')}`);
  }
  if (file.creation !== undefined && start !== undefined) parts.push(ageWords(start - file.creation));
  if (file.eviction !== undefined) parts.push(`in the catalogue until ${timeWords(file.eviction)}`);
  return parts.join('; ');
}

function margin(seconds: number, where: string): string {
  return seconds < 0 ? `${durationWords(seconds)} short ${where}` : `${durationWords(seconds)} ${where}`;
}

function ageWords(seconds: number): string {
  return `made ${durationWords(seconds)} ${seconds < 0 ? 'after' : 'before'} sensing`;
}
