/**
 * What campaign.html takes in time and memory for 10 000 Level-0 products × 100 types and thousands of files, and how large it is:
 * `npm run bench -- page [--quick]`. No figure is asserted: machines are shared.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { createRedactor } from '../scripts/lib/redact/redact';
import { writeReport } from '../scripts/campaign/report/run-report-files';
import { pack, type CampaignPicture } from '../scripts/reports/campaign/campaign-picture';
import type { RunReport } from '../scripts/reports/run/run-report';
import { samplePicture } from '../tests/reports/sample-picture';
import { sampleReport } from '../tests/reports/sample-report';

const AUXFLOW = path.join(__dirname, '..', 'dist', 'cli', 'main.js');
/** Prints the highest resident set of the process when it ends: kilobytes. */
const TELL_PEAK =
  'data:text/javascript,process.on("exit",()=>process.stderr.write(String(process.resourceUsage().maxRSS)))';

async function main(): Promise<void> {
  const products = process.argv.includes('--quick') ? 1000 : 10_000;
  const folder = mkdtempSync(path.join(tmpdir(), 'auxflow-bench-'));
  try {
    const picture = samplePicture(products, 100);
    await writeReport(reportOf(picture), { folder, redactor: createRedactor(), picture: pack(picture) });
    const began = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ['--import', TELL_PEAK, AUXFLOW, 'report', folder]);
    const seconds = (performance.now() - began) / 1000;
    console.log(
      `${products} Level-0 products × 100 types, ${picture.matrix.files.length} files, load ${loadavg()[0]?.toFixed(1)}`,
    );
    console.log(
      `  exit code ${status}, ${seconds.toFixed(1)} s, peak ${(Number(stderr.toString()) / 1024).toFixed(0)} MB`,
    );
    for (const name of ['campaign.html', 'index.html', 'campaign.json', 'run.json'])
      console.log(`  ${name} ${(statSync(path.join(folder, name)).size / 1e6).toFixed(2)} MB`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Each product names the files that its cells do. */
function reportOf({ matrix, facts }: CampaignPicture): RunReport {
  const adfs = matrix.files.map(({ name }) => ({ name, type: name.slice(4, 11) }));
  const baselines = matrix.level0.map(({ name }, column) => ({
    level0: name,
    found: true,
    adfs: matrix.types.flatMap(({ findings, cells }) =>
      (findings[cells[column] ?? -1]?.answered ?? []).flatMap((place) => adfs[place] ?? []),
    ),
  }));
  const files = matrix.files.map(({ name }, place) => ({
    ...{ name, type: name.slice(4, 11), bytes: 12_345, md5: '0'.repeat(32), status: 'verified' as const },
    ...{ seconds: 0.2, startMilliseconds: 10_000 + place * 40, neededBy: facts[place]?.neededBy ?? 0 },
  }));
  return { ...sampleReport(), baselines, files };
}

void main();
