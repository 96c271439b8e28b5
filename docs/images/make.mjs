/** `node docs/images/make.mjs`: takes docs/images/campaign.png of the page of a campaign that lacks files, with Chromium (CHROMIUM_PATH). */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const CLI = process.env.AUXFLOW_CLI ?? path.join(HERE, '..', '..', 'dist', 'cli', 'main.js');
const REQUEST = '-m S3OLCI -su A -pt L2LFR -t0 2024-03-01T00:00:00Z -t1 2024-03-01T06:00:00Z'.split(' ');

const folder = mkdtempSync(path.join(tmpdir(), 'auxflow-picture-'));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const words = ['sandbox', '--scenario', 'missing-deltas@20', '--', process.execPath, CLI, 'fetch', ...REQUEST];
  spawnSync(process.execPath, [CLI, ...words], { cwd: folder, stdio: 'ignore' });
  const reports = path.join(folder, 'reports');
  const [report = ''] = readdirSync(reports, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const page = await browser.newPage({ viewport: { width: 1000, height: 760 }, colorScheme: 'light' });
  await page.goto(pathToFileURL(path.join(reports, report, 'campaign.html')).href);
  await page.locator('#cells').evaluate((heading) => heading.scrollIntoView());
  await page.getByRole('button', { name: 'Next problem' }).click();
  await page.screenshot({ path: path.join(HERE, 'campaign.png') });
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
