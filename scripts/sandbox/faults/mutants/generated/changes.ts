/** Ways in which one value can be wrong. */
import type { Severity } from './draft';

/** What else is at hand where a value stands. */
export interface Around {
  /** The same property of the next row of the list, or of the one before. */
  readonly neighbour?: unknown;
  /** The same property as it was answered last. */
  readonly previous?: unknown;
}

export interface Change {
  /** Ends a sentence that began with the property: `is null`. */
  readonly words: string;
  /** `value`: another value of the right form; `form`: a reader fails, or stumbles. */
  readonly is: 'value' | 'form' | 'writing';
  /** GONE leaves the property out; the same value says that the change does not apply. */
  readonly apply: (value: unknown, around: Around) => unknown;
}

export const GONE = Symbol('left out');

export type Kind = 'text' | 'date' | 'java-date' | 'number' | 'flag' | 'list' | 'link' | 'id';

export function changesOf(kind: Kind): readonly Change[] {
  return [...ANY, ...OF_KIND[kind]];
}

/** `identifying`: a wrong value names or chooses a wrong file. */
export function severityOf({ is }: Change, identifying: boolean): Severity {
  if (is === 'form') return 'contract';
  return is === 'value' && identifying ? 'data' : is === 'value' ? 'contract' : 'shape';
}

const ANY: readonly Change[] = [
  { words: 'is null', is: 'form', apply: () => null },
  { words: 'is missing', is: 'form', apply: () => GONE },
  { words: 'is a list of itself', is: 'form', apply: (value) => [value] },
  { words: 'is that of the neighbouring row', is: 'value', apply: (value, { neighbour }) => neighbour ?? value },
  {
    words: 'is stale: that of the row answered before',
    is: 'value',
    apply: (value, { previous }) => previous ?? value,
  },
];

const text =
  (change: (value: string) => unknown): Change['apply'] =>
  (value) =>
    typeof value === 'string' ? change(value) : value;

const TEXT: readonly Change[] = [
  { words: 'is empty', is: 'value', apply: text(() => '') },
  { words: 'lacks its last character', is: 'value', apply: text((value) => value.slice(0, -1)) },
  { words: 'is cut in half', is: 'value', apply: text((value) => value.slice(0, Math.ceil(value.length / 2))) },
  { words: 'is in lower case', is: 'value', apply: text((value) => value.toLowerCase()) },
  { words: 'is in upper case', is: 'value', apply: text((value) => value.toUpperCase()) },
  { words: 'ends in a blank', is: 'writing', apply: text((value) => `${value} `) },
  { words: 'ends in a newline', is: 'writing', apply: text((value) => `${value}\n`) },
  { words: 'stands twice in a row', is: 'value', apply: text((value) => value + value) },
  { words: 'has _ replaced by -', is: 'value', apply: text((value) => value.replaceAll('_', '-')) },
  { words: 'is a number', is: 'form', apply: text((value) => value.length) },
];

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

const moved = (words: string, by: number): Change => ({
  words,
  is: 'value',
  apply: text((value) => movedDate(value, by)),
});

const DATES: readonly Change[] = [
  moved('is a second late', SECOND),
  moved('is a second early', -SECOND),
  moved('is an hour late', HOUR),
  moved('is two hours early', -2 * HOUR),
  moved('is a day late', DAY),
  moved('is a day early', -DAY),
  moved('is a year early', -365 * DAY),
  { words: 'is cut to the day', is: 'value', apply: text((value) => value.replace(/T[\d:.]+/, 'T00:00:00')) },
  { words: 'is a number', is: 'form', apply: text((value) => Date.parse(value.replace('[GMT]', ''))) },
  { words: 'is empty', is: 'form', apply: text(() => '') },
];

const ISO_DATES: readonly Change[] = [
  { words: 'lacks its Z', is: 'writing', apply: text((value) => value.replace('Z', '')) },
  { words: 'ends in +00:00', is: 'writing', apply: text((value) => value.replace('Z', '+00:00')) },
  { words: 'has a blank for its T', is: 'writing', apply: text((value) => value.replace('T', ' ')) },
  {
    words: 'has three zeros more',
    is: 'writing',
    apply: text((value) => value.replace('Z', value.includes('.') ? '000Z' : '.000Z')),
  },
];

const JAVA_DATES: readonly Change[] = [
  { words: 'lacks its [GMT]', is: 'writing', apply: text((value) => value.replace('[GMT]', '')) },
  { words: 'ends in [UTC]', is: 'writing', apply: text((value) => value.replace('[GMT]', '[UTC]')) },
  { words: 'lacks its Z', is: 'writing', apply: text((value) => value.replace('Z', '')) },
];

const number =
  (change: (value: number) => unknown): Change['apply'] =>
  (value) =>
    typeof value === 'number' ? change(value) : value;

const OF_KIND: Readonly<Record<Kind, readonly Change[]>> = {
  text: TEXT,
  id: [
    ...TEXT,
    {
      words: 'ends in another digit',
      is: 'value',
      apply: text((value) => value.replace(/.$/, (end) => (end === '0' ? '1' : '0'))),
    },
    { words: 'comes without hyphens', is: 'writing', apply: text((value) => value.replaceAll('-', '')) },
  ],
  date: [...DATES, ...ISO_DATES],
  'java-date': [...DATES, ...JAVA_DATES],
  number: [
    { words: 'is one too many', is: 'value', apply: number((value) => value + 1) },
    { words: 'is one too few', is: 'value', apply: number((value) => value - 1) },
    { words: 'is counted in kilobytes', is: 'value', apply: number((value) => Math.round(value / 1000)) },
    { words: 'is 0', is: 'value', apply: number(() => 0) },
    { words: 'is negative', is: 'value', apply: number((value) => -value) },
    { words: 'is a text', is: 'form', apply: number(String) },
    { words: 'has a fraction', is: 'form', apply: number((value) => value + 0.5) },
  ],
  flag: [
    { words: 'is the opposite', is: 'value', apply: (value) => (typeof value === 'boolean' ? !value : value) },
    { words: 'is a text', is: 'form', apply: (value) => (typeof value === 'boolean' ? String(value) : value) },
    { words: 'is a number', is: 'form', apply: (value) => (typeof value === 'boolean' ? Number(value) : value) },
  ],
  list: [
    { words: 'is empty', is: 'value', apply: list((value) => value.slice(0, 0)) },
    { words: 'lacks its last member', is: 'value', apply: list((value) => value.slice(0, -1)) },
    { words: 'has its first member twice', is: 'value', apply: list((value) => [...value.slice(0, 1), ...value]) },
    { words: 'is an object', is: 'form', apply: list((value) => Object.fromEntries(value.entries())) },
  ],
  link: [
    {
      words: 'names another host',
      is: 'value',
      apply: text((value) => value.replace(/^https?:\/\/[^/]+/, 'http://auxip.internal:8080')),
    },
    { words: 'is relative', is: 'form', apply: text((value) => value.replace(/^https?:\/\/[^/]+/, '')) },
    { words: 'lacks /$value', is: 'form', apply: text((value) => value.replace('/$value', '')) },
    {
      words: 'has its id in upper case',
      is: 'writing',
      apply: text((value) => value.replace(/\([^)]*\)/, (id) => id.toUpperCase())),
    },
    { words: 'has its id in quotes', is: 'form', apply: text((value) => value.replace(/\(([^)]*)\)/, "('$1')")) },
    {
      words: 'leads to an id that ends in another digit',
      is: 'value',
      apply: text((value) => value.replace(/.\)/, (end) => (end === '0)' ? '1)' : '0)'))),
    },
    {
      words: 'has two slashes before Products',
      is: 'writing',
      apply: text((value) => value.replace('/Products', '//Products')),
    },
    { words: 'leads to another service', is: 'value', apply: text((value) => value.replace('auxip.svc', 'rdb.svc')) },
    { words: 'is empty', is: 'form', apply: text(() => '') },
  ],
};

function list(change: (value: readonly unknown[]) => unknown): Change['apply'] {
  return (value) => (Array.isArray(value) ? change(value as readonly unknown[]) : value);
}

/** Keeps the way in which the date is written. */
function movedDate(value: string, by: number): string {
  const date = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(.*)$/.exec(value);
  if (!date) return value;
  const [, minute = '', second = '', rest = ''] = date;
  const time = Date.parse(`${minute}${second || ':00'}Z`) + by;
  if (Number.isNaN(time)) return value;
  const text = new Date(time).toISOString().slice(0, 19);
  return (second === '' && text.endsWith(':00') ? text.slice(0, 16) : text) + rest;
}
