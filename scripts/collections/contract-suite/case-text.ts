/** The Markdown that Postman shows beside folders and requests. */
import type { CaseFolder, ContractCase, Severity } from './contract-case';

const BREAKS: Readonly<Record<Severity, string>> = {
  data: 'wrong files, or a wrong belief that files are right',
  contract: 'a program that keeps to the manuals fails',
  shape: 'a reader may stumble',
};

export function caseText({ severity, source, promised }: ContractCase): string {
  const pinned = promised ? [`**Known deviation** (${promised.basis}, ${promised.cite}): ${promised.says}`] : [];
  return [
    `**${source.basis}**, ${source.cite}: ${source.says}`,
    ...pinned,
    `When broken: ${BREAKS[severity]} (severity \`${severity}\`).`,
  ].join('\n\n');
}

export function folderText({ about }: CaseFolder): string {
  return about;
}

export function suiteText(): string {
  return [
    'Every promise of the services, one request each: their form, their errors, and whether what they answer is true.',
    'Send a folder from its first request on: that one signs in, the next ones read samples that the others are compared with.',
    'A skipped test is a deviation from the manuals that is known and pinned. A failing one that starts with `news:` says that such a deviation is gone.',
  ].join('\n\n');
}
