import { execFile } from 'node:child_process';
import { accessSync, constants, cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../../scripts/lib/package-root';
import { runCli, temporaryFolder } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';

/** Other people's tools, where they are installed: docs/tools.md says how, and has their verdicts. */
const isLong = process.env.AUXFLOW_TEST_LONG === '1';
const COLLECTIONS = ['reprocessing-workflow', 'service-contract'] as const;
const ENVIRONMENT = path.join(ROOT, 'environments', 'sandbox.postman_environment.json');
const v2 = (name: string): string => path.join(ROOT, 'collections', `${name}.postman_collection.json`);
const v3 = (name: string): string => path.join(ROOT, 'collections', 'v3', name);

/** The program that a variable names, or one of the PATH. */
function found(variable: string, program: string): string | undefined {
  const named = process.env[variable];
  if (named) return named;
  const places = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, program));
  const place = places.find(isExecutable);
  if (!place) console.info(`${program} is not installed: skipped. docs/tools.md says how to install it (${variable}).`);
  return place;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

interface Ran {
  readonly exitCode: number;
  readonly output: string;
}

function run(
  program: string,
  words: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  const { cwd, env } = options;
  return new Promise((resolve) => {
    const settings = { cwd, env: { ...process.env, ...env }, maxBuffer: 512 * 1024 * 1024 };
    execFile(program, words, settings, (error, stdout, stderr) =>
      resolve({ exitCode: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
    );
  });
}

/** `--env-var` for a sandbox, as all of them take it. */
async function variables(): Promise<string[]> {
  const { siteUrl } = await withSandbox();
  const values = { site_url: siteUrl, username: 'user', password: 'password' };
  return Object.entries(values).flatMap(([key, value]) => ['--env-var', `${key}=${value}`]);
}

/** Assertions of a table as Newman and Postman's command line print it. */
const counted = ({ exitCode, output }: Ran): unknown[] => {
  const [, made = '0', failed = ''] = /assertions\W+(\d+)\W+(\d+)/.exec(output) ?? [];
  return [exitCode, Number(made) > (isLong ? 70 : 50), failed];
};
const ALL_PASSED = [0, true, '0'];

describe('Newman 5.3', () => {
  const newman = found('AUXFLOW_NEWMAN5', 'newman5');
  // Its client of Node 16 gets a list of addresses from Node 20 (docs/tools.md).
  const env = { NODE_OPTIONS: '--no-network-family-autoselection' };

  test.skipIf(!newman)('reprocessing-workflow', async () => {
    const words = ['run', v2(COLLECTIONS[0]), '-e', ENVIRONMENT, ...(await variables()), '--color', 'off'];
    expect(counted(await run(newman ?? '', words, { env }))).toEqual(ALL_PASSED);
  });

  test.skipIf(!newman)('service-contract says that it needs Newman 6, after one request', async () => {
    const words = ['run', v2(COLLECTIONS[1]), '-e', ENVIRONMENT, ...(await variables()), '--color', 'off'];
    const { exitCode, output } = await run(newman ?? '', words, { env });
    expect([exitCode, output]).toEqual([1, expect.stringMatching(/Newman 6/)]);
    expect(output).toMatch(/requests\W+1\W+0/);
  });
});

describe("Postman's own command line", () => {
  const postman = found('AUXFLOW_POSTMAN_CLI', 'postman');
  const words = async (place: string): Promise<string[]> => [
    ...['collection', 'run', place, '-e', ENVIRONMENT],
    ...(await variables()),
    ...['--color', 'off'],
  ];

  test.skipIf(!postman).each(COLLECTIONS)('lint of %s in format 3: no error, no warning', async (name) => {
    const { exitCode, output } = await run(postman ?? '', ['collection', 'lint', v3(name)]);
    expect([exitCode, output]).toEqual([0, expect.stringMatching(/Errors: 0 \| Warnings: 0/)]);
  });

  test.skipIf(!postman).each(COLLECTIONS)('its own migration of %s comes to the same files', async (name) => {
    const folder = path.join(temporaryFolder(), 'migrated');
    await run(postman ?? '', ['collection', 'migrate', v2(name), '--output', folder]);
    expect(treeOf(v3(name))).toEqual(treeOf(folder));
  });

  test.skipIf(!postman).each([v2(COLLECTIONS[0]), v3(COLLECTIONS[0])])('%s', async (place) => {
    expect(counted(await run(postman ?? '', await words(place)))).toEqual(ALL_PASSED);
  });

  test.skipIf(!postman || !isLong)('service-contract in format 2.1', async () => {
    expect(counted(await run(postman ?? '', await words(v2(COLLECTIONS[1]))))).toEqual(ALL_PASSED);
  });

  // As a whole it takes more memory than this program lets itself have; and it counts what a script skips as failed (docs/tools.md).
  test.skipIf(!postman || !isLong).each(foldersOf(v3(COLLECTIONS[1])))(
    'service-contract in format 3, %s as a collection of its own: no check fails, only requests that a script skips are not sent',
    async (folder) => {
      const { output } = await run(postman ?? '', await words(aloneIn(v3(COLLECTIONS[1]), folder)));
      const [, requests = 0, unsent] = (/ requests\W+(\d+)\W+(\d+)/.exec(output) ?? []).map(Number);
      const [, checks = 0, failed] = (/assertions\W+(\d+)\W+(\d+)/.exec(output) ?? []).map(Number);
      const failures = output.split(/^ *# {2}failure /m)[1]?.match(/^ *\d+\. /gm) ?? [];
      const notSent = output.match(/Request could not be completed/g) ?? [];
      expect([requests > 10, checks > 30, failed]).toEqual([true, true, 0]);
      expect([failures.length, notSent.length]).toEqual([unsent, unsent]);
    },
  );
});

function foldersOf(collection: string): string[] {
  const entries = readdirSync(collection, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && entry.name !== '.resources').map(({ name }) => name);
}

/** A collection of format 3 that has one folder of another, with the scripts and variables of the whole. */
function aloneIn(collection: string, folder: string): string {
  const place = path.join(temporaryFolder(), 'collection');
  for (const part of ['.resources', folder])
    cpSync(path.join(collection, part), path.join(place, part), { recursive: true });
  return place;
}

type Row = Record<string, unknown>;

function without(row: Row, ...keys: string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([key]) => !keys.includes(key)));
}

/** Every file of a collection of format 3, without the ids that a migration draws and the descriptions that it drops. */
function treeOf(folder: string): Record<string, unknown> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  return Object.fromEntries(
    files.sort().map((name) => {
      const definition = parse(readFileSync(path.join(folder, name), 'utf8')) as Row;
      const { auth, response } = definition;
      const own = Array.isArray(auth) ? (auth as Row[]).map((row) => without(row, 'id')) : auth;
      const answer = without((response ?? {}) as Row, 'body');
      return [name, { ...without(definition, 'variables', 'response'), auth: own, answer }];
    }),
  );
}

describe('Bruno', () => {
  const tools = process.env.AUXFLOW_BRUNO;
  const isThere = tools !== undefined && existsSync(path.join(tools, 'node_modules', '@usebruno', 'cli'));
  if (!isThere) console.info('Bruno is not installed: skipped. docs/tools.md says how to install it (AUXFLOW_BRUNO).');

  const bru = async (name: string, ...words: string[]): Promise<Ran> => {
    const folder = path.join(temporaryFolder(), 'bruno');
    const env = { NODE_PATH: path.join(tools ?? '', 'node_modules') };
    const script = path.join(ROOT, 'tests', 'tools', 'to-bruno.cjs');
    expect(await run(process.execPath, [script, v2(name), ENVIRONMENT, folder], { env })).toEqual({
      exitCode: 0,
      output: '',
    });
    const program = path.join(tools ?? '', 'node_modules', '.bin', 'bru');
    const all = ['run', '-r', ...words, '--env', 'sandbox', ...(await variables())];
    return run(program, all, { cwd: folder });
  };

  test.skipIf(!isThere)('reprocessing-workflow', async () => {
    const { exitCode, output } = await bru(COLLECTIONS[0], '--sandbox', 'developer');
    expect([exitCode, /18 Passed/.test(output), output.includes('✕')]).toEqual([0, true, false]);
  });

  test.skipIf(!isThere || !isLong)('reprocessing-workflow by QuickJS: one script ends it, no check fails', async () => {
    const { exitCode, output } = await bru(COLLECTIONS[0], '--sandbox', 'safe');
    expect([exitCode, /17 Passed/.test(output)]).toEqual([1, true]);
    expect(output.match(/✕.*\n.*/g)).toEqual([expect.stringMatching(/Script Error\n\s+Aborted\(.*JS_FreeRuntime/)]);
  });

  test.skipIf(!isThere || !isLong)('service-contract: Bruno has no pm to hand over', async () => {
    const { exitCode, output } = await bru(COLLECTIONS[1], 'Token endpoint', '--sandbox', 'developer', '--bail');
    expect([exitCode, output]).toEqual([1, expect.stringContaining('ReferenceError: pm is not defined')]);
  });
});

test.skipIf(!isLong)('the whole service-contract in plain Newman 6', async () => {
  const newman = path.join(ROOT, 'node_modules', 'newman', 'bin', 'newman.js');
  const words = [newman, 'run', v2(COLLECTIONS[1]), '-e', ENVIRONMENT, ...(await variables()), '--color', 'off'];
  expect(counted(await run(process.execPath, words))).toEqual(ALL_PASSED);
});

test.skipIf(!isLong)('the whole service-contract in format 3 by auxflow run --collection', async () => {
  const words = ['run', '--collection', v3(COLLECTIONS[1]), '--env', ENVIRONMENT, ...(await variables())];
  const { exitCode, stdout } = await runCli(words, { cwd: temporaryFolder() });
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/All checks passed: \d{4} requests, \d{5} checks/)]);
});
