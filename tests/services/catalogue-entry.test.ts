import { describe, expect, test } from 'vitest';
import { readEntry } from '../../scripts/services/catalogue-entry';

const MD5 = '3f4f57e7e1680b9f461ff4e96eff4e74';
const checksum = (Value: string, Algorithm = 'MD5') => ({ ChecksumDate: '2021-03-04T11:44:30.18Z', Algorithm, Value });
const ROW = {
  '@odata.context': '$metadata#Products/$entity',
  Id: '7fc282fc-4a00-417f-b77c-4e851440105a',
  Name: 'S2A_OPER_GIP_R2DENT_MPC__20150605T094742_V20150622T000000_21000101T000000_B06.TGZ',
  ContentLength: 6177,
  PublicationDate: '2021-03-04T11:44:30.180942Z',
  Checksum: [checksum(MD5)],
};

function entryOf(part: object) {
  const read = readEntry({ ...ROW, ...part });
  return 'entry' in read ? read.entry : read;
}

test('an entry as it comes', () => {
  expect(entryOf({})).toEqual({
    id: ROW.Id,
    name: ROW.Name,
    contentLength: 6177,
    md5: MD5,
    publicationDate: '2021-03-04T11:44:30.180942Z',
  });
});

test.each([
  ['an offset', '2024-01-01T00:00:00+02:00', '2023-12-31T22:00:00.000Z'],
  ['small letters', '2024-01-01t00:00:00z', '2024-01-01T00:00:00.000Z'],
  ['a blank', '2024-01-01 00:00:00Z', '2024-01-01T00:00:00.000Z'],
  ['thirty digits', `2024-01-01T00:00:00.${'1'.repeat(30)}Z`, '2024-01-01T00:00:00.111Z'],
  ['a leap second', '2016-12-31T23:59:60Z', '2016-12-31T23:59:60Z'],
  ['the year 0', '0000-01-01T00:00:00Z', '0000-01-01T00:00:00Z'],
  ['the last year', '9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
])('a time of publication with %s is one that a lock can hold', (_what, PublicationDate, publicationDate) => {
  expect(entryOf({ PublicationDate })).toMatchObject({ publicationDate });
});

test.each([
  'Tue, 15 Nov 1994 08:12:31 GMT',
  '1700000000',
  '+275760-09-13T00:00:00Z',
  'soon',
  '2024-01-01T00:00\n'.repeat(9),
])('%j is no time of publication', (PublicationDate) =>
  expect(entryOf({ PublicationDate })).toMatchObject({ missing: 'PublicationDate' }),
);

describe('read tolerantly', () => {
  test('newline behind the name', () => expect(entryOf({ Name: `${ROW.Name}\n` })).toHaveProperty('name', ROW.Name));
  test('size as text (IEEE754Compatible)', () => {
    expect(entryOf({ ContentLength: '16800000000' })).toHaveProperty('contentLength', 16_800_000_000);
  });
  test('size 0', () => expect(entryOf({ ContentLength: 0 })).toHaveProperty('contentLength', 0));
  test('id in capitals', () => expect(entryOf({ Id: ROW.Id.toUpperCase() })).toHaveProperty('id', ROW.Id));
  test('MD5 in capitals, algorithm in small letters', () => {
    expect(entryOf({ Checksum: [checksum(MD5.toUpperCase(), 'md5')] })).toHaveProperty('md5', MD5);
  });
  test('another algorithm beside it, and MD5 twice', () => {
    const Checksum = [checksum('ab'.repeat(32), 'SHA-256'), checksum(MD5), checksum(MD5.toUpperCase())];
    expect(entryOf({ Checksum })).toHaveProperty('md5', MD5);
  });
});

describe('an MD5 that proves nothing is none', () => {
  test.each([
    ['absent', undefined],
    ['null', null],
    ['empty list', []],
    ['not hexadecimal', [checksum('z'.repeat(32))]],
    ['too short', [checksum('ab')]],
    ['two that differ', [checksum(MD5), checksum('0'.repeat(32))]],
  ])('%s', (_name, Checksum) => expect(entryOf({ Checksum })).toHaveProperty('md5', undefined));
});

describe('what is missing is named', () => {
  test.each([
    ['no size', { ContentLength: undefined }, 'ContentLength'],
    ['negative size', { ContentLength: -1 }, 'ContentLength'],
    ['size as words', { ContentLength: 'big' }, 'ContentLength'],
    ['no name', { Name: ' ' }, 'Name'],
    ['several', { Id: 1, PublicationDate: null }, 'Id, PublicationDate'],
  ])('%s', (_name, part, missing) => expect(entryOf(part)).toHaveProperty('missing', missing));

  test('of something that is no object', () => {
    expect(readEntry([])).toEqual({ name: '', missing: 'Id, Name, ContentLength, PublicationDate' });
    expect(readEntry(null)).toHaveProperty('missing');
  });
});
