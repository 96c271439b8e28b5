import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedactor } from '../../../scripts/lib/redact/redact';
import { contractPage } from '../../../scripts/contract-suite/report/contract-page';
import { BROWSER, hasBrowser, openOffline, type OpenPage } from '../offline-browser';
import { contractFilledWith, sampleCase, sampleContract } from '../sample-contract';

const ATTACK = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;

describe('the page of a contract run', () => {
  it('is the same for the same run, and redaction changes nothing in it', () => {
    expect(contractPage(sampleContract())).toBe(contractPage(sampleContract()));
    expect(createRedactor(['password']).text(contractPage(sampleContract()))).toBe(contractPage(sampleContract()));
  });

  it('tells a cause once that several cases share, and each finding with its worst first', () => {
    const page = contractPage(sampleContract());
    expect(page).toMatch(/2 cases<\/span>\s*<strong>The proxy cannot reach the service/);
    const findings = page.slice(page.indexOf('What to look at'), page.indexOf('All cases'));
    expect([...findings.matchAll(/<strong>(\w+)<\/strong>/g)].map(([, name]) => name)).toEqual([
      'Data',
      'Shape',
      'News',
    ]);
  });

  it('escapes every text of the report', () => {
    const page = contractPage(contractFilledWith(ATTACK));
    expect(page).not.toMatch(/<script>alert|<img/);
    expect(page.split('&lt;script&gt;').length).toBeGreaterThan(30);
  });

  it('says that nothing was tested', () => {
    const page = contractPage(sampleContract({ cases: [] }));
    expect(page).toContain('Nothing was tested.');
    expect(page).not.toMatch(/undefined|NaN|What to look at/);
  });
});

describe.skipIf(!hasBrowser)(`the page of a contract run ${BROWSER}`, () => {
  let folder: string;
  let open: OpenPage;
  const long = sampleCase({
    verdict: 'broken',
    name: `A${'long'.repeat(60)}`,
    curl: `curl '${'x'.repeat(900)}'`,
    problems: [{ promise: 'y'.repeat(300), got: 'z'.repeat(300), cause: 'w'.repeat(300) }],
  });
  const pages = {
    'index.html': sampleContract(),
    'attack.html': contractFilledWith(ATTACK),
    'long.html': sampleContract({ cases: [long, { ...long, verdict: 'kept', problems: [] }] }),
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contract-page-'));
    for (const [name, report] of Object.entries(pages)) await writeFile(join(folder, name), contractPage(report));
    open = await openOffline(join(folder, 'index.html'));
  });

  afterAll(async () => {
    await open.close();
    await rm(folder, { recursive: true });
  });

  it('asks for nothing but itself, and complains of nothing', () => {
    expect(open.requested.filter((url) => !url.endsWith('/index.html'))).toEqual([]);
    expect(open.complaints).toEqual([]);
  });

  it.each([400, 1200])('fits into %i pixels, with everything unfolded', async (width) => {
    const { page, complaints } = open;
    await page.setViewportSize({ width, height: 900 });
    for (const name of Object.keys(pages)) {
      await page.goto(pathToFileURL(join(folder, name)).href);
      await page.evaluate(`document.querySelectorAll('details').forEach((part) => (part.open = true))`);
      expect([name, await page.evaluate<number>('document.documentElement.scrollWidth')]).toEqual([name, width]);
    }
    expect(complaints).toEqual([]);
  });
});
