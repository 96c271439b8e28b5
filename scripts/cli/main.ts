#!/usr/bin/env node
/** Where `auxflow` starts. Package managers and CI ask for the version on its own: nothing else is loaded for it. */
import { EXIT } from '../errors/exit-codes';
import { packageVersion } from '../lib/package-version';

const words = process.argv.slice(2);
if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
  process.stdout.on('error', () => (process.exitCode = EXIT.usage));
  process.stdout.write(`${packageVersion()}\n`);
} else void import('./command-line');
