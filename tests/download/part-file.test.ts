import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { PartFile } from '../../scripts/download/part-file';
import { createPartNames, type PartNames } from '../../scripts/download/part-names';
import { createSharedPartNames } from '../../scripts/download/shared-part-names';
import { temporaryFolder } from '../helpers/create-test-site';
import { failureOf } from '../helpers/failure-of';

const ONE = Buffer.alloc(300_000, 'one');
const OTHER = Buffer.alloc(ONE.length, 'the other');

const pour = (part: PartFile, bytes: Buffer): Promise<void> =>
  pipeline(
    Readable.from([bytes]),
    part.sink(ONE.length, () => undefined),
  );
const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');

/** As a file system that ignores case gives two names to one file: here two paths lead to it. */
test.each<[string, () => PartNames]>([
  ['a run', createPartNames],
  ['a worker', createSharedPartNames],
])(
  'two names that are one to the file system: neither transfer of %s writes to the part of the other',
  async (_who, create) => {
    const folder = await temporaryFolder();
    mkdirSync(path.join(folder, 'here', '.auxflow-parts'), { recursive: true });
    symlinkSync('here', path.join(folder, 'HERE'));
    // What earlier runs left is found by its exact name, so that of the other is not.
    const own = create();
    const names: PartNames = { own: (file) => own.own(file), left: () => Promise.resolve([]) };
    const [one, other] = [
      await PartFile.open(path.join(folder, 'here', 'x'), names),
      await PartFile.open(path.join(folder, 'HERE', 'x'), names),
    ];
    await pour(other, OTHER.subarray(0, 100_000));
    await pour(one, ONE);
    expect(await one.checksum()).toBe(md5(ONE));
    await one.publish();
    await pour(other, OTHER.subarray(100_000));
    expect(await other.checksum()).toBe(md5(OTHER));
    expect(await failureOf(other.publish())).toMatchObject({ code: 'FILE_IN_THE_WAY' });
    await Promise.all([one.close(), other.leave().then(() => other.close())]);
    expect(readFileSync(path.join(folder, 'here', 'x')).equals(ONE)).toBe(true);
    expect(
      readdirSync(path.join(folder, 'here'), { recursive: true }).filter((name) => String(name).includes('~')),
    ).toEqual([]);
  },
);
