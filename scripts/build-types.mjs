/** Types of the library into dist/, for packing: those that its entry needs, and no others. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCE = path.join(ROOT, 'scripts');
const TARGET = path.join(ROOT, 'dist');
const ENTRY = path.join('library', 'index');

/** Paths of declaration files below dist/, with their texts. */
function declarations() {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const emit = { noEmit: false, declaration: true, emitDeclarationOnly: true, noCheck: true };
  const places = { rootDir: SOURCE, outDir: TARGET };
  const program = ts.createProgram([path.join(SOURCE, `${ENTRY}.ts`)], { ...options, ...emit, ...places });
  const texts = new Map();
  const { diagnostics } = program.emit(undefined, (file, text) => texts.set(path.normalize(file), text));
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, host));
  return texts;
}

const host = { getCurrentDirectory: () => ROOT, getCanonicalFileName: (name) => name, getNewLine: () => '\n' };

/** The entry and what it refers to, directly or not. */
function reachable(texts, file, seen = new Set()) {
  if (seen.has(file) || !texts.has(file)) return seen;
  seen.add(file);
  for (const [, name] of texts.get(file).matchAll(/\b(?:from |import\()["'](\.[^"']+)/g))
    reachable(texts, path.resolve(path.dirname(file), `${name}.d.ts`), seen);
  return seen;
}

export async function buildTypes() {
  const texts = declarations();
  const files = reachable(texts, path.join(TARGET, `${ENTRY}.d.ts`));
  for (const file of files) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, texts.get(file));
  }
  return files.size;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildTypes();
