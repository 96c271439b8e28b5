import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/package-root';

/** Tests of the command line run what users run: dist/, built from the sources as they are now. */
export function setup(): void {
  execFileSync(process.execPath, [path.join(ROOT, 'scripts', 'build.mjs'), '--if-stale'], { stdio: 'inherit' });
}
