import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CITATION_IDS, citationOf, citationsInMarkdown } from '../scripts/contract-suite/citations';
import { contractJunit } from '../scripts/contract-suite/report/contract-junit';
import { contractMarkdown } from '../scripts/contract-suite/report/contract-markdown';
import { contractPage } from '../scripts/contract-suite/report/contract-page';
import { ROOT } from '../scripts/lib/package-root';
import { sampleContract } from './reports/sample-contract';

const PUBLISHED = 'https://github.com/auxflow/auxflow/blob/main/';
const SERVICES = ['access', 'auxip', 'rdb', 'reprocessing'];
const CITED = new RegExp(`\\b(${SERVICES.join('|')})[.]md(#[\\w-]+)?`, 'g');

/** Anchors as GitHub makes them from headings. */
function anchorsOf(markdown: string): Map<string, string> {
  const headings = markdown.replace(/^```[^]*?^```/gm, '').matchAll(/^#{1,6} (.+)$/gm);
  return new Map([...headings].map(([, title = '']) => [anchorOf(title), title]));
}

const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
  .trim()
  .split('\n');

/** Targets that do not exist, of links to headings of our own documents. */
function deadLinks(text: string, folder: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return links.filter((link) => {
    const target = link.startsWith(PUBLISHED) ? link.slice(PUBLISHED.length) : path.posix.join(folder, link);
    if (/^[a-z]+:/.test(link) && !link.startsWith(PUBLISHED)) return false;
    const [file = '', anchor] = link.startsWith('#') ? ['', link.slice(1)] : target.split('#');
    if (file !== '' && !tracked.includes(file)) return true;
    return anchor !== undefined && !anchorsOf(file === '' ? text : read(file)).has(anchor);
  });
}

describe('every citation leads to a heading', () => {
  test.each(CITATION_IDS.filter((id) => SERVICES.some((name) => id.startsWith(`${name}.md#`))))('%s', (id) => {
    const [page = '', anchor = ''] = id.split('#');
    const { title, url } = citationOf(id);
    expect(title.split(': ')[1]).toBe(anchorsOf(read(`docs/services/${page}`)).get(anchor));
    expect(url).toBe(`${PUBLISHED}docs/services/${page}#${anchor}`);
  });

  test('in scripts, tests, bench, documents and collections', () => {
    const files = tracked.filter(
      (name) =>
        /^(scripts|tests|bench|docs|collections|schemas\/csdl|README|CONTRIBUTING|CHANGELOG)/.test(name) &&
        /[.](ts|mts|mjs|md|json|xml)$/.test(name) &&
        !name.startsWith('tests/fixtures/'),
    );
    const headings = new Map(SERVICES.map((name) => [name, anchorsOf(read(`docs/services/${name}.md`))]));
    const cited = files.flatMap((file) =>
      [...read(file).matchAll(CITED)].map(([id, name = '', anchor]) => ({ file, id, name, anchor })),
    );
    expect(cited.length).toBeGreaterThan(1000);
    expect(
      cited.filter(({ name, anchor }) => anchor !== undefined && headings.get(name)?.has(anchor.slice(1)) !== true),
    ).toEqual([]);
  });

  test('and no document is cited that is not in the repository', () => {
    const files = tracked.filter(
      (name) => /^(scripts|bench|docs|collections|README|CONTRIBUTING)/.test(name) && /[.](ts|md|json)$/.test(name),
    );
    const gone = /\b(rdb|auxip)[.]md §|newman-facts|\bdesign[.]md/;
    expect(files.filter((name) => gone.test(read(name)))).toEqual([]);
  });
});

test.each(tracked.filter((name) => /^(docs\/|README|CONTRIBUTING)/.test(name) && name.endsWith('.md')))(
  'links of %s lead somewhere',
  (file) => {
    expect(deadLinks(read(file), path.posix.dirname(file))).toEqual([]);
  },
);

interface Described {
  readonly name: string;
  readonly description: string;
  readonly item: readonly { readonly name: string; readonly request: { readonly description: string } }[];
}

test('the collection of the contract links to sections that exist, each request of a folder to one of its list', () => {
  const collection = read('collections/service-contract.postman_collection.json');
  const links = collection.match(/\]\(https:\/\/github[^)]+\)/g) ?? [];
  expect(deadLinks([...new Set(links)].join('\n'), '.')).toEqual([]);
  const { item: folders } = JSON.parse(collection) as { item: Described[] };
  const requests = folders.flatMap(({ description: about, item }) =>
    item.map(({ name, request: { description } }) => ({ about, name, description })),
  );
  expect(requests.length).toBeGreaterThan(1000);
  const unlinked = requests.filter(({ about, description }) => {
    const [, cite = ''] = /^\*\*\w+\*\*, (.+?), `\w+`/m.exec(description) ?? [];
    return !about.includes(`- \`${cite}\`: [`);
  });
  expect(unlinked.map(({ name }) => name)).toEqual([]);
});

test('reports link to what a finding rests on', () => {
  const { url, title } = citationOf('auxip.md#query-options');
  const report = sampleContract();
  expect(contractPage(report)).toContain(`<a href="${url}">${title}</a>`);
  expect(contractMarkdown(report)).toContain(`[${title}](${url})`);
  expect(contractJunit(report)).toContain(url);
  expect(report.cases[0]?.source.url).toBe(url);
});

test('a text keeps what is around its citations', () => {
  const { url } = citationOf('rdb.md#selection-rules');
  expect(citationsInMarkdown('gone (rdb.md#selection-rules, rdb.md#selection), see rdb.md')).toBe(
    `gone ([rdb.svc: Selection rules](${url}), [rdb.svc: Selection](${citationOf('rdb.md#selection').url})), see rdb.md`,
  );
});
