import { NORMALISATIONS, ORDERS } from './normalisations';
import { operationOf } from './operation';
import type { Replayed } from './replay';

export interface Counts {
  readonly operation: string;
  readonly equal: number;
  readonly normalised: number;
  readonly different: number;
}

/** Counts per operation, operations by name; the last row is for all of them. */
export function countsOf(replayed: readonly Replayed[]): Counts[] {
  const operations = [...new Set(replayed.map(({ request }) => operationOf(request)))].sort();
  return [
    ...operations.map((operation) =>
      counted(
        operation,
        replayed.filter(({ request }) => operationOf(request) === operation),
      ),
    ),
    counted('all', replayed),
  ];
}

function counted(operation: string, replayed: readonly Replayed[]): Counts {
  const counts = { operation, equal: 0, normalised: 0, different: 0 };
  for (const { verdict } of replayed) counts[verdict.outcome]++;
  return counts;
}

/** The table of docs/sandbox.md, with the normalisations that were needed, as `npm run format` lays it out. */
export function fidelityMarkdown(replayed: readonly Replayed[]): string {
  const rows = countsOf(replayed).map(({ operation, equal, normalised, different }) => [
    operation,
    String(equal),
    String(normalised),
    String(different),
  ]);
  const declared = [...NORMALISATIONS, ...Object.values(ORDERS)].map(({ name, reason }) => {
    const times = replayed.filter(
      ({ verdict }) => verdict.outcome === 'normalised' && verdict.by.includes(name),
    ).length;
    return [name, String(times), reason];
  });
  return `${markdownTable(['operation', 'equal', 'normalised', 'different'], rows)}\n\n${markdownTable(
    ['normalisation', 'answers', 'why'],
    declared,
  )}`;
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? title).length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
