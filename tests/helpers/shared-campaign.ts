import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { SMALL_REQUEST } from './campaign';
import { placesIn, runCli } from './run-cli';

/** Names the folder of the shared campaigns to the processes of the tests. */
export const FOLDER_VARIABLE = 'AUXFLOW_SHARED_CAMPAIGNS';

/** Two hours of Sentinel-3 OLCI: some 25 files of several missions. */
export const OLCI_REQUEST = [
  ...['-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR'],
  ...['-t0', '2024-03-01T00:00:00Z', '-t1', '2024-03-01T02:00:00Z'],
];

const REQUESTS = { small: SMALL_REQUEST, olci: OLCI_REQUEST };

/**
 * The folder (`--out`) of a campaign that is complete. It is fetched once for all tests of a run: copy it before you change it. Where
 * the data plane alone is tested, `--frozen` with this folder takes a third of the time that the control plane needs.
 */
export async function sharedCampaign(name: keyof typeof REQUESTS): Promise<string> {
  const shared = process.env[FOLDER_VARIABLE];
  if (shared === undefined) throw new Error(`${FOLDER_VARIABLE} is not set`);
  const folder = path.join(shared, name);
  if (!existsSync(folder)) {
    const fresh = mkdtempSync(path.join(shared, 'fresh-'));
    const { exitCode, stdout, stderr } = await runCli(['fetch', ...REQUESTS[name], ...placesIn(fresh)]);
    if (exitCode !== 0) throw new Error(stdout + stderr);
    publish(fresh, folder);
  }
  return path.join(folder, 'out');
}

/** Another process of the tests may have been faster. */
function publish(fresh: string, folder: string): void {
  try {
    renameSync(fresh, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(fresh, { recursive: true });
  }
}
