// Teaches Node to read the TypeScript of this package. The compiler is started, for all files of a folder, when one of them has changed;
// without a folder to keep them in, each process compiles what it needs.
'use strict';
const { spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { readKept, ROOT } = require('./kept-typescript.js');

/** Folders that a compiler was started for. */
const tried = new Set();

function compiled(file) {
  const source = readFileSync(file, 'utf8');
  return readKept(file, source) ?? keptNow(file, source) ?? require('./compile-typescript.js').compile(file, source);
}

function keptNow(file, source) {
  const [top] = path.relative(ROOT, file).split(path.sep);
  if (tried.has(top)) return undefined;
  tried.add(top);
  const words = [path.join(__dirname, 'compile-typescript.js'), path.join(ROOT, top)];
  // Where it fails, this process compiles the file itself, and tells why it cannot.
  spawnSync(process.execPath, words, { stdio: 'ignore' });
  return readKept(file, source);
}

process.setSourceMapsEnabled(true);
require.extensions['.ts'] = (module, file) => module._compile(compiled(file), file);
