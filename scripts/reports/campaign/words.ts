import type { Cell, CellFile } from '../../matrix/explain-cell';
import type { CellReason, MatrixLevel0, MatrixType } from '../../matrix/matrix';
import { RULE_WORDS } from '../../sentinel/rule-words';
import { colourOf, COLOUR_WORDS } from './campaign-picture';

const REASON_WORDS: Readonly<Record<CellReason, string>> = {
  type: 'the baseline names no file of the type',
  some: 'the baseline names some of the files only',
  empty: 'the whole list of the product is empty',
  allowed: '--allow-missing names the type',
  superseded: 'a newer file counts',
  wrong: 'the file named does not apply, or is not the best one',
  surplus: 'a file too many',
  foreign: 'the request does not want this type',
  'no-file': 'reprocessing.svc lists no file of the type',
  'none-applies': 'no file applies at this time',
  attributes: 'the type is not for the mode or polarisation of the product',
  'not-compared': 'judged by being there only, as reprocessing.svc was not read',
  name: 'the name of the product cannot be read',
  'not-listed': 'reprocessing.svc was not read',
  'instrument-configuration': 'the instrument configuration may have left the file out',
  'maximal-age': 'the file may be too old for the service',
  mode: 'a rule by mode may have left the type out',
  beyond: 'a file that lies beyond the time that was asked for',
  rule: 'the rule is not known',
};

/** A year from which on an end is taken as "for ever". Epoch milliseconds. */
const OPEN_END = Date.UTC(2090, 0);

export function isOpen(stop: number | undefined): boolean {
  return stop !== undefined && stop >= OPEN_END;
}

/** `2024-03-01 06:00:00`, UTC, of epoch milliseconds. */
export function timeWords(time: number | undefined): string {
  if (time === undefined || !Number.isFinite(time)) return 'unknown';
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

export function spanWords({ start, stop }: { start?: number; stop?: number }): string {
  if (start === undefined && stop === undefined) return 'unknown';
  return `${timeWords(start)} to ${isOpen(stop) ? 'open end' : timeWords(stop)}`;
}

/** `2 d 3 h`, `5 min 10 s`: the two largest units of a number of seconds. */
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

/** What a cell explains of itself, as terms and descriptions. */
export function explain(cell: Cell, type: MatrixType, level0: MatrixLevel0): [term: string, text: string][] {
  const rows = (term: string, files: readonly CellFile[] = []): [string, string][] =>
    files.map((file) => [term, fileWords(file)]);
  return [
    ['Level-0 product', level0.name + (level0.known ? '' : ' (not in the service’s table)')],
    ['Sensing', spanWords({ start: level0.t0, stop: level0.t1 })],
    ['ADF type', type.type],
    ['State', COLOUR_WORDS[colourOf(cell)] + (cell.why ? `: ${REASON_WORDS[cell.why]}` : '')],
    ['Rule', ruleWords(type, cell)],
    ...rows('Named', cell.answered),
    ...cell.lost.flatMap((alternatives) =>
      rows(alternatives.length > 1 ? 'Expected, one of' : 'Expected', alternatives),
    ),
    ...rows('Otherwise', cell.otherwise),
    ...(cell.otherwise?.length === 0 ? [['Otherwise', 'no other file would be chosen'] as [string, string]] : []),
    ['Candidates', `${type.candidates.length} files of the type`],
  ];
}

function ruleWords({ rule, wanted, deltas }: MatrixType, { interval }: Cell): string {
  if (!wanted) return 'none: the request does not want this type';
  if (rule === undefined) return 'not known';
  const over = interval ? ` For ${spanWords({ start: interval.from, stop: interval.to })}` : '';
  return `${rule}: ${RULE_WORDS[rule]}.${over}${over && widenedWords(deltas)}`;
}

function widenedWords({ delta0, delta1, source }: MatrixType['deltas']): string {
  if (delta0 === 0 && delta1 === 0) return '.';
  return `, the sensing time widened by ${durationWords(delta0)} before and ${durationWords(delta1)} after (${source} deltas).`;
}

function fileWords({ name, start, stop, creation, eviction, marginBefore, marginAfter, age }: CellFile): string {
  const parts = [name];
  if (start !== undefined) parts.push(`valid ${spanWords({ start, stop })}`);
  if (marginBefore !== undefined) parts.push(margin(marginBefore, 'before'));
  if (marginAfter !== undefined) parts.push(isOpen(stop) ? 'no end' : margin(marginAfter, 'after'));
  if (creation !== undefined && age !== undefined)
    parts.push(`made ${timeWords(creation)}, ${durationWords(age)} ${age < 0 ? 'after' : 'before'} sensing`);
  if (eviction !== undefined) parts.push(`in the catalogue until ${timeWords(eviction)}`);
  return parts.join('; ');
}

function margin(seconds: number, where: string): string {
  return seconds < 0 ? `${durationWords(seconds)} short ${where}` : `${durationWords(seconds)} to spare ${where}`;
}
