import { describe, expect } from 'vitest';
import { inTurns } from '../helpers/in-turns';
import { runContract, type ContractRun } from '../helpers/run-contract';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

const testInTurn = inTurns(6);

/** One finding, in every report; its cause is told once and lists the cases that it broke. */
function expectOneFinding({ report, findings, files, stdout, exitCode }: ContractRun, words: RegExp): void {
  expect([exitCode, report.findings.map(({ cause }) => cause)]).toEqual([1, [expect.stringMatching(words)]]);
  const [finding] = report.findings;
  expect(finding?.cases.map(({ key }) => key).sort()).toEqual(findings.map(({ key }) => key).sort());
  expect(findings.length).toBeGreaterThan(1);
  expect(files.get('summary.md')).toMatch(/^## Service contract: 1 finding$/m);
  expect(files.get('contract.html')).toMatch(/1 finding: \d+ promises not as expected/);
  expect(stdout.split('for one cause:').length).toBe(2);
  expect(stdout).toMatch(words);
}

describe('one cause is one finding', { timeout: 300_000 }, () => {
  testInTurn(
    'first platform wins: rules, made-up names, repeated baselines and quirks are its consequences',
    async () => {
      const { siteUrl } = await withSandbox({ scenario: 'first-platform-wins' });
      const folders = ['--folder', 'Selection rules', 'rdb.svc known', '--shards', '1'];
      const run = await runContract(['--site-url', siteUrl, ...folders]);
      expectOneFinding(run, /First platform wins .*restart/);
    },
  );

  testInTurn(
    'an empty pool: --intrusive takes the last connection, and what is no longer answered is its consequence',
    async () => {
      const { siteUrl, requests } = await withSandbox({ scenario: 'count-leak@3', connectionSeconds: 0 });
      const words = ['--env', 'production', '--site-url', siteUrl, '--pace', '1000', '--shards', '1', '--intrusive'];
      const folders = ['--folder', 'auxip.svc resources', 'auxip.svc refusals', 'auxip.svc pages'];
      const run = await runContract([...words, ...folders], { environment: ACCOUNT });
      expectOneFinding(run, /Unable to acquire JDBC Connection.*\$count.*Only a restart helps/);
      // Each waits half a minute at a real service: the rest of a folder is left alone.
      expect(requests.filter(({ status }) => status === 500).length).toBeLessThan(12);
      const reasons = run.cases.flatMap(({ reason }) => reason ?? []);
      expect(reasons).toContain('the service has no database connection left');
    },
  );
});
