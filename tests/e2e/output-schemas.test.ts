import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/package-root';
import { outputProblems } from '../../scripts/services/schema/validators';
import { SMALL_REQUEST } from '../helpers/campaign';
import { reportNames, runCli, temporaryFolder } from '../helpers/run-cli';

const linesOf = (text: string): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

test('what each verb writes for programs fits its schema, with times in UTC', async () => {
  const cwd = temporaryFolder();
  const told: unknown[] = [];
  const run = async (...words: string[]): Promise<void> => {
    const { stdout } = await runCli([...words, '--json'], { cwd });
    const lines = linesOf(stdout);
    expect([words[0], lines.length > 0]).toEqual([words[0], true]);
    told.push(...lines);
  };
  await run('fetch', ...SMALL_REQUEST, '--out', 'out', '--per-l0', 'symlink');
  await run('verify', 'out');
  await run('diff', 'out', 'out');
  await run('impact', 'out', '--adf', 'NO_SUCH_FILE');
  await run('doctor', '--no-store');
  await run('contract', '--list', '--grep', 'subscription');
  await run('fetch', '-m', 'S9');

  for (const line of told) {
    expect(outputProblems('event', line)).toEqual([]);
    const { time } = line as { time: string };
    expect(new Date(time).toISOString()).toBe(time);
  }
  const types = new Set(told.map((line) => (line as { type: string }).type));
  for (const type of ['step', 'file', 'finding', 'run-finished', 'diagnosis', 'listed-case'])
    expect([type, types.has(type)]).toEqual([type, true]);
  const documented = readFileSync(path.join(ROOT, 'docs', 'output.md'), 'utf8');
  for (const type of types) expect(documented).toContain(`\`${type}\``);

  const [report = ''] = reportNames(path.join(cwd, 'reports'));
  const read = (...place: string[]): string => readFileSync(path.join(cwd, ...place), 'utf8');
  expect(outputProblems('run', JSON.parse(read('reports', report, 'run.json')))).toEqual([]);
  expect(outputProblems('campaign', JSON.parse(read('reports', report, 'campaign.json')))).toEqual([]);
  expect(outputProblems('lock', JSON.parse(read('out', 'auxflow.lock.json')))).toEqual([]);
  for (const line of linesOf(read('out', 'manifest.jsonl'))) expect(outputProblems('manifest', line)).toEqual([]);
  for (const line of linesOf(read('reports', 'history.jsonl'))) expect(outputProblems('history', line)).toEqual([]);
});

test('every schema is in docs/output.md', () => {
  const documented = readFileSync(path.join(ROOT, 'docs', 'output.md'), 'utf8');
  for (const name of readdirSync(path.join(ROOT, 'schemas', 'output')))
    if (name !== 'completeness.schema.json') expect(documented).toContain(`schemas/output/${name}`);
});
