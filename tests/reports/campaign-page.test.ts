import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { campaignPage } from '../../scripts/reports/campaign/campaign-page';
import { pack, type CampaignPicture } from '../../scripts/reports/campaign/campaign-picture';
import { BROWSER, hasBrowser, openOffline, type OpenPage } from './offline-browser';
import { cellsOf, samplePicture } from './sample-picture';
import { sampleReport } from './sample-report';

const AXE = createRequire(__filename).resolve('axe-core/axe.min.js');

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

test('nothing of a name is markup, and the redactor leaves the packed picture as it is', () => {
  const picture = samplePicture(30, 5);
  const types = picture.matrix.types.map((type) => ({
    ...type,
    type: `${type.type}</script><img src=x onerror=alert(1)>`,
  }));
  const hostile: CampaignPicture = { ...picture, matrix: { ...picture.matrix, types } };
  const page = campaignPage(sampleReport(), pack(hostile));
  expect(page).not.toContain('<img');
  expect(createRedactor().document(page)).toBe(page);
});

test('an empty campaign has a page', () => {
  const page = campaignPage(sampleReport(), pack(samplePicture(0, 0)));
  expect(page).toContain('Verdict');
});

describe.skipIf(!hasBrowser)(`the campaign page ${BROWSER}`, () => {
  const picture = samplePicture(400, 30);
  let folder: string;
  let open: OpenPage;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'auxflow-page-'));
    const file = path.join(folder, 'campaign.html');
    await writeFile(file, campaignPage(sampleReport(), pack(picture)));
    open = await openOffline(file);
    await open.page.waitForSelector('html[data-ready=yes]', { state: 'attached' });
  });
  afterAll(async () => {
    await open.close();
    await rm(folder, { recursive: true });
  });

  const cell = (): Promise<string> => open.page.locator('#cell').innerText();

  test('loads nothing, complains of nothing, and its legend counts what the picture has', async () => {
    expect(open.requested.filter((url) => !url.startsWith('file:') || !url.endsWith('campaign.html'))).toEqual([]);
    expect(open.complaints).toEqual([]);
    const legend = await open.page.locator('.legend').innerText();
    const count = (is: Parameters<typeof cellsOf>[1]): string => cellsOf(picture, is).toLocaleString('en');
    expect(legend).toContain(`present: ${count(({ state }) => state === 'present')}`);
    expect(legend).toContain(`missing: ${count(({ state }) => state === 'missing')}`);
    expect(legend).toContain(`another file is right: ${count(({ why }) => why === 'superseded')}`);
    expect(cellsOf(picture, ({ state }) => state === 'missing')).toBeGreaterThan(0);
  });

  test('a click finds the cell under it', async () => {
    const { page } = open;
    const canvas = page.locator('#heat-map canvas');
    const { width } = (await canvas.boundingBox())!;
    await canvas.click({ position: { x: 112 + (width - 112) / 2 + 1, y: 15 * 7 + 7 } });
    expect(await cell()).toContain('T007_AX');
    expect(await cell()).toContain(picture.matrix.level0[200]!.name);
    expect(await page.locator('#timeline-type').inputValue()).toBe('7');
  });

  test('the keyboard moves over the cells, to their ends, and from problem to problem', async () => {
    const { page } = open;
    await page.locator('#heat-map').focus();
    await page.keyboard.press('Home');
    expect(await cell()).toContain(picture.matrix.level0[0]!.name);
    await page.keyboard.press('ArrowRight');
    expect(await cell()).toContain(picture.matrix.level0[1]!.name);
    await page.keyboard.press('End');
    expect(await cell()).toContain(picture.matrix.level0[399]!.name);
    const seen = new Set<string>();
    for (let press = 0; press < 40; press += 1) {
      await page.keyboard.press('n');
      const state = /State\s+([^\n:]+)/.exec(await cell())?.[1] ?? '';
      seen.add(state);
      expect(['missing', 'another file is right', 'unexpected', 'listed twice']).toContain(state);
    }
    expect(seen.size).toBeGreaterThan(0);
  });

  test('a cell explains itself: rule, interval, margin, age', async () => {
    const text = await cell();
    for (const part of ['LatestValCover', 'the most recently created file', 'Sensing', 'valid'])
      expect(text).toContain(part);
  });

  test('files are searched and sorted as a whole, whatever page of them is shown', async () => {
    const { page } = open;
    const rows = page.locator('#files-table tbody tr');
    expect(await rows.count()).toBe(Math.min(100, picture.matrix.files.length));
    const { name } = picture.matrix.files.at(-1)!;
    await page.locator('#files-search').fill(name);
    expect(await rows.count()).toBe(1);
    expect(await rows.innerText()).toContain(name);
    await page.locator('#files-search').fill('no such file');
    expect(await page.locator('#files-status').innerText()).toBe(
      `None of ${picture.matrix.files.length} files matches.`,
    );
    await page.locator('#files-search').fill('');
    await page.locator('#files-table th button', { hasText: 'Level-0 products' }).click();
    const least = Math.min(...picture.facts.map(({ neededBy }) => neededBy));
    expect(await rows.first().locator('td').last().innerText()).toBe(String(least));
  });

  test('fits a narrow window', async () => {
    const { page } = open;
    await page.setViewportSize({ width: 400, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
    await page.setViewportSize({ width: 1200, height: 900 });
  });

  test('on paper: pages of A4, what is shown is said, nothing asks for a click, head lines can be repeated', async () => {
    const { page } = open;
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const sizes = new Set(pdf.toString('latin1').match(/\/MediaBox \[[^\]]*\]/g));
    expect([...sizes]).toEqual([expect.stringMatching(/^\/MediaBox \[0 0 59[45][.]\d+ 84[12][.]\d+\]$/)]);
    await page.emulateMedia({ media: 'print' });
    for (const [place, isShown] of [
      ['#timeline-type', true],
      ['#files-status', true],
      ['#files-pager button', false],
      ['.on-screen', false],
      ['#files-search', false],
    ] as const)
      expect([place, await page.locator(place).first().isVisible()]).toEqual([place, isShown]);
    // Chromium repeats no head line that has a box of a button in it.
    const boxes =
      'new Set([...document.querySelectorAll("thead button")].map((button) => getComputedStyle(button).display))';
    expect(await page.evaluate(`[...${boxes}]`)).toEqual(['contents']);
    const height = await page.evaluate('document.querySelector("#heat-map canvas").getBoundingClientRect().height');
    expect(height).toBeLessThan((210 / 25.4) * 96);
    await page.emulateMedia({ media: null });
  });
});

test.skipIf(!hasBrowser)(`axe finds nothing, in light and in dark, ${BROWSER}`, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'auxflow-page-'));
  const file = path.join(folder, 'campaign.html');
  await writeFile(file, campaignPage(sampleReport(), pack(samplePicture(40, 8))));
  const opened = await openOffline(file);
  const { page } = opened;
  try {
    await page.waitForSelector('html[data-ready=yes]', { state: 'attached' });
    await page.locator('#heat-map').press('n');
    // Not as an element of the page: its policy lets no other script in.
    await page.evaluate(await readFile(AXE, 'utf8'));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await page.evaluate<AxeResult>('axe.run()');
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  } finally {
    await opened.close();
    await rm(folder, { recursive: true });
  }
});
