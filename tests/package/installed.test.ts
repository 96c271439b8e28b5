import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../../scripts/lib/package-root';
import { IS_LONG, sampleOf } from '../helpers/budget';
import { isClone } from '../helpers/copy-of-checkout';
import { inTurns } from '../helpers/in-turns';
import { npmRegistry } from '../helpers/npm-registry';
import { runCli, temporaryFolder, type CliResult } from '../helpers/run-cli';
import { withCliSandbox } from '../helpers/with-cli-sandbox';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';
import { installInto, packInto, type Pack } from './packed';

const MB = 1_000_000;
const folder = mkdtempSync(path.join(tmpdir(), 'auxflow-test-'));
const prefix = path.join(folder, 'Präfix mit Blänks');
const bin = path.join(prefix, 'bin', 'auxflow');

let pack: Pack;
let installed: string | undefined;

beforeAll(async () => {
  if (!isClone) return;
  pack = await packInto(folder);
  installed = await installInto(prefix, pack);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Record<string, string>>>;
  readonly homepage: string;
  readonly repository: { readonly url: string };
  readonly bugs: string;
}

const textOf = (name: string): string => readFileSync(path.join(ROOT, name), 'utf8');
const manifest = JSON.parse(textOf('package.json')) as Manifest;

describe.skipIf(!isClone)('the package', () => {
  test('holds what runs, what is documented and what is imported, and nothing else', () => {
    const top = ['CHANGELOG.md', 'LICENSE', 'NOTICE', 'README.md', 'package.json'];
    const folders = ['collections', 'dist', 'docs', 'environments', 'man', 'schemas'];
    expect([...new Set(pack.paths.map((file) => file.split('/', 1)[0]))].sort()).toEqual([...top, ...folders].sort());
    const foreign = /^dist\/(fidelity|generate|build)|(^|\/)(tests?|bench)\/|(?<!\.d)\.ts$/;
    expect(pack.paths.filter((file) => foreign.test(file))).toEqual([]);
    for (const name of ['cli/main.js', 'library/index.js', 'library/index.d.ts', 'library/sentinel.d.ts'])
      expect(pack.paths).toContain(`dist/${name}`);
    expect(pack.unpackedSize).toBeLessThan(8 * MB);
  });

  test('has what its exports and its README lead to', () => {
    const targets = Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === 'string' ? entry : Object.values(entry),
    );
    for (const target of targets) {
      const [start = ''] = target.replace('./', '').split('*');
      expect(
        pack.paths.some((file) => file.startsWith(start)),
        target,
      ).toBe(true);
    }
    for (const field of [manifest.homepage, manifest.repository.url, manifest.bugs])
      expect(field).toContain('https://');
    const links = [...textOf('README.md').matchAll(/\]\(([\w./-]+)/g)].map(([, link = '']) => link);
    const dead = links.filter((link) => !pack.paths.some((file) => file === link || file.startsWith(`${link}/`)));
    expect([...new Set(dead)]).toEqual(['CONTRIBUTING.md']);
  });

  test('depends on what it requires, and on those whose parts its pages hold, which NOTICE names', () => {
    const dist = path.join(folder, 'clone', 'dist');
    const required = readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js'))
      .flatMap((name) => [...readFileSync(path.join(dist, name), 'utf8').matchAll(REQUIRED)])
      .map(([, name = '']) => name);
    const dependencies = Object.keys(manifest.dependencies);
    const optional = Object.keys(manifest.peerDependencies);
    const known = [...dependencies, ...optional];
    expect(required.filter((name) => !name.startsWith('node:') && !known.includes(name))).toEqual([]);
    expect(optional.filter((name) => !required.includes(name))).toEqual([]);
    const template = textOf('scripts/newman/offline-template.ts');
    const inPages = dependencies.filter((name) => template.includes(`'${name}'`));
    const noticed = [...textOf('NOTICE').matchAll(/^- (\S+) \(/gm)].map(([, name = '']) => name);
    expect(noticed.sort()).toEqual(inPages.sort());
    expect(dependencies.filter((name) => !required.includes(name) && !inPages.includes(name))).toEqual([]);
  });
});

/** The package of a require(); methods of the same name and files of our own are none. */
const REQUIRED = /(?<![.\w])require\("((?:@[\w-]+\/)?(?:node:)?[a-z][\w.-]*)(?:\/[^"]*)?"\)/g;

const environment = { HOME: undefined, XDG_CACHE_HOME: undefined, XDG_STATE_HOME: path.join(folder, 'state') };
const REQUEST = [
  '-m',
  'S3OLCI',
  '-su',
  'A',
  '-pt',
  'L2LFR',
  '-t0',
  '2024-02-29T23:59:59Z',
  '-t1',
  '2024-03-02T00:00:00Z',
];

/** Every verb with what it is given in a folder that was empty before the first; those that need no service take what `fetch` made. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  plan: [...REQUEST],
  fetch: [...REQUEST, '--out', 'files'],
  verify: ['files'],
  check: ['files', '--task-table', path.join(ROOT, 'tests/fixtures/task-tables/plain.xml')],
  export: ['files', '--format', 'aria2'],
  diff: ['files', 'files'],
  impact: ['files', '--adf', 'A_FILE'],
  report: ['A_REPORT'],
  run: [...REQUEST, '--download-limit', '1'],
  contract: ['--folder', 'rdb.svc known', '--shards', '1', '--shard', '1/1', '--report-name', 'shard'],
  'merge-reports': ['reports/shard', '--out', 'reports/merged'],
  doctor: [],
  drift: [],
  record: ['--out', 'recorded'],
  init: ['own'],
  completion: ['bash'],
};
/** Each some seconds: one of them, another at each commit; what needs another's result follows it. */
const LONG = ['plan', 'run', 'contract', 'doctor', 'drift', 'record', 'tutorial'];
const DRAWN = sampleOf(LONG, 1);
const isDrawn = (verb: string): boolean => {
  const needed = verb === 'merge-reports' ? 'contract' : verb;
  return !LONG.includes(needed) || DRAWN.includes(needed);
};
const OF_A_QUEUE = ['worker', 'ledger', 'status'];
const OFFLINE = ['verify', 'check', 'export', 'diff', 'impact', 'report', 'merge-reports', 'init', 'completion'];

/** What `fetch` made, by names that nobody knows before. */
function filledIn(words: readonly string[], cwd: string): string[] {
  const made: Readonly<Record<string, () => string | undefined>> = {
    A_FILE: () => readdirSync(path.join(cwd, 'files')).find((name) => name.endsWith('.zip')),
    A_REPORT: () =>
      readdirSync(path.join(cwd, 'reports'))
        .filter((name) => name.endsWith('Z'))
        .map((name) => path.join('reports', name))[0],
  };
  return words.map((word) => made[word]?.() ?? word);
}

test.skipIf(!isClone)(
  'installed in a folder that nobody may write, every verb works from an empty one, without HOME',
  async (context) => {
    if (installed === undefined) return context.skip();
    const cwd = path.join(folder, 'empty');
    mkdirSync(cwd);
    const before = contentOf(prefix);
    expect(sizeOf(before) / MB).toBeLessThan(140);
    const auxflow = (...words: string[]): Promise<CliResult> => runCli(words, { bin, cwd, environment });

    const { stdout: help } = await auxflow('--help');
    const verbs = [...help.matchAll(/^ {2}([a-z-]+) [[<]/gm)].map(([, verb]) => verb);
    expect(verbs.sort()).toEqual([...Object.keys(VERBS), ...OF_A_QUEUE, 'help', 'sandbox', 'tutorial'].sort());
    // Its packages are optional, and not installed here.
    const worker = await auxflow('worker', '--queue', 'redis://127.0.0.1:1');
    expect(worker.exitCode).toBe(2);
    expect(worker.stderr).toContain('npm install bullmq ioredis');
    const served = await withCliSandbox(
      [],
      async ({ siteUrl }) => {
        for (const [verb, words] of Object.entries(VERBS).filter(([name]) => isDrawn(name))) {
          const site = OFFLINE.includes(verb) ? [] : ['--site-url', siteUrl];
          expect(await auxflow(verb, ...filledIn(words, cwd), ...site), verb).toMatchObject({
            exitCode: 0,
            stderr: '',
          });
        }
      },
      { bin, cwd, environment },
    );
    expect(served).toMatchObject({ exitCode: 0, stderr: '' });
    // Has a sandbox of its own.
    if (isDrawn('tutorial')) expect(await auxflow('tutorial')).toMatchObject({ exitCode: 0, stderr: '' });
    const made = [
      ...['plan', 'run', 'tutorial'].filter(isDrawn).map(() => 'downloads'),
      ...['record'].filter(isDrawn).map(() => 'recorded'),
    ];
    expect(readdirSync(cwd).sort()).toEqual([...new Set(['files', 'own', 'reports', ...made])].sort());
    expect(contentOf(prefix)).toEqual(before);
  },
  600_000,
);

const testInTurn = isClone ? inTurns(3) : test.skip;

/** The examples of docs/library.md, each as a file of a program that depends on the package. */
testInTurn('every example of docs/library.md compiles against the packed types, and runs', async (context) => {
  if (installed === undefined) return context.skip();
  const cwd = path.join(folder, 'consumer');
  mkdirSync(path.join(cwd, 'node_modules'), { recursive: true });
  symlinkSync(installed, path.join(cwd, 'node_modules', 'auxflow'));
  const examples = [...textOf('docs/library.md').matchAll(/^## (\w+)$(?:(?!^## )[^])*?```ts\n([^]*?)```/gm)];
  for (const [, name = '', text = ''] of examples) writeFileSync(path.join(cwd, `${name}.ts`), text);
  expect(examples.map(([, name]) => name)).toEqual(EXPORTED);
  const compilerOptions = {
    ...{ module: 'node16', target: 'es2022', strict: true, exactOptionalPropertyTypes: true },
    ...{ typeRoots: [path.join(ROOT, 'node_modules', '@types')], types: ['node'] },
  };
  writeFileSync(path.join(cwd, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  const tsc = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  expect(await runCli([], { bin: tsc, cwd })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  writeFileSync(path.join(cwd, 'all.mjs'), PROGRAM);
  const { stdout, stderr } = await runCli([], { bin: path.join(cwd, 'all.mjs'), cwd, environment });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout.split('\n').at(-2) ?? '')).toEqual(EXPECTED);
});

const EXPORTED = [
  ...['fetchCampaign', 'planCampaign', 'verifyFolder', 'runWorkflow', 'runContract', 'startSandbox'],
  ...['schemas', 'sentinel'],
];

/** As an ES module, which imports the package by name. */
const PROGRAM = `
import { rm } from 'node:fs/promises';
import { startSandbox } from 'auxflow';
import { fetchFiles } from './fetchCampaign.js';
import { bytesToFetch } from './planCampaign.js';
import { missingFiles } from './verifyFolder.js';
import { run } from './runWorkflow.js';
import { servicesKeepTheirPromises } from './runContract.js';
import { survivesBrokenTransfers } from './startSandbox.js';
import { problemsOfBaseline } from './schemas.js';
import { describeName } from './sentinel.js';
const level0 = 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const files = await fetchFiles();
await rm('aux-files/' + files[0]);
const missing = await missingFiles('aux-files');
const { value } = await startSandbox();
const kept = await servicesKeepTheirPromises(value.siteUrl);
const survives = await survivesBrokenTransfers();
await value.close();
console.log(JSON.stringify({
  files: files.length,
  missing: missing.length,
  bytes: await bytesToFetch([level0]) > 0,
  run: await run(new AbortController().signal),
  aborted: await run(AbortSignal.abort()),
  kept,
  survives,
  problems: problemsOfBaseline({}).length > 0,
  name: describeName(level0),
}));
`;
const EXPECTED = {
  ...{ files: 44, missing: 1, bytes: true, run: 0, aborted: 130, kept: true, survives: true, problems: true },
  name: 'Level-0 of S3A, sensed from 2024-03-01T01:04:12.000Z',
};

/** Path → size and time of change of every file below. */
function contentOf(place: string): Map<string, string> {
  const content = new Map<string, string>();
  for (const name of readdirSync(place, { recursive: true, encoding: 'utf8' })) {
    const stats = statSync(path.join(place, name));
    if (stats.isFile()) content.set(name, `${stats.size} ${stats.mtimeMs}`);
  }
  return content;
}

function sizeOf(content: Map<string, string>): number {
  return [...content.values()].reduce((sum, text) => sum + Number.parseInt(text), 0);
}

/** As GitLab's runner and Jenkins do it: the lines of a job one after the other, in a folder of its own, from an empty cache of npm. */
describe.runIf(isClone && IS_LONG)('the recipes of docs/ci.md install it from a registry', () => {
  const guide = textOf('docs/ci.md');
  const [, gitlab = ''] = /^## GitLab CI\n+```yaml\n([^]*?)^```/m.exec(guide) ?? [];
  type Job = Readonly<Record<'before_script' | 'script', readonly string[]>>;
  const { '.auxflow': template, nightly } = parse(gitlab) as Readonly<Record<string, Job>>;
  const [, jenkins = ''] = /sh '(npx auxflow .*)'/.exec(guide) ?? [];
  const { runs } = parse(textOf('action.yml')) as { runs: { steps: [{ run: string }] } };

  test.each([
    ['GitLab', [...(template?.before_script ?? []), ...(nightly?.script ?? [])].join('\n')],
    ['Jenkins', jenkins],
    ['GitHub', runs.steps[0].run],
  ])('%s', async (_name, lines) => {
    // What npm is told here, by a user's file or by `npx vitest`, it is not told on a machine of CI.
    const withoutNpm = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
    const registry = await npmRegistry(pack.file);
    const { siteUrl } = await withSandbox();
    const cwd = temporaryFolder();
    const npx = path.join(cwd, 'shorter', 'npx');
    mkdirSync(path.dirname(npx));
    writeFileSync(npx, fewCases(execFileSync('which', ['npx'], { encoding: 'utf8' }).trim()));
    chmodSync(npx, 0o755);
    const bins = [path.dirname(npx), path.join(cwd, 'global', 'bin'), process.env.PATH];
    const npm = {
      npm_config_registry: registry,
      npm_config_prefix: path.join(cwd, 'global'),
      npm_config_cache: `${cwd}/npm`,
      npm_config_userconfig: `${cwd}/none`,
    };
    const action = {
      AUXFLOW_COMMAND: 'contract --env production --report-name nightly',
      AUXFLOW_VERSION: 'latest',
      GITHUB_OUTPUT: `${cwd}/output`,
    };
    const env = {
      ...withoutNpm,
      ...environment,
      ...npm,
      ...action,
      ...ACCOUNT,
      AUXFLOW_SITE_URL: siteUrl,
      PATH: bins.join(':'),
    };
    await promisify(execFile)('bash', ['-eo', 'pipefail', '-c', lines], { cwd, env });
    expect(existsSync(path.join(cwd, 'reports', 'nightly', 'junit.xml'))).toBe(true);
  });
});

/** The suite takes minutes. */
const fewCases = (npx: string): string => `#!/bin/sh
case "$*" in *auxflow*contract*) set -- "$@" --folder Token --grep user --pace 1000 ;; esac
exec "${npx}" "$@"
`;
