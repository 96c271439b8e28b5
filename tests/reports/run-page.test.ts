import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { runPage } from '../../scripts/reports/run/run-page';
import { numbersOf, type RunReport } from '../../scripts/reports/run/run-report';
import { BROWSER, hasBrowser, openOffline, type OpenPage } from './offline-browser';
import { goodReport, sampleReport } from './sample-report';

/** The report with this text wherever a text can stand. */
function filledWith(text: string): RunReport {
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return /^(?:verified|failed|error)$|^\d{4}-\d\d-\d\dT/.test(value) ? value : text;
    if (Array.isArray(value)) return value.slice(0, 3).map(fill);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
  };
  const { files, findings, ...report } = sampleReport({
    request: { mission: '', unit: '', productType: '', level0Names: ['a', 'b'] },
  });
  const failed = files.filter(({ status }) => status === 'failed');
  return fill({ ...report, files: failed, findings: findings.slice(0, 1) }) as RunReport;
}

describe('the numbers', () => {
  it('are those of the run', () => {
    const file = { name: 'a', neededBy: 1 };
    const report = sampleReport({
      files: [
        { ...file, bytes: 1, status: 'verified' },
        { ...file, bytes: 20, status: 'already-here' },
        { ...file, bytes: 300, status: 'failed' },
        { ...file, bytes: 4000, status: 'not-fetched' },
        { ...file, bytes: 0, status: 'not-fetched' },
      ],
    });
    expect(numbersOf(report)).toEqual({
      level0: 310,
      level0Found: 309,
      references: 309 * 25 - 12 - 2,
      distinctAdfs: 61,
      adfTypes: 25,
      filesHere: 2,
      filesFailed: 1,
      filesNotFetched: 2,
      bytesHere: 21,
      bytesAll: 4321,
      checksPassed: 23,
      checksFailed: 1,
    });
  });
});

describe('the page', () => {
  const page = runPage(sampleReport());

  it('is the same for the same run', () => {
    expect(runPage(sampleReport())).toBe(page);
  });

  it('has nothing in it that redaction would take for a secret', () => {
    expect(createRedactor(['password']).text(page)).toBe(page);
  });

  it('escapes every text of the report', () => {
    const attack = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;
    const filled = runPage(filledWith(attack));
    expect(filled.match(/<script/g)).toHaveLength(1);
    expect(filled).not.toMatch(/<img|onerror='/);
    // Title, header, facts, findings, table cells, link labels and addresses, drawings.
    expect(filled.split('&lt;script&gt;').length).toBeGreaterThan(40);
  });

  it('links only to what lies beside it', () => {
    const hrefs = [
      'newman.html',
      '../../downloads/a b#c/',
      'https://elsewhere/x',
      '//elsewhere/x',
      '/etc/passwd',
      'javascript:alert(1)',
      'java\tscript:alert(1)',
      '\\\\host\\x',
    ];
    const linked = runPage(sampleReport({ links: hrefs.map((href) => ({ label: 'x', href })) }));
    expect([...linked.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      'newman.html',
      '../../downloads/a%20b%23c/',
      'java%09script:alert(1)',
    ]);
  });

  it('loads nothing', () => {
    expect(page.match(/\b(?:src|href|action|srcset|data)="[^"]*"/g)?.filter((use) => /\/\/|src/.test(use))).toEqual([]);
    expect(page).not.toMatch(/@import|url\((?!#hatch\))|fetch\(|XMLHttpRequest|WebSocket/);
    expect(page).toContain(`content="default-src 'none'; `.replaceAll("'", '&#39;'));
  });

  it('stays small at the size of a day', () => {
    expect(page.length).toBeLessThan(200_000);
  });

  it('folds away requests when they are many, but not the failed ones', () => {
    const { steps } = sampleReport();
    const many = runPage(sampleReport({ steps: Array.from({ length: 20 }, () => steps).flat() }));
    const [shown = ''] = many.slice(many.indexOf('Requests and checks')).split('<details>');
    expect(shown.match(/Baseline by sensing interval/g)).toHaveLength(20);
    expect(shown).not.toContain('Get token');
    expect(many).toContain('All 140 requests');
  });

  it('leaves out what a run did not come to', () => {
    const empty = runPage(sampleReport({ steps: [], baselines: [], files: [], findings: [], links: [], exitCode: 3 }));
    expect(empty).not.toMatch(/<table|<svg|What to look at|undefined|NaN/);
    expect(empty).toContain('The service did not let this account in.');
  });
});

describe.skipIf(!hasBrowser)(`the page ${BROWSER}`, () => {
  let folder: string;
  let open: OpenPage;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'run-page-'));
    await writeFile(join(folder, 'index.html'), runPage(sampleReport()));
    await writeFile(join(folder, 'good.html'), runPage(goodReport()));
    await writeFile(
      join(folder, 'attack.html'),
      runPage(filledWith(`'"><script>alert(1)</script><img src=x onerror=alert(2)>`)),
    );
    open = await openOffline(join(folder, 'index.html'));
  });

  afterAll(async () => {
    await open.close();
    await rm(folder, { recursive: true });
  });

  const names = (): Promise<string[]> => open.page.locator('table[data-list] tbody tr:visible th').allInnerTexts();

  it('asks for nothing but itself, and complains of nothing', () => {
    expect(open.requested.filter((url) => !url.endsWith('/index.html'))).toEqual([]);
    expect(open.complaints).toEqual([]);
  });

  it('filters and sorts the files', async () => {
    expect(await names()).toHaveLength(61);
    await open.page.getByLabel('Filter: auxiliary files').fill('ol_1_eo');
    expect(await names()).toHaveLength(10);
    await open.page.getByLabel('Filter: auxiliary files').fill('');
    const size = open.page.getByRole('button', { name: 'Size' });
    const sizes = (): Promise<string[]> =>
      open.page.locator('table[data-list] td[data-sort]:nth-child(3)').allInnerTexts();
    await size.click();
    expect((await sizes()).filter(Boolean)[0]).toBe('3.07 kB');
    await size.click();
    expect((await sizes())[0]).toBe('95 MB');
  });

  it.each([400, 800, 1200])('fits into %i pixels', async (width) => {
    const { page, complaints } = open;
    await page.setViewportSize({ width, height: 900 });
    for (const file of ['index.html', 'good.html', 'attack.html']) {
      await page.goto(pathToFileURL(join(folder, file)).href);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
    }
    expect(complaints).toEqual([]);
  });
});
