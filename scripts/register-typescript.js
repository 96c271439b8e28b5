// Teaches Node to read the TypeScript of this package (no type-check; `npm run typecheck` does that). What ts-node compiled is kept,
// by content, in the cache folder of the user (XDG base directory specification), so that the compiler, 90 MB and half a second,
// is loaded only for files that have changed. Without a folder to write to, everything is compiled each time.
'use strict';
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { homedir } = require('node:os');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
const PROJECT = path.join(ROOT, 'tsconfig.json');
const FOLDER = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'auxflow');
/** Pins the compiler and tells its settings. */
const SETTINGS = [PROJECT, path.join(ROOT, 'package.json')].map((file) => readFileSync(file, 'utf8')).join('');
/** A file without it was cut off. */
const END = '\n// whole';

let compiler;

function compile(source, file) {
  compiler ??= require('ts-node').create({ swc: true, project: PROJECT });
  return compiler.compile(source, file);
}

function compiled(file) {
  const source = readFileSync(file, 'utf8');
  const key = createHash('sha256').update(`${SETTINGS}\0${file}\0${source}`).digest('hex');
  const kept = path.join(FOLDER, `${key}.js`);
  return readKept(kept) ?? keep(kept, compile(source, file));
}

function readKept(kept) {
  try {
    const text = readFileSync(kept, 'utf8');
    return text.endsWith(END) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Another process may keep the same file at the same time: each writes its own and renames it. */
function keep(kept, code) {
  try {
    mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
    writeFileSync(`${kept}.${process.pid}`, code + END);
    renameSync(`${kept}.${process.pid}`, kept);
  } catch {
    // Nothing is lost but time.
  }
  return code;
}

process.setSourceMapsEnabled(true);
require.extensions['.ts'] = (module, file) => module._compile(compiled(file), file);
