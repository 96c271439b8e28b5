import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/package-root';
import { TURN_VARIABLE } from './budget';
import { FOLDER_VARIABLE } from './shared-campaign';

/**
 * Tests of the command line run what users run: dist/, built from the sources as they are now. They share the campaigns of
 * shared-campaign.ts, which are removed at the end, and the turn that chooses the rows of expensive tables (budget.ts).
 */
export function setup(): () => void {
  execFileSync(process.execPath, [path.join(ROOT, 'scripts', 'build.mjs'), '--if-stale'], { stdio: 'inherit' });
  const shared = mkdtempSync(path.join(tmpdir(), 'auxflow-shared-'));
  process.env[FOLDER_VARIABLE] = shared;
  process.env[TURN_VARIABLE] ??= String(commitsSoFar());
  return () => rmSync(shared, { recursive: true, force: true });
}

/** Of this checkout; 0 in a copy without git. */
function commitsSoFar(): number {
  const { status, stdout } = spawnSync('git', ['rev-list', '--count', 'HEAD'], { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? Number(stdout) : 0;
}
