// Compiles TypeScript without looking at its types (`npm run typecheck` does that). As a program it compiles and keeps what is not kept
// of a folder: in a process of its own, because the compiler takes 90 MB that nobody gives back.
'use strict';
const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { keep, makeFolder, PROJECT, readKept } = require('./kept-typescript.js');

let compiler;

function compile(file, source) {
  compiler ??= require('ts-node').create({ swc: true, project: PROJECT });
  return compiler.compile(source, file);
}

function keepFolder(folder) {
  makeFolder();
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!name.endsWith('.ts')) continue;
    const file = path.join(folder, name);
    const source = readFileSync(file, 'utf8');
    if (readKept(file, source) === undefined) keep(file, source, compile(file, source));
  }
}

module.exports = { compile };

if (require.main === module) keepFolder(process.argv[2]);
