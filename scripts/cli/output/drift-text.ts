import pc from 'picocolors';
import type { Change, Compared } from '../../diagnostics/drift/change';

const COLOUR = { '-': pc.red, '+': pc.green, '~': pc.yellow } as const;

/** What changed, as a diff: a heading per resource, a line per change. */
export function driftLines(changed: readonly Compared[]): string[] {
  return changed.flatMap(({ resource, changes }) => ['', pc.bold(resource), ...changes.map(changeLine)]);
}

function changeLine({ sign, what, expected, got }: Change): string {
  const told = [expected, got].filter((text) => text !== undefined && text !== '').join(' → ');
  return `  ${COLOUR[sign](`${sign} ${what}`)}${told === '' ? '' : `: ${told}`}`;
}
