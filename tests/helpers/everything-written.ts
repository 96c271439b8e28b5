import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { CliResult } from './run-cli';

/** All text that runs left behind, by where it is: both streams, every file below a folder, and the names of all. */
export function everythingWritten({ stdout, stderr }: CliResult, folder: string): Map<string, string> {
  const texts = new Map([
    ['stdout', stdout],
    ['stderr', stderr],
  ]);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const name of names) {
    const file = path.join(folder, name);
    if (statSync(file).isFile()) texts.set(name, readFileSync(file, 'utf8'));
  }
  return texts.set('names of files', names.join('\n'));
}
