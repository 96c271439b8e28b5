/** What an entry of the catalogue promises about itself: its form, and that its parts agree with its name and one another. */
import { parseAdfName } from '../../../sentinel/adf-name';
import { attributesOf, memberOf, type Row } from '../catalogue-sample';
import { difference, finding, firstProblem, setDifference, shown, type Finding } from '../finding';
import type { Scope } from '../scope';

type Promise = readonly [promise: string, problemOf: (row: Row) => string | undefined];

/** `now`: the service's time. The official specification has one property more, and dates of another form (auxip.md#specification-icd). */
export function rowPromises(scope: Scope, now: number | undefined): readonly Promise[] {
  const isOfficial = scope.value('profile') === 'icd';
  return [...(isOfficial ? OFFICIAL : RECORDED), ...NAMES_AND_DATES, publishedBy(now), ...FILES, ...ATTRIBUTES];
}

/** Each of the promises, looked at in all rows; `prefix` begins its sentence. */
export function rowFindings(rows: readonly Row[], promises: readonly Promise[], prefix = ''): Finding[] {
  return promises.map(([promise, problemOf]) =>
    finding(`${prefix}${promise}`, () => firstProblem(rows, ({ Name }) => Name, problemOf)),
  );
}

const MEMBERS = [
  ...['@odata.mediaContentType', 'Id', 'Name', 'ContentType', 'ContentLength', 'OriginDate', 'PublicationDate'],
  ...['Checksum', 'ContentDate', 'Attributes'],
];
const DATES = ['OriginDate', 'PublicationDate', 'Checksum/0/ChecksumDate', 'ContentDate/Start', 'ContentDate/End'];

const RECORDED: readonly Promise[] = [
  ['Every row has exactly the recorded members', (row) => setDifference(MEMBERS, Object.keys(row), 'members')],
  [
    'Every date is UTC without needless zeros',
    (row) => wrongDates(row, DATES, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.]\d{0,5}[1-9])?Z$/),
  ],
  ['The media type is the recorded constant', (row) => difference('application/json', row['@odata.mediaContentType'])],
  ['The dates of the attributes are written like the others', (row) => textsOfDates(row)],
];

const OFFICIAL: readonly Promise[] = [
  [
    'Every row has the members of the specification',
    (row) => setDifference([...MEMBERS, 'EvictionDate'], Object.keys(row), 'members'),
  ],
  [
    'Every date is UTC with milliseconds',
    (row) => wrongDates(row, [...DATES, 'EvictionDate'], /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[.]\d{3}Z$/),
  ],
  [
    'Eviction comes after publication',
    (row) =>
      instant(row, 'EvictionDate') > instant(row, 'PublicationDate')
        ? undefined
        : `EvictionDate ${shown(row['EvictionDate'])}`,
  ],
];

function wrongDates(row: Row, dates: readonly string[], form: RegExp): string | undefined {
  const wrong = dates.filter((date) => !form.test(String(memberOf(row, date))));
  return wrong.length > 0
    ? `${wrong.join(', ')}: ${wrong.map((date) => String(memberOf(row, date))).join(', ')}`
    : undefined;
}

function textsOfDates(row: Row): string | undefined {
  return difference(
    ['ContentDate/Start', 'ContentDate/End'].map((date) => memberOf(row, date)),
    ['beginningDateTime', 'endingDateTime'].map((name) => attribute(row, name)),
  );
}

const NAMES_AND_DATES: readonly Promise[] = [
  [
    'Every id is a UUID in small letters',
    ({ Id }) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(Id) ? undefined : Id),
  ],
  ['Every name is one of an auxiliary file', (row) => (parseAdfName(row.Name) ? undefined : 'no such name is known')],
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
    'It was published after it was made',
    (row) =>
      instant(row, 'PublicationDate') >= instant(row, 'OriginDate')
        ? undefined
        : `PublicationDate ${shown(row['PublicationDate'])}, OriginDate ${shown(row['OriginDate'])}`,
  ],
];

/** Clocks differ; a time zone more or less is no promise broken. */
const A_DAY = 86_400_000;

/** `now`: the service's time, epoch milliseconds; where it does not say, nothing is in the future. */
function publishedBy(now = Infinity): Promise {
  return [
    'PublicationDate is not in the future',
    (row) =>
      instant(row, 'PublicationDate') < now + A_DAY ? undefined : `PublicationDate ${shown(row['PublicationDate'])}`,
  ];
}

const FILES: readonly Promise[] = [
  [
    'One MD5 of 32 hex digits, as old as the publication',
    (row) => {
      const [checksum, ...others] = row['Checksum'] as { Algorithm: string; Value: string; ChecksumDate: string }[];
      if (!checksum || others.length > 0) return `${others.length + (checksum ? 1 : 0)} checksums`;
      if (checksum.Algorithm !== 'MD5' || !/^[0-9a-f]{32}$/.test(checksum.Value))
        return `${checksum.Algorithm} ${checksum.Value}`;
      return difference(row['PublicationDate'], checksum.ChecksumDate);
    },
  ],
  [
    'ContentLength is a whole number of bytes above 0',
    ({ ContentLength }) =>
      Number.isSafeInteger(ContentLength) && Number(ContentLength) > 0 ? undefined : shown(ContentLength),
  ],
  ['ContentType is the recorded constant', (row) => difference('application/octet-stream', row['ContentType'])],
];

const ATTRIBUTES: readonly Promise[] = [
  [
    'Every attribute has a value of its type, and its name once',
    (row) => {
      const names = attributesOf(row).map(({ Name }) => Name);
      const wrong = attributesOf(row).find((item) => !isTyped(item));
      return wrong ? shown(wrong) : setDifference([...new Set(names)], names, 'attributes');
    },
  ],
  [
    'Attributes are in the order of their types',
    (row) => {
      const types = attributesOf(row).map(({ ValueType }) => VALUE_TYPES.indexOf(ValueType));
      return difference([...types].sort(), types);
    },
  ],
  [
    'beginningDateTime and endingDateTime are the ContentDate, processingDate is the OriginDate',
    (row) =>
      difference(
        ['ContentDate/Start', 'ContentDate/End', 'OriginDate'].map((date) => instant(row, date)),
        ['beginningDateTime', 'endingDateTime', 'processingDate'].map((name) =>
          Date.parse(String(attribute(row, name))),
        ),
      ),
  ],
  [
    'productType is the type in the name',
    (row) => {
      const { type = '', band } = parseAdfName(row.Name) ?? {};
      const types = [...(band === undefined || band === 'B00' ? [type] : []), ...(band ? [`${type}_${band}`] : [])];
      const said = attribute(row, 'productType');
      return said !== undefined && types.includes(said) ? undefined : `productType ${shown(said)}`;
    },
  ],
  [
    'The attributes of the platform are those in the name',
    (row) => {
      const { platform = '', unit = '' } = parseAdfName(row.Name) ?? {};
      const [family, serial] = [attribute(row, 'platformShortName'), attribute(row, 'platformSerialIdentifier')];
      const isFamily = family === undefined || family.includes(platform.slice(1));
      const isUnit = serial === undefined || unit === 'X' || serial.endsWith(unit);
      return isFamily && isUnit ? undefined : `platform ${shown(family)}, unit ${shown(serial)}`;
    },
  ],
  [
    'timeliness is that in the name',
    (row) => {
      const timeliness = attribute(row, 'timeliness');
      return timeliness === undefined || row.Name.includes(`_${timeliness}_`)
        ? undefined
        : `timeliness ${shown(timeliness)}`;
    },
  ],
];

const VALUE_TYPES = ['String', 'Integer', 'Double', 'DateTimeOffset'];

function isTyped(item: {
  readonly ValueType: string;
  readonly Value: unknown;
  readonly '@odata.type'?: string;
}): boolean {
  if (item['@odata.type'] !== `#OData.CSC.${item.ValueType}Attribute`) return false;
  switch (item.ValueType) {
    case 'String':
      return typeof item.Value === 'string';
    case 'DateTimeOffset':
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.]\d+)?Z$/.test(String(item.Value));
    default:
      return typeof item.Value === 'number';
  }
}

/** Undefined where the row has no such attribute, or none that is a text. */
function attribute(row: Row, name: string): string | undefined {
  const value = attributesOf(row).find(({ Name }) => Name === name)?.Value;
  return typeof value === 'string' ? value : undefined;
}

function instant(row: Row, property: string): number {
  return Date.parse(String(memberOf(row, property)));
}
