/** The Markdown that Postman shows beside folders and requests. */
import type { Coverage } from './coverage';
import { citationsInMarkdown } from '../contract-suite/citations';
import type { CaseFolder, ContractCase, Severity } from '../contract-suite/contract-case';

const BREAKS: Readonly<Record<Severity, string>> = {
  data: 'wrong files, or a wrong belief that files are right',
  contract: 'a program that keeps to the manuals fails',
  shape: 'a reader may stumble',
};

export function caseText({ severity, source, promised }: ContractCase): string {
  const pinned = promised ? [`**Known deviation** (${promised.basis}, ${promised.cite}): ${promised.says}`] : [];
  return citationsInMarkdown(
    [
      `**${source.basis}**, ${source.cite}: ${source.says}`,
      ...pinned,
      `When broken: ${BREAKS[severity]} (severity \`${severity}\`).`,
    ].join('\n\n'),
  );
}

export function folderText({ about }: CaseFolder): string {
  return citationsInMarkdown(about);
}

export function suiteText(): string {
  return [
    'Every promise of the services, one request each: their form, their errors, and whether what they answer is true.',
    'Send a folder from its first request on: that one signs in, the next ones read samples that the others are compared with.',
    'A skipped test is a deviation from the manuals that is known and pinned. A failing one that starts with `news:` says that such a deviation is gone.',
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
