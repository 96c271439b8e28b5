import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure } from '../errors/errors';
import { inTarget } from '../errors/target-failure';

/**
 * htmlextra's page loads its styles, fonts and scripts from four content delivery networks: opened on an operations network it
 * is raw text without tabs (docs/newman.md#the-htmlextra-page). This makes the same template self-contained, from packages that are installed
 * and pinned here, and adds a policy under which the browser refuses to load anything else.
 */

interface Inlined {
  /** What stands in htmlextra 1.23.1's template, exactly once. */
  tag: string;
  /** What goes in its place. */
  replacement: () => string;
}

const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const CHARSET = '<meta charset="UTF-8">';

/** White text on htmlextra's colors, light gray in the dark theme, has a contrast of 1.7 to 3.1; WCAG wants 4.5. */
const READABLE = [
  ['info', '#0c5d6a'],
  ['success', '#17632a'],
  ['warning', '#6b5003'],
  ['danger', '#a52834'],
]
  .map(
    ([kind = '', color = '']) =>
      `:is(.nav-item, .card-body, .card-header, .card-title).bg-${kind} { background-color: ${color} !important; }`,
  )
  .join('\n');

/** Roles and labels that htmlextra's page lacks, or has with a spelling that no screen reader knows. */
const ROLES: readonly Inlined[] = [
  ...['info active', 'success', 'danger', 'warning'].map((kinds) => ({
    tag: `<li class="nav-item bg-${kinds}"`,
    replacement: () => `<li role="presentation" class="nav-item bg-${kinds}"`,
  })),
  ...['summary', 'failed', 'skipped', 'requests'].map((name) => ({
    tag: `id="pills-${name}" role="tabcard"`,
    replacement: () => `id="pills-${name}" role="tabpanel"`,
  })),
  { tag: 'id="slider">', replacement: () => 'id="slider" aria-label="Dark theme">' },
];

const INLINED: readonly Inlined[] = [
  ...ROLES,
  { tag: CHARSET, replacement: () => `${CHARSET}\n  <meta http-equiv="Content-Security-Policy" content="${POLICY}">` },
  {
    tag: '<link rel="stylesheet" href="https://cdnjs.cloudflare.com/ajax/libs/font-awesome/5.13.0/css/all.min.css">',
    replacement: () => style(fontAwesome()),
  },
  {
    tag: '<link rel="stylesheet" href="https://stackpath.bootstrapcdn.com/bootstrap/4.1.3/css/bootstrap.min.css">',
    // Bootstrap 4.6 gives tables a colour of their own, black on htmlextra's dark page; 4.1 did not.
    replacement: () =>
      style(`${asset('bootstrap', 'dist/css/bootstrap.min.css')}\n.table { color: inherit; }\n${READABLE}`),
  },
  {
    tag: '<link rel="stylesheet" href="https://cdnjs.cloudflare.com/ajax/libs/highlight.js/10.1.2/styles/default.min.css">',
    replacement: () => style(asset('@highlightjs/cdn-assets', 'styles/default.min.css')),
  },
  {
    tag: '<link rel="stylesheet" href="https://cdn.datatables.net/v/bs4/dt-1.10.18/datatables.min.css"/>',
    replacement: () => style(asset('datatables.net-bs4', 'css/dataTables.bootstrap4.min.css')),
  },
  {
    tag: '<script src="https://cdnjs.cloudflare.com/ajax/libs/jquery/3.5.1/jquery.min.js"></script>',
    replacement: () => script(asset('jquery', 'dist/jquery.min.js')),
  },
  {
    tag: '<script src="https://cdnjs.cloudflare.com/ajax/libs/twitter-bootstrap/4.2.1/js/bootstrap.bundle.min.js"></script>',
    replacement: () => script(asset('bootstrap', 'dist/js/bootstrap.bundle.min.js')),
  },
  {
    tag: '<script src="https://cdn.datatables.net/v/bs4/dt-1.10.18/datatables.min.js"></script>',
    replacement: () =>
      script(asset('datatables.net', 'js/jquery.dataTables.min.js')) +
      script(asset('datatables.net-bs4', 'js/dataTables.bootstrap4.min.js')),
  },
  {
    tag: '<script src="https://cdnjs.cloudflare.com/ajax/libs/clipboard.js/2.0.0/clipboard.min.js"></script>',
    replacement: () => script(asset('clipboard', 'dist/clipboard.min.js')),
  },
  {
    tag: '<script src="https://cdnjs.cloudflare.com/ajax/libs/remarkable/1.7.1/remarkable.min.js"></script>',
    // Remarkable 2 exports a namespace where version 1 exported the class.
    replacement: () =>
      script(`${asset('remarkable', 'dist/remarkable.min.js')}\nwindow.Remarkable = window.remarkable.Remarkable;`),
  },
  {
    tag: '<script src="https://cdnjs.cloudflare.com/ajax/libs/highlight.js/10.1.2/highlight.min.js"></script>',
    // Its license wants to be where the code is; those of the others are named in their first lines.
    replacement: () =>
      script(
        `/*\n${asset('@highlightjs/cdn-assets', 'LICENSE')}*/\n${asset('@highlightjs/cdn-assets', 'highlight.min.js')}`,
      ),
  },
  // Light until the reader chooses the dark theme.
  { tag: '<body class="theme-dark">', replacement: () => '<body class="theme-light">' },
  {
    tag: "  var sliderChecked = true;\n  if (localStorage.getItem('theme') === 'theme-light') {",
    replacement: () => "  var sliderChecked = true;\n  if (localStorage.getItem('theme') !== 'theme-dark') {",
  },
  {
    tag: '<script>hljs.initHighlightingOnLoad();</script>',
    // The old name still works in highlight.js 11 but complains on the console.
    replacement: () => script(`hljs.highlightAll();\n${SCROLLED_BY_KEYS}`),
  },
];

/** What scrolls can be reached by keyboard. */
const SCROLLED_BY_KEYS =
  "addEventListener('DOMContentLoaded', () => document.querySelectorAll('.dyn-height').forEach((part) => (part.tabIndex = 0)));";

/** Anything a browser would fetch: an absolute src or href of a tag, a url() that is not data, an @import. */
const FETCHED_BY_MARKUP = /\b(?:src|href)\s*=\s*["']?\s*(?:https?:)?\/\/[^"'\s>]*/i;
const FETCHED_BY_STYLE = /url\((?!\s*["']?(?:data:|#))[^)]{0,80}|@import\b.{0,80}/i;

const original = (): string =>
  readFileSync(packageFile('newman-reporter-htmlextra', 'lib/dashboard-template.hbs'), 'utf8');

/** htmlextra's dashboard template with everything it shows inside it. @throws Failure INTERNAL when it would go online. */
export const offlineTemplateSource = (): string => (source ??= inlineAssets(original()));
let source: string | undefined;

/** The same with a mark in the place of each asset, for `npm run build` to compile. */
export const markedTemplateSource = (): string =>
  INLINED.reduce((html, { tag }, place) => html.replace(expectOnce(html, tag), markOf(place)), original());

/** A page that was made of the marked template. What services say is escaped in it, so the marks are ours. */
export const withAssets = (page: string): string =>
  assets().reduce((html, { text }, place) => html.replace(markOf(place), () => unprotected(text)), page);

/** A megabyte from some packages: read once, for the template and for the page. */
const assets = (): readonly Asset[] => (read ??= INLINED.map(({ tag, replacement }) => ({ tag, text: replacement() })));
let read: readonly Asset[] | undefined;

interface Asset {
  readonly tag: string;
  readonly text: string;
}

const markOf = (place: number): string => `<!-- asset ${place} of auxflow -->`;

/**
 * Runs `use` with the path of the offline template, for htmlextra's option `template`. htmlextra reads the file while
 * newman.run() starts, so it must stay until the run is over; it is removed then.
 * @throws Failure DISK_FULL, TARGET_UNWRITABLE of the folder for temporary files
 */
export async function withOfflineTemplate<Result>(use: (path: string) => Promise<Result>): Promise<Result> {
  const folder = await inTarget(tmpdir(), () => mkdtemp(join(tmpdir(), 'auxflow-template-')), 'TMPDIR');
  try {
    const path = join(folder, 'offline.hbs');
    await inTarget(tmpdir(), () => writeFile(path, offlineTemplateSource()), 'TMPDIR');
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Puts every asset of the table into the template.
 * @throws Failure INTERNAL when a tag is missing or stands twice, or when anything else in the template would be fetched:
 * another version of htmlextra must be looked at by a person, not silently go online.
 */
export function inlineAssets(template: string): string {
  const online = INLINED.reduce((rest, { tag }) => rest.replace(expectOnce(rest, tag), ''), template);
  refuse(FETCHED_BY_MARKUP.exec(online) ?? FETCHED_BY_STYLE.exec(online), "htmlextra's template");
  return assets().reduce((html, { tag, text }) => html.replace(tag, () => text), template);
}

function expectOnce(template: string, tag: string): string {
  const found = template.split(tag).length - 1;
  if (found !== 1) fail(`htmlextra's template holds ${found} times, instead of once: ${tag}`);
  return tag;
}

/** A stylesheet in the template. @throws Failure INTERNAL when it would load anything. */
export function style(css: string): string {
  refuse(FETCHED_BY_STYLE.exec(css), 'a stylesheet');
  return `<style>${protectMustaches(css.replace(/<\/(?=style)/gi, '<\\/'))}</style>\n`;
}

/** A script in the template. `</script` would end the element, `<!--` could hide its end (HTML Standard §4.12.1.3); both escapes mean the same in JavaScript. */
export function script(javascript: string): string {
  return `<script>${protectMustaches(javascript.replace(/<\/(?=script)/gi, '<\\/').replaceAll('<!--', '<\\!--'))}</script>\n`;
}

/** The template is compiled by Handlebars: `\{{` is how it writes a literal `{{`. */
function protectMustaches(text: string): string {
  if (text.includes('\\{{')) fail('an asset holds \\{{, which Handlebars cannot write');
  return text.replaceAll('{{', '\\{{');
}

const unprotected = (text: string): string => text.replaceAll('\\{{', '{{');

/** Icons: the page uses the solid and regular families only, so the third font stays out. */
function fontAwesome(): string {
  const name = '@fortawesome/fontawesome-free';
  const family = (css: string, font: string): string => {
    const data = readFileSync(packageFile(name, `webfonts/${font}.woff2`)).toString('base64');
    return asset(name, css).replace(/src:url\([^}]*(?=})/, `src:url(data:font/woff2;base64,${data}) format("woff2")`);
  };
  return (
    asset(name, 'css/fontawesome.min.css') +
    family('css/solid.min.css', 'fa-solid-900') +
    family('css/regular.min.css', 'fa-regular-400')
  );
}

/** Text of a package's file, without the reference to its source map, which is not there. */
function asset(name: string, path: string): string {
  return readFileSync(packageFile(name, path), 'utf8').replace(/\/[/*][#@] sourceMappingURL=\S+(?: \*\/)?/g, '');
}

function packageFile(name: string, path: string): string {
  return join(dirname(require.resolve(`${name}/package.json`)), path);
}

function refuse(fetched: RegExpExecArray | null, where: string): void {
  if (fetched) fail(`${where} would load from elsewhere: ${fetched[0]}`);
}

function fail(reason: string): never {
  throw new Failure({ code: 'INTERNAL', reason: `offline report: ${reason}` });
}
