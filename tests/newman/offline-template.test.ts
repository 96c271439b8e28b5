import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import newman, { type NewmanRunOptions } from 'newman';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, hasBrowser, openOffline, type OpenPage } from '../reports/offline-browser';
import { compiledTemplate } from '../../scripts/newman/compiled-template';
import { inlineAssets, script, style, withAssets, withOfflineTemplate } from '../../scripts/newman/offline-template';

const REQUESTS = 20;
const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

type Template = (context: object) => string;
const handlebars = createRequire(require.resolve('newman-reporter-htmlextra'))('handlebars') as {
  compile: (template: string) => Template;
  template: (compiled: object) => Template;
};

let folder: string;
let report: string;
/** What htmlextra put into it. */
let shown: object;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offline-template-'));
  report = join(folder, 'report.html');
  const { compile } = handlebars;
  handlebars.compile = (template) => (context) => compile(template)((shown = context));
  await withOfflineTemplate((template) => writeReport(template));
  handlebars.compile = compile;
});

afterAll(() => rm(folder, { recursive: true }));

async function writeReport(template: string): Promise<void> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end('{"value":[{"Name":"S3__AX___<b>&amp;","ContentLength":9223372036854775807}]}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/Products?$filter=Name eq 'a'`;
  const test = `pm.test('status', () => pm.response.to.have.status(200));
    if (pm.info.requestName === 'Request 2') pm.test('fails', () => pm.expect(1).to.eql(2));
    if (pm.info.requestName === 'Request 3') pm.test.skip('skipped', () => {});`;
  const emitter = newman.run({
    collection: {
      info: { name: 'Offline', schema: SCHEMA, description: 'A **bold** word and {{a_variable}}.' },
      item: [
        {
          name: 'Folder',
          item: Array.from({ length: REQUESTS }, (_none, index) => ({
            name: `Request ${index}`,
            request: { method: 'GET', url },
            event: [{ listen: 'test', script: { type: 'text/javascript', exec: test } }],
          })),
        },
      ],
    } as NewmanRunOptions['collection'],
    reporters: ['htmlextra'],
    reporter: { htmlextra: { export: report, template } },
  });
  await once(emitter, 'done');
  server.close();
}

describe('the template', () => {
  const original = (): string =>
    readFileSync(
      join(dirname(require.resolve('newman-reporter-htmlextra/package.json')), 'lib/dashboard-template.hbs'),
      'utf8',
    );

  it.each([
    [
      'an asset it does not know',
      (html: string) => html.replace('</head>', '<script src="//cdn/x.js"></script></head>'),
    ],
    ['a style it does not know', (html: string) => html.replace('<style>', '<style>@import "x.css";')],
    ['a font it does not know', (html: string) => html.replace('<style>', '<style>a{src:url(x.woff)}')],
    ['another version of an asset', (html: string) => html.replace('jquery/3.5.1', 'jquery/3.5.2')],
    ['an asset that is gone', (html: string) => html.replace(/<link.*font-awesome.*>/, '')],
    ['an asset that stands twice', (html: string) => html + html],
  ])('is refused with %s', (_title, change) => {
    expect(() => inlineAssets(original())).not.toThrow();
    expect(change(original())).not.toBe(original());
    expect(() => inlineAssets(change(original()))).toThrow('INTERNAL');
  });

  it('is removed when it was used', async () => {
    const before = await withOfflineTemplate(async (path) => {
      expect((await readFile(path, 'utf8')).length).toBeGreaterThan(500_000);
      return path;
    });
    expect(existsSync(before)).toBe(false);
  });
});

it('compiled by the build, it makes the same page', () => {
  const built = { exports: {} };
  runInNewContext(compiledTemplate(), { module: built });
  const page = readFileSync(report, 'utf8');
  expect(page).toContain('Request 2');
  expect(withAssets(handlebars.template(built.exports)(shown)) === page).toBe(true);
});

describe('an asset', () => {
  const compile = (template: string): string => handlebars.compile(template)({ b: 'replaced' });

  it('survives Handlebars, and cannot end its element', () => {
    const javascript = 'a = "{{b}} {{{b}}} {{{{b}}}}"; c = "</script><!--</SCRIPT>"; d = {{}}';
    const [, inside = ''] = /<script>([^]*?)<\/script>/i.exec(compile(script(javascript))) ?? [];
    expect(inside).toBe('a = "{{b}} {{{b}}} {{{{b}}}}"; c = "<\\/script><\\!--<\\/SCRIPT>"; d = {{}}');
  });

  it('is refused when it cannot be written, or loads something', () => {
    expect(() => script('/\\{{/')).toThrow('INTERNAL');
    expect(() => style('a{background:url(x.png)}')).toThrow('INTERNAL');
    expect(() => style('a{background:url("data:image/png;base64,AA")}')).not.toThrow();
  });
});

describe('the report', () => {
  it('has the conditions of highlight.js, as its license wants', async () => {
    expect(await readFile(report, 'utf8')).toMatch(/Ivan Sagalaev[^]*Redistributions in binary form must reproduce/);
  });

  it('names no address to load from, and stays small', async () => {
    const html = await readFile(report, 'utf8');
    expect(html.match(/<(?:script|link|img|iframe)[^>]*\s(?:src|href)=[^>]*>/g)).toBeNull();
    expect(html).not.toMatch(/sourceMappingURL/);
    expect((await stat(report)).size).toBeLessThan(1_500_000);
  });
});

describe.skipIf(!hasBrowser)(`the report ${BROWSER}`, () => {
  let open: OpenPage;
  let page: Page;

  beforeAll(async () => {
    open = await openOffline(report);
    page = open.page;
  });

  afterAll(() => open.close());

  it('has nothing that axe calls critical or serious, as it opens', async () => {
    await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
    const severe = `axe.run().then(({ violations }) => violations.filter(({ impact }) => /critical|serious/.test(impact))
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' ' + html)))`;
    expect(await page.evaluate<string[]>(severe)).toEqual([]);
  });

  it('is light until the reader chooses otherwise', async () => {
    const theme = (): Promise<string> => page.evaluate<string>('document.body.className');
    expect([await theme(), await page.locator('#slider').isChecked()]).toEqual(['theme-light', false]);
    await page.locator('#switch').click();
    expect(await theme()).toBe('theme-dark');
    expect(await page.evaluate<string>("localStorage.getItem('theme')")).toBe('theme-dark');
  });

  it('is styled, with icons', async () => {
    // Expressions as text: they run in the page, where types of the browser would be needed.
    const display = "getComputedStyle(document.querySelector('.row')).display";
    expect(await page.evaluate<string>(display)).toBe('flex');
    const table = "getComputedStyle(document.querySelector('#pills-requests .table')).color";
    expect(await page.evaluate<string>(table)).toBe('rgb(204, 210, 216)');
    for (const weight of [900, 400]) {
      const font = `document.fonts.load('${weight} 16px "Font Awesome 5 Free"').then(([face]) => face?.status)`;
      expect(await page.evaluate<string>(font)).toBe('loaded');
    }
  });

  it('shows the description as rendered Markdown', async () => {
    expect(await page.locator('code.renderMarkdown strong').first().textContent()).toBe('bold');
  });

  it('switches its tabs, unfolds requests and highlights answers', async () => {
    await page.click('#pills-requests-tab');
    await page.click('#openAll');
    await page.click('#openAllRequests');
    await page.locator('#pills-requests .datatable').first().waitFor();
    expect(await page.locator('#pills-requests .hljs-attr').count()).toBeGreaterThan(0);
    expect(
      await page.locator('#pills-requests .dataTables_wrapper, #pills-requests table.dataTable').count(),
    ).toBeGreaterThan(0);
    await page.click('#pills-failed-tab');
    await page.locator('#pills-failed', { hasText: 'Showing 1 Failure' }).waitFor();
    await page.click('#pills-skipped-tab');
    await page.locator('#pills-skipped', { hasText: 'Showing 1 Skipped Test' }).waitFor();
    await page.click('#pills-summary-tab');
    await page.locator('#pills-summary', { hasText: 'Total Assertions' }).waitFor();
  });

  it('asks for nothing but itself, and complains of nothing', () => {
    expect(open.requested).toEqual([pathToFileURL(report).href]);
    expect(open.complaints).toEqual([]);
  });
});
