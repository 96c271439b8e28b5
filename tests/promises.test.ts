import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../scripts/lib/package-root';

test('every promise of docs/promises.md names tests that are there', () => {
  const rows = readFileSync(path.join(ROOT, 'docs', 'promises.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
  expect(rows.length).toBeGreaterThan(8);
  const missing = rows.flatMap((row) => {
    const proofs = Array.from(row.matchAll(/`(tests\/[\w/-]+\.test\.ts)`: "([^"]+)"/g));
    if (proofs.length === 0) return [`no test: ${row}`];
    return proofs.flatMap(([, file = '', title = '']) => {
      const text = existsSync(path.join(ROOT, file)) ? readFileSync(path.join(ROOT, file), 'utf8') : '';
      return text.includes(title) ? [] : [`${file}: ${title}`];
    });
  });
  expect(missing).toEqual([]);
});
