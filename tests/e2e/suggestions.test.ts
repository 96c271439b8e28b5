import path from 'node:path';
import { expect, test } from 'vitest';
import { drawTests } from '../helpers/draw-tests';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';

drawTests(6);

const DAY = ['-t0', '2024-03-01', '-t1', '2024-03-02'];

test.each([
  ['a verb', ['fetsh'], /unknown command 'fetsh'\n\(Did you mean fetch\?\)/],
  ['an option', ['fetch', '--envv', 'x'], /unknown option '--envv'\n\(Did you mean --env\?\)/],
  ['an environment', ['fetch', '--env', 'prodution'], /Did you mean production\?/],
  ['the beginning of an environment', ['doctor', '--env', 'prod'], /Did you mean production\?/],
  [
    'a file of names without @',
    ['plan', '-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR', '-l0', path.resolve('README.md')],
    /is a file, not the name of a Level-0 product\.\n.*next .*put @ in front: -l0 @.*README\.md/,
  ],
  ['a mission', ['run', '-m', 's3olic', '-su', 'A', '-pt', 'L2LFR', ...DAY], /"S3OLIC" \(did you mean "S3OLCI"\?\)/],
  ['a product type', ['run', '-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LRF', ...DAY], /"L2LRF" \(did you mean "L2LFR"\?\)/],
  ['a folder of the contract suite', ['contract', '--folder', 'Quotas'], /"Quotas" \(did you mean "Quota"\?\)/],
] as const)('%s that is mistyped is a usage error with what was meant', async (_what, words, says) => {
  const { exitCode, stdout, stderr } = await runCli([...words], { cwd: temporaryFolder() });
  expect(stderr).toMatch(says);
  expect([exitCode, stdout]).toEqual([2, '']);
});

test('an account for the services on the sandbox: it is said why it is not let in, and what was wrong', async () => {
  const environment = { ADG_USER: 'somebody', ADG_PASSWORD: 'of the real services' };
  const words = ['fetch', '-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR', ...DAY, '-d', 'FALSE'];
  const { exitCode, stdout } = await runCli([...words, ...placesIn(temporaryFolder())], { environment });
  expect(stdout).toMatch(/note ADG_USER is set, but no environment is named .* the sandbox.* add --env production/);
  expect(stdout).toMatch(/Schema: answer of the token endpoint: .* following errors: \S/);
  expect(exitCode).toBe(3);
});
