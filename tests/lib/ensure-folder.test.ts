import { existsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makePath } from '../../scripts/lib/ensure-folder';
import { temporaryFolder } from '../helpers/run-cli';

test('all folders that are missing; again, nothing; a file in the way is said', async () => {
  const folder = temporaryFolder();
  const deep = path.join(folder, 'a', 'b', 'c');
  await makePath(deep);
  await makePath(deep);
  expect(statSync(deep).isDirectory()).toBe(true);
  writeFileSync(path.join(folder, 'file'), '');
  await expect(makePath(path.join(folder, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makePath(path.join(folder, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test.skipIf(!existsSync('/proc/self'))('where no folder can be, it returns and says so', async () => {
  await expect(makePath('/proc/auxflow/none')).rejects.toMatchObject({ code: 'ENOENT' });
});
