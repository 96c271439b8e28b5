/** The table that docs/sandbox.md carries between two markers. */
import path from 'node:path';
import { ROOT } from '../lib/package-root';

export const DOCUMENT = path.join(ROOT, 'docs', 'sandbox.md');

const BEGIN = '<!-- fidelity: begin, written by `npm run fidelity -- --write` -->';
const END = '<!-- fidelity: end -->';

/** @throws Error when the markers are not there */
export function documentedTable(document: string): string {
  const { begin, end } = placeIn(document);
  return document.slice(begin, end).trim();
}

/** The document with another table. */
export function withTable(document: string, table: string): string {
  const { begin, end } = placeIn(document);
  return `${document.slice(0, begin)}\n\n${table}\n\n${document.slice(end)}`;
}

function placeIn(document: string): { begin: number; end: number } {
  const begin = document.indexOf(BEGIN) + BEGIN.length;
  const end = document.indexOf(END);
  if (begin < BEGIN.length || end < begin) throw new Error(`${DOCUMENT}: no place for the table of fidelity`);
  return { begin, end };
}
