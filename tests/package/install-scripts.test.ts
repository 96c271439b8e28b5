import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/package-root';

/** esbuild, fsevents and msgpackr-extract (of bullmq, not installed with auxflow) have their binaries in packages, Font Awesome prints its licence: none downloads anything. */
const ALLOWED = [
  'node_modules/@fortawesome/fontawesome-free',
  'node_modules/esbuild',
  'node_modules/fsevents',
  'node_modules/msgpackr-extract',
];

const { packages } = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { hasInstallScript?: boolean }>;
};

test('npm ci runs no scripts but those we know, which download nothing', () => {
  const names = Object.keys(packages).filter((name) => packages[name]?.hasInstallScript);
  expect(names).not.toEqual([]);
  expect(names.filter((name) => !ALLOWED.includes(name))).toEqual([]);
});
