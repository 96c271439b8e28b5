#!/usr/bin/env node
/** Where `auxflow` starts. Package managers and CI ask for the version on its own: nothing else is loaded for it. */
import { packageVersion } from '../lib/package-version';

const words = process.argv.slice(2);
if (words.length === 1 && (words[0] === '--version' || words[0] === '-V'))
  process.stdout.write(`${packageVersion()}\n`);
else void import('./command-line');
