/**
 * Compiles scripts/ to dist/, file by file, and copies what the compiled files read. `--if-stale` does nothing when dist/ was built from
 * the files as they are now: `npm start` and `npm test` ask for that, so that a clone needs no step of its own.
 */
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCE = path.join(ROOT, 'scripts');
const TARGET = path.join(ROOT, 'dist');
/** Says from which sources dist/ was built. */
const STAMP = 'sources.sha256';
/** Run by ts-node or bundled into the collections, never by the product. */
const NOT_IN_PRODUCT =
  /^(fidelity\/|generate\/|build(-types)?\.mjs$|workflow\/postman-scripts\/|reports\/campaign\/browser\/)/;

export async function build({ ifStale = false } = {}) {
  const names = await sourceFiles();
  const stamp = await stampOf(names);
  if (ifStale && (await readFile(path.join(TARGET, STAMP), 'utf8').catch(() => '')) === stamp) return false;
  const { build: compile } = await import('esbuild');
  // Built next to its place and renamed: a build that fails or is killed leaves the one before.
  const fresh = `${TARGET}.${process.pid}`;
  await rm(fresh, { recursive: true, force: true });
  await compile({
    entryPoints: names.filter(isTypeScript).map((name) => path.join(SOURCE, name)),
    outdir: fresh,
    outbase: SOURCE,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // Written as require(), which finds files without an ending.
    supported: { 'dynamic-import': false },
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
  for (const name of names.filter((file) => !file.endsWith('.ts'))) {
    await mkdir(path.dirname(path.join(fresh, name)), { recursive: true });
    await cp(path.join(SOURCE, name), path.join(fresh, name));
  }
  const { compiledTemplate, COMPILED_TEMPLATE } = createRequire(import.meta.url)(
    path.join(fresh, 'newman/compiled-template.js'),
  );
  await writeFile(path.join(fresh, 'newman', COMPILED_TEMPLATE), compiledTemplate());
  await writeFile(path.join(fresh, STAMP), stamp);
  await rm(TARGET, { recursive: true, force: true });
  await rename(fresh, TARGET);
  return true;
}

const isTypeScript = (name) => name.endsWith('.ts') && !name.endsWith('.d.ts');

async function sourceFiles() {
  const entries = await readdir(SOURCE, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(SOURCE, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter((name) => !NOT_IN_PRODUCT.test(name))
    .sort();
}

/** By size and time of change: reading every file at every start would cost as much as compiling. */
async function stampOf(names) {
  const hash = createHash('sha256').update(await readFile(fileURLToPath(import.meta.url)));
  for (const name of names) {
    const { size, mtimeMs } = await stat(path.join(SOURCE, name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build({ ifStale: process.argv.includes('--if-stale') });
