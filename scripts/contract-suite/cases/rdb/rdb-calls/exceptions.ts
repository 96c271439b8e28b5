import type { ContractCase } from '../../../contract-case';
import { FUNCTION, getCase, observed, refused, satellite } from '../rdb-cases';

export function exceptionCases(): ContractCase[] {
  const cut = (begin: number, end: number, length: number): string => `begin ${begin}, end ${end}, length ${length}`;
  const byName = (names: string, mission = '{{mission}}'): string =>
    `${FUNCTION}(l0_names='${names}',${satellite('L1SLC', { mission })})`;
  const cases: readonly (readonly [key: string, name: string, url: string, message: string])[] = [
    ['short-name', 'A name of one character', byName('X'), cut(0, 2, 1)],
    ['short-unit', 'A name of two characters', byName('ZZ', 'ZZSAR'), cut(2, 3, 2)],
    ['one-bad', 'One bad name among good ones', byName('{{known_l0}},X'), cut(0, 2, 1)],
    [
      'truncated-name',
      'A name that ends before its times',
      byName(`S1{{unit}}_IW_RAW__0NDV_2020AAAA`, 'S1SAR'),
      cut(17, 32, 25),
    ],
    [
      'no-month',
      'A time of month 13 in a name',
      byName(`S1{{unit}}_IW_RAW__0NDV_20201301T062556_20201301T063833_034599_040733_8B28.SAFE.zip`, 'S1SAR'),
      "Text '20201301T062556' could not be parsed: Invalid value for MonthOfYear (valid values 1 - 12): 13",
    ],
    ['short-mission', 'A mission of one character', byName('{{known_l0}}', 'S'), cut(0, 2, 1)],
    ['empty-mission', 'An empty mission', byName('{{known_l0}}', ''), cut(0, 2, 0)],
    [
      'interval-mission',
      'A mission of two characters with an interval',
      `${FUNCTION}(start=1999-11-01T00:00:00Z,stop=1999-11-03T00:00:00Z,${satellite('L1SLC', { mission: 'S3' })})`,
      cut(2, 4, 2),
    ],
  ];
  return cases.map(([key, name, url, message]) =>
    getCase(
      `rdb-exception-${key}`,
      `${name} fails the whole request`,
      url,
      refused(500, message),
      observed('rdb.md#status-codes', 'Uncaught exceptions become 500 with the raw text.'),
    ),
  );
}
