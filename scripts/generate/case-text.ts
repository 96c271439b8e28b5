/** The Markdown that Postman shows beside folders and requests. */
import type { Coverage } from './coverage';
import { isIntrusive } from '../contract-suite/case-costs';
import { citationsInMarkdown, shownCitation } from '../contract-suite/citations';
import type { CaseFolder, ContractCase, Severity } from '../contract-suite/contract-case';

/** What a case rests on; its folder links to the sections. */
export function caseText(item: ContractCase): string {
  const { severity, source, promised } = item;
  const pinned = promised ? [`**Known deviation** (${promised.basis}, ${promised.cite}): ${promised.says}`] : [];
  const costs = isIntrusive(item) ? [`only with \`intrusive\`: ${(item.costs ?? []).join(', ')}`] : [];
  const end = [`**${source.basis}**, ${shownCitation(source.cite).cite}, \`${severity}\``, ...costs].join('; ');
  return [source.says, ...pinned, end].join('\n\n');
}

export function folderText({ about, cases }: CaseFolder): string {
  const cited = new Set(
    cases.flatMap(({ source, promised }) => [shownCitation(source.cite).cite, ...(promised ? [promised.cite] : [])]),
  );
  const links = [...cited].sort().map((id) => `- \`${id}\`: ${citationsInMarkdown(id)}`);
  return [citationsInMarkdown(about), 'What the requests rest on:', links.join('\n')].join('\n\n');
}

const BREAKS: Readonly<Record<Severity, string>> = {
  data: 'wrong files, or a wrong belief that files are right',
  contract: 'a program that keeps to the manuals fails',
  shape: 'a reader may stumble',
};

export function suiteText(): string {
  const severities = Object.entries(BREAKS).map(([severity, means]) => `- \`${severity}\`: ${means}`);
  return [
    'Every promise of the services, one request each: their form, their errors, and whether what they answer is true.',
    'Send a folder from its first request on: that one signs in, the next ones read samples that the others are compared with. The description of a request is the sentence that it rests on.',
    'A skipped test is a deviation from the manuals that is known and pinned. A failing one that starts with `news:` says that such a deviation is gone.',
    'What breaking a promise means, as its severity says:',
    severities.join('\n'),
    'The script of a request names what is expected: `like` an answer that several share (in the script of the collection), and the checks of its own. https://github.com/auxflow/auxflow/blob/main/docs/contract.md explains them.',
  ].join('\n\n');
}

/** docs/contract-coverage.md: every part of the contract with how many cases touch it. */
export function coverageText(parts: readonly Coverage[]): string {
  const rows = parts.map(({ part, cases }) => {
    const [service = '', ...rest] = part.split(' ');
    return `| ${service} | \`${rest.join(' ')}\` | ${cases.length} |`;
  });
  return [
    '# What of the contract the suite touches',
    '',
    'Written by `npm run generate`: operations, query options, properties and error classes of `schemas/`, and how many cases of the contract',
    'suite ask for each or check it. A part without a case fails generation.',
    '',
    '| service | part | cases |',
    '| --- | --- | ---: |',
    ...rows,
    '',
  ].join('\n');
}
