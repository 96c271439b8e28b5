import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/package-root';
import { temporaryFolder } from '../helpers/run-cli';

/** The recipes of docs/ci.md in the systems' own languages, where a program that knows one is installed: docs/tools.md says how. */
const GUIDE = readFileSync(path.join(ROOT, 'docs', 'ci.md'), 'utf8');
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
