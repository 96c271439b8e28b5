/** Archives of every kind of harm: what is unpacked is whole and inside its folder, or nothing is. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { archiveKind, unpackedPlace, UNPACK_LIMITS, type ArchiveKind } from '../../scripts/unpack/archive';
import { unpackArchive } from '../../scripts/unpack/unpack-archive';
import { failureOf } from '../helpers/failure-of';
import { madeTar, madeZip, unicodeName, type TarEntry, type ZipEntry } from '../helpers/made-archive';
import { temporaryFolder } from '../helpers/run-cli';

const LIMITS = { ...UNPACK_LIMITS, entries: 20, freeBytes: 10_000, bytes: 100_000, ratio: 10 };

function unpacked(bytes: Buffer, kind: ArchiveKind) {
  const around = temporaryFolder();
  const [archive, folder] = [path.join(around, 'archive'), path.join(around, 'inside')];
  writeFileSync(archive, bytes);
  mkdirSync(folder);
  return { around, folder, files: unpackArchive({ archive, kind, folder, limits: LIMITS }) };
}

const md5 = (text: string | Buffer): string => createHash('md5').update(text).digest('hex');

const LONG = `${'folder/'.repeat(20)}file`;
const FILES = [
  { name: 'X.SEN3/', content: '' },
  { name: 'X.SEN3/manifest.xml', content: '<a/>' },
  { name: 'X.SEN3/data/a file, with blanks (1).nc', content: Buffer.alloc(3000, 'data') },
  { name: 'X.SEN3/empty', content: '' },
  { name: LONG, content: 'deep' },
];

const WITH_TYPES: readonly TarEntry[] = FILES.slice(0, 4).map((file) => ({
  ...file,
  type: file.name.endsWith('/') ? '5' : '0',
}));
const inTwo = (bytes: Buffer): Buffer[] => [bytes.subarray(0, 700), bytes.subarray(700)];

const SOUND: Readonly<Record<string, [ArchiveKind, Buffer]>> = {
  'a zip, stored': ['zip', madeZip(FILES)],
  'a zip, deflated': ['zip', madeZip(FILES.map((file) => ({ ...file, deflated: file.content !== '' })))],
  'a zip with zip64 fields': ['zip', madeZip(FILES.map((file) => ({ ...file, zip64: true })))],
  'a zip of a system without modes': ['zip', madeZip(FILES.map((file) => ({ ...file, mode: 0 })))],
  'a tar': ['tar', madeTar([...WITH_TYPES, ...longName()])],
  'a tgz': ['tgz', gzipSync(madeTar([...FILES.slice(1, 4), ...longName()]))],
  'a tgz of several members, with a name by pax': [
    'tgz',
    Buffer.concat(
      inTwo(madeTar([...FILES.slice(1, 4), pax('path', LONG), { name: 'short', content: 'deep' }])).map((part) =>
        gzipSync(part),
      ),
    ),
  ],
};

function longName(): TarEntry[] {
  return [
    { name: '././@LongLink', type: 'L', content: `${LONG}\0` },
    { name: LONG.slice(0, 99), content: 'deep' },
  ];
}

function pax(key: string, value: string): TarEntry {
  const rest = ` ${key}=${value}\n`;
  const length = [rest.length + 1, rest.length + 2, rest.length + 3].find((n) => String(n).length + rest.length === n);
  return { name: 'pax', type: 'x', content: `${length ?? 0}${rest}` };
}

describe('sound archives', () => {
  test.each(Object.entries(SOUND))('%s', async (_name, [kind, bytes]) => {
    const { folder, files } = unpacked(bytes, kind);
    const expected = FILES.filter(({ name }) => !name.endsWith('/')).map(({ name, content }) => ({
      path: name,
      bytes: content.length,
      md5: md5(content),
    }));
    expect(await files).toEqual(expected.sort((a, b) => (a.path < b.path ? -1 : 1)));
    for (const { path: place, md5: sum } of expected) expect(md5(readFileSync(path.join(folder, place)))).toBe(sum);
  });
});

const zip = (...entries: ZipEntry[]): [ArchiveKind, Buffer] => ['zip', madeZip(entries)];
const tar = (...entries: TarEntry[]): [ArchiveKind, Buffer] => ['tar', madeTar(entries)];
const one = { name: 'a', content: 'content' };
const wholeZip = madeZip([one, { name: 'b', content: 'x'.repeat(3000), deflated: true }]);
const wholeTgz = gzipSync(madeTar([one, { name: 'b', content: Buffer.alloc(3000, 'x') }]));

const NAMES = /not a plain path/;
const UNSAFE_NAMES = [
  ...[
    '../out',
    'a/../../out',
    '/etc/passwd',
    '//server/x',
    'C:/x',
    'C:x',
    'a\\..\\out',
    '..',
    '.',
    'a//b',
    'a/./b',
    '',
  ],
  ...['a\0b', 'a\nb', 'a\u001b[31mb', 'a\u202eb', 'a\u2028b', 'a:stream', 'a*', 'a|b', 'end.', 'end ', 'dir./x'],
  ...['x'.repeat(201), `${'d/'.repeat(32)}x`, `${'directory/'.repeat(71)}x`],
];

const special = /link, a device/;
const damaged = /damaged|ends early|wrong/;
const HOSTILE: readonly (readonly [string, readonly [ArchiveKind, Buffer], RegExp])[] = [
  ...UNSAFE_NAMES.flatMap((name) => [
    [`zip entry ${JSON.stringify(name).slice(0, 30)}`, zip(one, { name }), NAMES] as const,
  ]),
  ...UNSAFE_NAMES.filter((name) => name !== '' && !name.includes('\0') && name.length < 100).map(
    (name) => [`tar entry ${JSON.stringify(name)}`, tar(one, { name }), NAMES] as const,
  ),
  ['tar entry with an absolute name by pax', tar(pax('path', '/etc/passwd'), one), NAMES],
  ['tar entry with a long name that leads out', tar({ name: 'L', type: 'L', content: '../out\0' }, one), NAMES],
  ['zip with a symbolic link', zip({ name: 'l', content: '/etc/passwd', mode: 0o120777 }), special],
  ['zip with a device', zip({ name: 'd', mode: 0o060644 }), special],
  ['zip with a pipe', zip({ name: 'p', mode: 0o010644 }), special],
  [
    'tar with a symbolic link',
    tar({ name: 'l', type: '2', link: '/etc' }, { name: 'l/passwd', content: 'x' }),
    special,
  ],
  ['tar with a hard link', tar(one, { name: 'h', type: '1', link: 'a' }), special],
  ['tar with a device', tar({ name: 'd', type: '3' }), special],
  ['tar with a pipe', tar({ name: 'p', type: '6' }), special],
  ['tar with a sparse file', tar({ name: 's', type: 'S' }), special],
  ['tar with a sparse file by pax', tar(pax('GNU.sparse.major', '1'), one), /sparse/],
  ['zip with a name twice', zip(one, one), /twice/],
  ['zip with names that differ by case', zip(one, { ...one, name: 'A' }), /twice/],
  ['tar with names that differ by form', tar({ name: '\u00e9' }, { name: 'e\u0301' }), /twice/],
  ['zip with a file below a file', zip(one, { name: 'a/b' }), /same name/],
  ['tar with a file in the place of a folder', tar({ name: 'a/b' }, one), /twice/],
  ['zip, encrypted', zip({ ...one, central: { flags: 0x801, packed: 19 }, local: { flags: 0x801 } }), /encrypted/],
  ['zip, encrypted by its local header only', zip({ ...one, local: { flags: 0x801 } }), /disagree/],
  ['zip, strongly encrypted', zip({ ...one, central: { flags: 0x841 } }), /encrypt/i],
  ['zip of an unknown method', zip({ ...one, central: { method: 14 }, local: { method: 14 } }), /method 14/],
  ['zip whose local header has another name', zip({ ...one, local: { name: 'b' } }), /disagree/],
  ['zip whose local header has another method', zip({ ...one, local: { method: 8 } }), /disagree/],
  ['zip whose local header has another size', zip({ ...one, local: { size: 3 } }), /disagree/],
  ['zip with another name in Unicode', zip({ ...one, extra: unicodeName('a', '../b') }), /disagree/],
  ['zip with entries that overlap', zip(one, { ...one, name: 'a', central: { offset: 0 } }), /overlap/],
  ['zip with a wrong checksum', zip({ ...one, central: { crc: 1 }, local: { crc: 1 } }), /checksum/],
  ['zip with a folder that has content', zip({ name: 'f/', content: 'x' }), /folder has content/],
  [
    'zip with a size that is too large',
    zip({ ...one, central: { size: 8, packed: 8 }, local: { size: 8 } }),
    /size|disagree/i,
  ],
  [
    'deflated zip that is longer than it says',
    zip({ name: 'b', content: 'x'.repeat(99), deflated: true, central: { size: 9 }, local: { size: 9 } }),
    damaged,
  ],
  ['zip that says more entries than it has', ['zip', madeZip([one], { count: 2 })], damaged],
  [
    'zip of too many entries',
    zip(...Array.from({ length: 21 }, (_, n) => ({ name: `f${n}` }))),
    /more than 20 entries/,
  ],
  ['zip that says too many entries', ['zip', madeZip([one], { count: 60_000 })], /more than 20 entries/],
  [
    'tar of too many entries',
    tar(...Array.from({ length: 21 }, (_, n) => ({ name: `f${n}` }))),
    /more than 20 entries/,
  ],
  ['zip bomb', zip({ name: 'b', content: Buffer.alloc(50_000), deflated: true }), /unpacks to more than 10000 bytes/],
  [
    'tgz bomb',
    ['tgz', gzipSync(madeTar([{ name: 'b', content: Buffer.alloc(50_000) }]))],
    /unpacks to more than 10000/,
  ],
  ['tgz bomb of headers', ['tgz', gzipSync(Buffer.concat([madeTar([one]), Buffer.alloc(50_000)]))], /unpacks to more/],
  ['zip that is too large in all', zip({ name: 'b', content: Buffer.alloc(100_001) }), /more than 100000 bytes/],
  ['tar that says a huge size', tar({ name: 'b', size: 2 ** 33 - 1 }), /unpacks to more/],
  ['tar with a huge extended header', tar({ name: 'x', type: 'x', size: 2 ** 30 }), /too long/],
  ['tar with a damaged header', tar({ ...one, checksum: 1 }), damaged],
  ['tar without an end', ['tar', madeTar([one], { isEnded: false })], /ends early/],
  [
    'tar that is cut in a file',
    ['tar', madeTar([{ name: 'b', content: Buffer.alloc(3000) }]).subarray(0, 2000)],
    /ends early/,
  ],
  ['gzip in a gzip', ['tgz', gzipSync(wholeTgz)], damaged],
  ...[0, 10, 100, wholeZip.length - 1].map(
    (cut) => [`zip cut to ${cut} bytes`, ['zip', wholeZip.subarray(0, cut)], damaged] as const,
  ),
  ...[0, 10, 60].map((cut) => [`tgz cut to ${cut} bytes`, ['tgz', wholeTgz.subarray(0, cut)], damaged] as const),
  ['tgz without its last byte', ['tgz', wholeTgz.subarray(0, -1)], damaged],
  ['a page of text as zip', ['zip', Buffer.from('<html>'.repeat(100))], damaged],
  ['a page of text as tar', ['tar', Buffer.from('<html>'.repeat(100))], damaged],
  ['a zip as tgz', ['tgz', wholeZip], damaged],
  ['a tgz as zip', ['zip', wholeTgz], damaged],
];

describe('hostile archives', () => {
  test.each(HOSTILE)('%s', async (_name, [kind, bytes], reason) => {
    const { around, files } = unpacked(bytes, kind);
    const failure = await failureOf(files);
    expect(failure).toMatchObject({ code: 'ARCHIVE_REFUSED', name: 'archive' });
    expect(failure).toMatchObject({ reason: expect.stringMatching(reason) as string });
    expect(readdirSync(around).sort()).toEqual(['archive', 'inside']);
  });
});

test('names of archives', () => {
  expect(['a.SEN3.zip', 'a.TGZ', 'a.tar.gz', 'a.tar', 'a.EOF', 'a.zip.xml', 'zip'].map(archiveKind)).toEqual([
    ...['zip', 'tgz', 'tgz', 'tar', undefined, undefined, undefined],
  ]);
  expect(['x/a.SEN3.zip', 'a.TGZ', 'a.EOF'].map(unpackedPlace)).toEqual(['x/a.SEN3', 'a', 'a.EOF']);
});
