// What was compiled last of each TypeScript file, in the cache folder of the user (XDG base directory specification).
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

function digest(text) {
  return createHash('sha256').update(text).digest('hex');
}

function placeOf(file) {
  return path.join(FOLDER, `${digest(file)}.js`);
}

function endOf(source) {
  return `${END} ${digest(`${SETTINGS}\0${source}`)}`;
}

/** JavaScript; undefined where none is kept of this source. */
function readKept(file, source) {
  try {
    const text = readFileSync(placeOf(file), 'utf8');
    return text.endsWith(endOf(source)) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Before anything is compiled to be kept: throws where nothing can be. */
function makeFolder() {
  mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
}

/** Another process may keep the same file at the same time: each writes its own and renames it. */
function keep(file, source, code) {
  const place = placeOf(file);
  writeFileSync(`${place}.${process.pid}`, code + endOf(source));
  renameSync(`${place}.${process.pid}`, place);
}

module.exports = { ROOT, PROJECT, readKept, makeFolder, keep };
