/**
 * `npm run generate`: writes schemas/, collections/ and environments/ from schemas/csdl. The same sources give the same bytes on every
 * run, so that a reviewer sees a change of the contract as a readable diff. `--check` changes nothing; it says what would change, and
 * ends with 1 if anything would.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { collectionFiles, V3_FOLDER } from './collection-files';
import { manFiles } from './man-files';
import { outputSchemas } from './output-schemas';
import { pageFiles } from './page-files';
import { contractFiles } from './schema-files';
import { ROOT } from '../lib/package-root';

async function generate({ check }: { readonly check: boolean }): Promise<number> {
  const files = new Map([
    ...(await contractFiles()),
    ...(await collectionFiles()),
    ...(await pageFiles()),
    ...outputSchemas(),
    ...manFiles(),
  ]);
  const changed: string[] = [];
  for (const [file, text] of files) {
    if ((await currentText(file)) === text) continue;
    changed.push(file);
    if (!check) await replace(file, text);
  }
  const gone = (await filesBelow(V3_FOLDER)).filter((file) => !files.has(file));
  changed.push(...gone);
  if (!check) for (const file of gone) await rm(path.join(ROOT, file));
  const did = check ? 'would change' : 'changed';
  for (const file of changed) process.stdout.write(`${did} ${file}\n`);
  process.stdout.write(`${files.size} generated files, ${changed.length} ${did}\n`);
  return check ? changed.length : 0;
}

async function currentText(file: string): Promise<string | undefined> {
  try {
    return await readFile(path.join(ROOT, file), 'utf8');
  } catch {
    return undefined;
  }
}

/** Paths from the repository root. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(path.join(ROOT, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
}

async function replace(file: string, text: string): Promise<void> {
  const target = path.join(ROOT, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
}

void generate({ check: process.argv.includes('--check') }).then((stale) => (process.exitCode = stale > 0 ? 1 : 0));
