import type { ContractCase } from '../../../contract-case';
import { answered, FUNCTION, getCase, observed, satellite } from '../rdb-cases';
import { MALFORMED, NOTHING, refusal } from './call';

const call = (start: string, stop: string): string => `${FUNCTION}(start=${start},stop=${stop},${satellite(NOTHING)})`;
const EMPTY = answered({ is: 'baseline-empty', entries: [] });
const [FROM, TO] = ['1999-11-01T00:00:00Z', '1999-11-03T00:00:00Z'];
const WRONG_START = "Invalid value for property 'start'.";

const FORMS: readonly (readonly [key: string, start: string])[] = [
  ['seconds', FROM],
  ['minutes', '1999-11-01T00:00Z'],
  ['fraction', '1999-11-01T00:00:00.123Z'],
  ['plus', '1999-11-01T00:00:00%2B05:00'],
  ['raw-plus', '1999-11-01T00:00:00+05:00'],
  ['minus', '1999-11-01T00:00:00-05:00'],
  ['lower-case', '1999-11-01t00:00:00z'],
  ['encoded', '1999-11-01T00%3A00%3A00Z'],
];

const WRONG: readonly (readonly [key: string, start: string, message: string])[] = [
  ['date', '1999-11-01', WRONG_START],
  ['february', '1999-02-30T00:00:00Z', WRONG_START],
  ['year', '11999-11-01T00:00:00Z', WRONG_START],
  ['month', '1999-13-01T00:00:00Z', MALFORMED],
  ['hour', '1999-11-01T24:00:00Z', MALFORMED],
  ['second', '1999-11-01T00:00:60Z', MALFORMED],
  ['zone', '1999-11-01T00:00:00', MALFORMED],
];

/** Times of an interval without products (rdb.md#calls). */
export function intervalCases(): ContractCase[] {
  return [
    ...FORMS.map(([key, start]) =>
      getCase(
        `rdb-time-${key}`,
        `A time may be written ${start}`,
        call(start, TO),
        EMPTY,
        observed('rdb.md#calls', 'DateTimeOffset: seconds optional, three digits of a fraction, offsets, lower case.'),
        { severity: 'shape' },
      ),
    ),
    ...WRONG.map(([key, start, message]) =>
      refusal(`rdb-wrong-time-${key}`, `${start} is not a time`, call(start, TO), message),
    ),
    refusal(
      'rdb-wrong-stop',
      'A wrong stop is named as such',
      call(FROM, '1999-11-31T00:00:00Z'),
      "Invalid value for property 'stop'.",
    ),
    quoted(),
    getCase(
      'rdb-start-after-stop',
      'An interval that ends before it begins is empty',
      call('{{sample_stop}}', '{{sample_start}}'),
      EMPTY,
      observed('rdb.md#empty-lists', 'start > stop: an empty list with 200.'),
    ),
  ];
}

function quoted(): ContractCase {
  return {
    ...refusal('rdb-quoted-times', 'Times are not quoted', call(`'${FROM}'`, `'${TO}'`), WRONG_START),
    severity: 'contract',
    profiles: ['adg'],
    promised: {
      basis: 'documented',
      cite: 'rdb.md#manuals',
      says: 'Start and stop are in quotes.',
      expect: EMPTY,
    },
  };
}
