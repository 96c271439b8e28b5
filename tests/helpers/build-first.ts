import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/package-root';
import { FOLDER_VARIABLE } from './shared-campaign';

/**
 * Tests of the command line run what users run: dist/, built from the sources as they are now. They share the campaigns of
 * shared-campaign.ts, which are removed at the end.
 */
export function setup(): () => void {
  execFileSync(process.execPath, [path.join(ROOT, 'scripts', 'build.mjs'), '--if-stale'], { stdio: 'inherit' });
  const shared = mkdtempSync(path.join(tmpdir(), 'auxflow-shared-'));
  process.env[FOLDER_VARIABLE] = shared;
  return () => rmSync(shared, { recursive: true, force: true });
}
