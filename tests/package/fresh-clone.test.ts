import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/package-root';
import { copyOfCheckout, isClone } from '../helpers/copy-of-checkout';
import { temporaryFolder } from '../helpers/run-cli';

const BUILD_FIRST = 'node scripts/build.mjs --if-stale && ';

const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** npm runs no pre-scripts where its user has set ignore-scripts: whatever needs dist/ builds it itself. */
test('every script that needs a build begins with it', () => {
  // A part of the tests is for people who have the checkout built; vitest builds it as well.
  const needBuild = Object.entries(scripts).filter(
    ([name, line]) => /\bdist\/|vitest|bench\//.test(line) && !name.startsWith('test:'),
  );
  expect(needBuild.map(([name]) => name).sort()).toEqual(['auxflow', 'bench', 'sandbox', 'start', 'test']);
  for (const [name, line] of needBuild) expect(line, name).toMatch(new RegExp(`^${BUILD_FIRST}`));
  expect(Object.keys(scripts).filter((name) => /^(pre|post)(?!pack$)/.test(name))).toEqual([]);
});

test.skipIf(!isClone).each(['true', 'false'])(
  'npm start builds a fresh clone, ignore-scripts=%s',
  async (ignoreScripts) => {
    const clone = copyOfCheckout(temporaryFolder());
    const env = { ...process.env, npm_config_ignore_scripts: ignoreScripts, npm_config_update_notifier: 'false' };
    const { stdout } = await promisify(execFile)('npm', ['start', '--', '--help'], { cwd: clone, env });
    expect(stdout).toContain('Usage: auxflow tutorial');
    expect(existsSync(path.join(clone, 'dist', 'cli', 'main.js'))).toBe(true);
  },
);
