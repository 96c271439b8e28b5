#!/usr/bin/env node
// The one JavaScript file: `node scripts/auxflow.js` and `npx auxflow` both start here. It only teaches Node to read TypeScript
// (no type-check at start; `npm run typecheck` does that) and hands over to cli.ts.
'use strict';
const path = require('node:path');
require('ts-node').register({ swc: true, project: path.join(__dirname, '..', 'tsconfig.json') });
require('./cli.ts');
