import { parseAdfName } from '../../../../sentinel/adf-name';
import type { Answer } from '../answer';
import { attributesOf, keepSample, memberOf, type Row } from '../catalogue-sample';
import { keepSeeds } from '../catalogue-seeds';
import { difference, finding, setDifference, type Finding } from '../finding';
import type { Scope } from '../scope';

/** A page that is full may be cut off, and nothing says so (auxip.md §2.2). */
const PAGE = 200;

/** The sample comes in: whole, of distinct rows, each of which agrees with its own name. Seeds for other cases are taken from it. */
export function readSample(answer: Answer, scope: Scope): Finding[] {
  const { value, '@odata.count': count } = answer.json() as { value: Row[]; '@odata.count': unknown };
  if (value.length > 0) {
    keepSample(value, scope);
    keepSeeds(value, scope);
  }
  return [
    finding('The sample has rows, and fewer than a page', () =>
      value.length > 1 && value.length < PAGE
        ? undefined
        : `${value.length} rows: set catalogue_sample to another filter`,
    ),
    finding('@odata.count is the number of rows', () => difference(value.length, count)),
    finding('Every id stands once', () =>
      setDifference(
        [...new Set(value.map(({ Id }) => Id))],
        value.map(({ Id }) => Id),
        'ids',
      ),
    ),
    ...PROMISES.map(([promise, problemOf]) =>
      finding(promise, () => {
        for (const row of value) {
          const problem = problemOf(row);
          if (problem !== undefined) return `${row.Name}: ${problem}`;
        }
        return undefined;
      }),
    ),
  ];
}

const UTC_DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.]\d{0,5}[1-9])?Z$/;
const DATES = ['OriginDate', 'PublicationDate', 'ContentDate/Start', 'ContentDate/End'];

const PROMISES: readonly (readonly [promise: string, problemOf: (row: Row) => string | undefined])[] = [
  ['Every row has exactly the recorded members', (row) => setDifference(MEMBERS, Object.keys(row), 'members')],
  ['Every name is one of an auxiliary file', (row) => (parseAdfName(row.Name) ? undefined : 'no such name is known')],
  [
    'Every date is UTC without needless zeros',
    (row) => {
      const wrong = DATES.filter((date) => !UTC_DATE.test(String(memberOf(row, date))));
      return wrong.length > 0
        ? `${wrong.join(', ')}: ${wrong.map((date) => String(memberOf(row, date))).join(', ')}`
        : undefined;
    },
  ],
  [
    'ContentDate is the validity in the name',
    (row) => {
      const name = parseAdfName(row.Name);
      return (
        name &&
        difference([name.start, name.stop], [instant(row, 'ContentDate/Start'), instant(row, 'ContentDate/End')])
      );
    },
  ],
  [
    'OriginDate is the creation in the name',
    (row) => {
      const name = parseAdfName(row.Name);
      return name && difference(name.creation, instant(row, 'OriginDate'));
    },
  ],
  [
    'One MD5 of 32 hex digits',
    (row) => {
      const [checksum, ...others] = row.Checksum as { Algorithm: string; Value: string; ChecksumDate: string }[];
      if (!checksum || others.length > 0) return `${others.length + (checksum ? 1 : 0)} checksums`;
      if (!UTC_DATE.test(checksum.ChecksumDate)) return `ChecksumDate ${checksum.ChecksumDate}`;
      return checksum.Algorithm === 'MD5' && /^[0-9a-f]{32}$/.test(checksum.Value)
        ? undefined
        : `${checksum.Algorithm} ${checksum.Value}`;
    },
  ],
  [
    'ContentLength is a whole number of bytes above 0',
    (row) =>
      Number.isSafeInteger(row.ContentLength) && Number(row.ContentLength) > 0 ? undefined : String(row.ContentLength),
  ],
  ['ContentType is the recorded constant', (row) => difference('application/octet-stream', row.ContentType)],
  [
    'beginningDateTime and endingDateTime are the ContentDate',
    (row) => {
      const attribute = (name: string): unknown => attributesOf(row).find(({ Name }) => Name === name)?.Value;
      return difference(
        [memberOf(row, 'ContentDate/Start'), memberOf(row, 'ContentDate/End')],
        [attribute('beginningDateTime'), attribute('endingDateTime')],
      );
    },
  ],
  [
    'productType is the type in the name',
    (row) => {
      const type = attributesOf(row).find(({ Name }) => Name === 'productType')?.Value;
      return typeof type === 'string' && row.Name.includes(type.replace(/_B\w\w$/, ''))
        ? undefined
        : `productType ${String(type)}`;
    },
  ],
];

const MEMBERS = [
  ...['@odata.mediaContentType', 'Id', 'Name', 'ContentType', 'ContentLength', 'OriginDate', 'PublicationDate'],
  ...['Checksum', 'ContentDate', 'Attributes'],
];

function instant(row: Row, property: string): number {
  return Date.parse(String(memberOf(row, property)));
}
