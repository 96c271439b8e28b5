import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { completionScript, SHELLS } from '../../scripts/cli/completion/scripts';
import { verbTable } from '../../scripts/cli/completion/verb-table';
import { EXIT, EXIT_MEANINGS } from '../../scripts/errors/exit-codes';
import { describedProgram } from '../../scripts/generate/man-files';
import { ROOT } from '../../scripts/lib/package-root';
import { temporaryFolder } from '../helpers/run-cli';

const program = describedProgram();
const VERBS = verbTable(program);

test('the table has every verb and option that help shows, and the two-letter spellings of the tutorial', () => {
  for (const { name, options } of VERBS) {
    const help = program.commands.find((command) => command.name() === name)?.helpInformation() ?? '';
    // That a switch is off and a list empty is no news.
    expect([name, /default: (false|\[)/.exec(help)]).toEqual([name, null]);
    for (const { names } of options) expect([name, help]).toEqual([name, expect.stringContaining(names.at(-1) ?? '?')]);
  }
  expect(VERBS.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['run', 'fetch', 'init', 'completion', 'sandbox']),
  );
  const fetch = VERBS.find(({ name }) => name === 'fetch');
  expect(fetch?.options.flatMap(({ names }) => names)).toEqual(expect.arrayContaining(['-su', '--unit', '-t0']));
});

describe('in bash', () => {
  const folder = temporaryFolder(() => undefined);
  writeFileSync(path.join(folder, 'complete'), completionScript('bash', VERBS));
  writeFileSync(path.join(folder, 'names.txt'), '');

  /** What bash offers for the last of the words. */
  function offered(...words: string[]): string[] {
    const script = `source ./complete; COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _auxflow; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const told = execFileSync('bash', ['-c', script, 'bash', 'auxflow', ...words], { cwd: folder, encoding: 'utf8' });
    return told.split('\n').filter((line) => line !== '');
  }

  test.each<[string[], string[]]>([
    [['fe'], ['fetch']],
    [['fetch', '--layo'], ['--layout']],
    [
      ['fetch', '--layout', ''],
      ['flat', 'type', 'mission-type'],
    ],
    [['run', '-m', 'S3O'], ['S3OLCI']],
    [
      ['run', '-su', ''],
      ['A', 'B', 'C', 'D'],
    ],
    [['doctor', '--env', 'prod'], ['production']],
    [['doctor', '--env', 'nam'], ['names.txt']],
    [['verify', 'na'], ['names.txt']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['fetch', '--start', '2'], []],
  ])('%j', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });
});

test.each(SHELLS.filter((shell) => spawnSync(shell, ['-c', 'exit 0']).status === 0))('%s reads its script', (shell) => {
  const file = path.join(temporaryFolder(), 'script');
  writeFileSync(file, completionScript(shell, VERBS));
  const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});

test('the man page has every verb, option and exit code', () => {
  const page = readFileSync(path.join(ROOT, 'man', 'auxflow.1'), 'utf8').replaceAll('\\-', '-');
  for (const { name, options } of VERBS) {
    expect(page).toContain(`.SS auxflow ${name}`);
    for (const { names } of options) expect(page).toContain(names.join(', '));
  }
  const told = Object.keys(EXIT_MEANINGS)
    .flatMap((codes) => codes.split(', '))
    .map(Number)
    .sort((a, b) => a - b);
  expect(told).toEqual(Object.values(EXIT));
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8').replaceAll('`', '');
  for (const [code, meaning] of Object.entries(EXIT_MEANINGS))
    expect(readme).toMatch(new RegExp(`\\| ${code} +\\| ${meaning} *\\|`));
});
