#!/usr/bin/env node
// `node scripts/auxflow.js` and `npx auxflow` both start here.
'use strict';
require('./register-typescript.js');
require('./cli.ts');
