// Teaches Node to read the TypeScript of this package (no type-check; `npm run typecheck` does that). What ts-node compiled last of
// each file is kept in the cache folder of the user (XDG base directory specification), so that the compiler, 90 MB and half a
// second, is loaded only for files that have changed. Without a folder to write to, everything is compiled each time.
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
/** And the digest of what it was compiled from: a file without it was cut off, or is of an older source. */
const END = '\n// whole';

let compiler;

function compile(source, file) {
  compiler ??= require('ts-node').create({ swc: true, project: PROJECT });
  return compiler.compile(source, file);
}

function compiled(file) {
  const source = readFileSync(file, 'utf8');
  const kept = path.join(FOLDER, `${digest(file)}.js`);
  const end = `${END} ${digest(`${SETTINGS}\0${source}`)}`;
  return readKept(kept, end) ?? keep(kept, compile(source, file) + end);
}

function digest(text) {
  return createHash('sha256').update(text).digest('hex');
}

function readKept(kept, end) {
  try {
    const text = readFileSync(kept, 'utf8');
    return text.endsWith(end) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Another process may keep the same file at the same time: each writes its own and renames it. */
function keep(kept, code) {
  try {
    mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
    writeFileSync(`${kept}.${process.pid}`, code);
    renameSync(`${kept}.${process.pid}`, kept);
  } catch {
    // Nothing is lost but time.
  }
  return code;
}

process.setSourceMapsEnabled(true);
require.extensions['.ts'] = (module, file) => module._compile(compiled(file), file);
