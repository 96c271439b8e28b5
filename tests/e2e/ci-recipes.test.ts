import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../../scripts/lib/package-root';
import { IS_LONG } from '../helpers/budget';
import { inTurns } from '../helpers/in-turns';
import { BIN, temporaryFolder } from '../helpers/run-cli';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

// At night each contract is whole, and as polite as it is outside the sandbox: some minutes each.
if (IS_LONG) vi.setConfig({ testTimeout: 3_600_000 });
const testInTurn = inTurns(2);

const text = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const GUIDE = text('docs/ci.md');
const blocks = (language: string): string[] =>
  [...GUIDE.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, block = '']) => block);
const COMMANDS = blocks('sh').flatMap((block) => block.trimEnd().split('\n'));

interface Job {
  readonly steps: readonly { readonly with?: { readonly command?: string } }[];
}

/** What the steps of the GitHub recipe give the action, and the script that the action runs. */
const { jobs } = parse(blocks('yaml')[0] ?? '') as { jobs: Readonly<Record<string, Job>> };
const GITHUB_COMMANDS = Object.values(jobs).flatMap(({ steps }) => steps.flatMap((step) => step.with?.command ?? []));
const ACTION = (parse(text('action.yml')) as { runs: { steps: [{ run: string }] } }).runs.steps[0].run;

/** The whole suite takes minutes: in `npm test` each contract is of few cases, and in no hurry to be polite. */
const FEW = IS_LONG ? '' : 'if [ "$1" = contract ]; then set -- "$@" --folder Token --grep user --pace 1000; fi';

testInTurn('the commands of docs/ci.md run as they stand', async () => {
  const sandbox = await withSandbox();
  const folder = temporaryFolder();
  const npx = path.join(folder, 'npx');
  writeFileSync(npx, `#!/bin/sh\n[ "$1" = --yes ] && shift\nshift\n${FEW}\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(npx, 0o755);
  const summary = path.join(folder, 'summary.md');
  const environment = { AUXFLOW_SITE_URL: sandbox.siteUrl, GITHUB_STEP_SUMMARY: summary, ...ACCOUNT };
  const env = { ...process.env, ...environment, PATH: `${folder}:${process.env.PATH ?? ''}` };
  const shell = spawn('bash', ['-c', `set -eux\n${COMMANDS.join('\n')}`], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exitCode = await new Promise((resolve) => shell.on('close', resolve));
  expect([exitCode, output]).toEqual([0, expect.any(String)]);
  for (const file of ['nightly/junit.xml', 'weekly/badge.json', 'merged/contract.html'])
    expect([file, existsSync(path.join(folder, 'reports', file))]).toEqual([file, true]);
  expect(readFileSync(summary, 'utf8')).toContain('## Service contract: kept');
  // As the GitHub recipe leaves them: an artifact for each shard, below one folder.
  for (const shard of ['shard-1', 'shard-2']) {
    const [from, to] = ['reports', 'shards'].map((parent) => path.join(folder, parent, shard));
    cpSync(realpathSync(from ?? ''), to ?? '', { recursive: true });
  }
  const action = { AUXFLOW_COMMAND: GITHUB_COMMANDS[1], AUXFLOW_VERSION: 'latest', GITHUB_OUTPUT: `${folder}/output` };
  execFileSync('bash', ['-eo', 'pipefail', '-c', ACTION], { cwd: folder, env: { ...env, ...action } });
  expect(readFileSync(action.GITHUB_OUTPUT, 'utf8')).toBe('exit-code=0\n');
});

describe('the recipes', () => {
  const documents = [...blocks('yaml'), text('action.yml')].map((yaml) => parse(yaml) as Record<string, unknown>);

  test('are YAML of the parts that each system wants', () => {
    const [github, gitlab, action] = documents;
    expect(github).toMatchObject({
      jobs: { shard: { steps: expect.any(Array) as unknown }, report: { needs: 'shard' } },
    });
    expect(gitlab).toMatchObject({ nightly: { extends: '.auxflow' }, '.auxflow': { artifacts: { when: 'always' } } });
    expect(action).toMatchObject({ runs: { using: 'composite', steps: [{ id: 'run', shell: 'bash' }] } });
  });

  test('run the commands that are tested', () => {
    const gitlab = blocks('yaml')[1] ?? '';
    const lines = [...gitlab.matchAll(/- (npx auxflow .*)/g), ...GUIDE.matchAll(/sh '(npx auxflow .*)'/g)];
    expect(lines.length).toBe(4);
    for (const [, line] of lines) expect(COMMANDS).toContain(line);
    const [shard = '', merge] = GITHUB_COMMANDS;
    const filled = shard
      .replace('${{ github.run_number }}', '20240301')
      .replace('${{ matrix.shard }}', '2')
      .replace(/shard$/, 'shard-2');
    expect(COMMANDS).toContain(`npx auxflow ${filled}`);
    expect(merge).toMatch(/^merge-reports shards /);
  });
});
