/**
 * `npm run bench -- impact [--quick]`: how long `auxflow impact` takes for a lock of 100 000 Level-0 products with 300 files each, and the
 * most memory that it holds. Linux only, memory is read from /proc.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { lockText, type CampaignLock } from '../scripts/campaign/lock/campaign-lock';
import { writeWhole } from '../scripts/lib/write-file-atomic';
import { watchTree } from './campaign/process-tree';

const AUXFLOW = path.join(__dirname, '..', 'dist', 'cli', 'main.js');

function madeUpLock(products: number, types: number, versions: number): CampaignLock {
  const files = Array.from({ length: types * versions }, (_, place) => ({
    id: `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`,
    name: `S3A_OL_2_${String(Math.floor(place / versions)).padStart(3, '0')}_V${place % versions}`,
    type: `OL_2_${String(Math.floor(place / versions)).padStart(3, '0')}`,
    state: 'wanted' as const,
  }));
  const level0 = Array.from({ length: products }, (_, place) => ({
    name: `S3A_OL_0_EFR____${String(place).padStart(15, '0')}_20240301T001911_20240301T014241_0118_109_301______PS1_O_NR_002.SEN3.zip`,
    known: true,
    files: Array.from({ length: types }, (_type, type) => type * versions + ((place + type) % versions)),
  }));
  return {
    ...{ lockVersion: 1, campaign: 'bench', auxflow: '0', updatedAt: '2024-03-01T00:00:00Z', complete: true },
    site: { environment: 'bench', siteUrl: 'http://127.0.0.1', auxipRoot: 'http://127.0.0.1/auxip.svc' },
    request: { mission: 'S3OLCI', unit: 'A', productType: 'L2LFR' },
    ...{ answers: [], level0, files },
  };
}

async function main(): Promise<void> {
  const products = process.argv.includes('--quick') ? 10_000 : 100_000;
  const folder = mkdtempSync(path.join(tmpdir(), 'auxflow-bench-'));
  const file = path.join(folder, 'auxflow.lock.json');
  try {
    await writeWhole(file, lockText(madeUpLock(products, 300, 20)));
    const words = [AUXFLOW, 'impact', file, '--json', '--adf', 'S3A_OL_2_150_V7'];
    const watched = await watchTree(spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] }));
    const megabytes = (count: number): string => `${(count / 1e6).toFixed(0)} MB`;
    console.log(
      `${products} Level-0 products × 300 types, ${megabytes(statSync(file).size)} of lock, load ${loadavg()[0]?.toFixed(1)}`,
    );
    console.log(
      `exit code ${watched.exitCode}, ${watched.seconds.toFixed(1)} s (${watched.cpuSeconds.toFixed(1)} s of processor), peak ${watched.peaks.main.toFixed(0)} MB`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void main();
