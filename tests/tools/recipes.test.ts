import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/package-root';
import { BIN, temporaryFolder } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';

/** The recipes of docs/ci.md in the systems' own languages, where a program that knows one is installed: docs/tools.md says how. */
const GUIDE = readFileSync(path.join(ROOT, 'docs', 'ci.md'), 'utf8');
const [, GITHUB = ''] = /^## GitHub Actions\n[^]*?```yaml\n([^]*?)^```/m.exec(GUIDE) ?? [];
const [, GITLAB = ''] = /^## GitLab CI\n+```yaml\n([^]*?)^```/m.exec(GUIDE) ?? [];
const [, JENKINS = ''] = /^## Jenkins\n+```groovy\n([^]*?)^```/m.exec(GUIDE) ?? [];

function exitCodeOf(program: string, words: readonly string[], cwd: string): Promise<number> {
  return new Promise((resolve) => {
    execFile(program, words, { cwd }, (error) => resolve(error === null ? 0 : Number(error.code ?? 1)));
  });
}

const gitlab = process.env.AUXFLOW_GITLAB_CI_LOCAL;
test.skipIf(!gitlab).each([
  ['as it stands', GITLAB, 0],
  ['with a word that GitLab does not know', GITLAB.replace('when: always', 'when: alwys'), 1],
])("by GitLab's schema, %s", async (_, recipe, exitCode) => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, '.gitlab-ci.yml'), recipe);
  execFileSync('git', ['init', '-q'], { cwd: folder });
  execFileSync('git', ['remote', 'add', 'origin', 'https://gitlab.com/auxflow/auxflow.git'], { cwd: folder });
  expect(await exitCodeOf(gitlab ?? '', ['--list'], folder)).toBe(exitCode);
});

const groovy = process.env.AUXFLOW_GROOVY_JAR;
test.skipIf(!groovy).each([
  ['as it stands', JENKINS, 0],
  ['without a parenthesis', JENKINS.replace("stage('Contract')", "stage('Contract'"), 1],
])('by the compiler of Groovy, %s', async (_, recipe, exitCode) => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'Jenkinsfile.groovy'), recipe);
  const compiler = ['-cp', groovy ?? '', 'org.codehaus.groovy.tools.FileSystemCompiler'];
  expect(await exitCodeOf('java', [...compiler, '-d', folder, 'Jenkinsfile.groovy'], folder)).toBe(exitCode);
});

/** In place of GitHub's own actions, which move artifacts by its servers. */
const MOVES: Readonly<Record<string, string>> = {
  upload:
    'mkdir -p "${ARTIFACTS:?}/${{ inputs.name }}" && cp -RL "${{ inputs.path }}." "${ARTIFACTS:?}/${{ inputs.name }}"',
  download: 'mkdir -p "${{ inputs.path }}" && cp -R "${ARTIFACTS:?}/." "${{ inputs.path }}"',
};

const act = process.env.AUXFLOW_ACT;
test.skipIf(!act)("the GitHub recipe with the repository's action, run by act without containers", async () => {
  const { siteUrl } = await withSandbox();
  const folder = temporaryFolder();
  const place = (...names: string[]): string => path.join(folder, ...names);
  const own = place('own');
  mkdirSync(own);
  cpSync(path.join(ROOT, 'action.yml'), path.join(own, 'action.yml'));
  const replaced = [`auxflow/auxflow@main=${own}`];
  for (const [name, line] of Object.entries(MOVES)) {
    mkdirSync(place(name));
    const steps = [{ shell: 'bash', run: line }];
    const inputs = { name: { required: false }, path: { required: true } };
    const action = { name, description: name, inputs, runs: { using: 'composite', steps } };
    writeFileSync(place(name, 'action.yml'), JSON.stringify(action));
    replaced.push(`actions/${name}-artifact@v4=${place(name)}`);
  }
  mkdirSync(place('repository', '.github', 'workflows'), { recursive: true });
  writeFileSync(place('repository', '.github', 'workflows', 'services.yml'), GITHUB);
  execFileSync('git', ['init', '-q'], { cwd: place('repository') });
  mkdirSync(place('bin'));
  writeFileSync(place('bin', 'npx'), NPX);
  chmodSync(place('bin', 'npx'), 0o755);
  const variables = {
    PATH: `${place('bin')}:${process.env.PATH ?? ''}`,
    AUXFLOW_SITE_URL: siteUrl,
    ARTIFACTS: place('artifacts'),
  };
  const words = [
    ...['schedule', '-P', 'ubuntu-latest=-self-hosted', '-s', 'ADG_USER=user', '-s', 'ADG_PASSWORD=password'],
    ...replaced.flatMap((entry) => ['--local-repository', entry]),
    ...Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
  ];
  const env = { ...process.env, XDG_CACHE_HOME: place('cache') };
  await promisify(execFile)(act ?? '', words, { cwd: place('repository'), env, maxBuffer: 64 * 1024 * 1024 });
  expect(readdirSync(place('artifacts')).sort()).toEqual(['report', 'shard-1', 'shard-2']);
  expect(readdirSync(place('artifacts', 'report'))).toContain('contract.html');
});

/** This checkout in place of the package, and few cases of a suite that takes minutes. */
const NPX = `#!/bin/sh
[ "$1 $2" = '--yes auxflow@latest' ] || exit 99
shift 2
if [ "$1" = contract ]; then set -- "$@" --folder Token --grep user --pace 1000; fi
exec "${process.execPath}" "${BIN}" "$@"
`;
