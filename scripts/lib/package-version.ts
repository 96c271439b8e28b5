import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './package-root';

/** Version of the installed package, e.g. `0.1.0`. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return version;
}
