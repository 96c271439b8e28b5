import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../contract/services';
import { EXIT } from '../exit-codes';

export interface GenerateOptions {
  /** Change nothing; say what would change, and fail if anything would. */
  readonly check: boolean;
}

/**
 * Writes schemas/, collections/ and environments/ anew from schemas/csdl. The same sources give the same bytes on every run, so
 * that a reviewer sees a change of the contract as a readable diff.
 */
export async function generate({ check }: GenerateOptions, out: NodeJS.WritableStream): Promise<number> {
  const { contractFiles } = await import('../contract/schema-files');
  const { collectionFiles } = await import('../collections/collection-files');
  const files = new Map([...(await contractFiles()), ...(await collectionFiles())]);
  const changed: string[] = [];
  for (const [file, text] of files) {
    if ((await currentText(file)) === text) continue;
    changed.push(file);
    if (!check) await replace(file, text);
  }
  const did = check ? 'would change' : 'changed';
  for (const file of changed) out.write(`${did} ${file}\n`);
  out.write(`${files.size} generated files, ${changed.length} ${did}\n`);
  return check && changed.length > 0 ? EXIT.checkFailed : EXIT.ok;
}

async function currentText(file: string): Promise<string | undefined> {
  try {
    return await readFile(path.join(ROOT, file), 'utf8');
  } catch {
    return undefined;
  }
}

async function replace(file: string, text: string): Promise<void> {
  const target = path.join(ROOT, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
}
