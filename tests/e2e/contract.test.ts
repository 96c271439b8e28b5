import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import { caseResults, isFinding, type CaseResult } from '../../scripts/contract-suite/report/contract-report';
import type { CaseStep } from '../../scripts/newman/case-step';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import { IS_LONG, sampleOf } from '../helpers/budget';
import { drawTests } from '../helpers/draw-tests';
import { environmentFile } from '../helpers/environment-file';
import { inTurns } from '../helpers/in-turns';
import { lightSteps } from '../helpers/light-suite';
import { runCli, temporaryFolder } from '../helpers/run-cli';
import { junitProblems } from '../helpers/junit-problems';
import { findingLines, runContract, type ContractRun } from '../helpers/run-contract';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

/** It takes half a minute; what every commit sees of it are the folders drawn below, and all of them politely (polite-budget.test.ts). */
const testInTurn = inTurns(3);

const FOLDERS = CASE_FOLDERS.map(({ name }) => name);

/** Two minutes on a busy machine. */
const WHOLE_SUITE = { timeout: 300_000 };

/** What signs in with other accounts, keeps cookies, is granted files and moves the clock: only the command line tells. */
const TELLING = ['Token endpoint', 'Gateway and roles', 'rdb.svc known quirks', 'Downloads', 'Quota', 'Expiry'];
const OTHERS = FOLDERS.filter((name) => !TELLING.includes(name));

describe('the whole suite against a healthy service', WHOLE_SUITE, () => {
  testInTurn('as recorded: nothing is red, nothing is written, no secret leaves', async () => {
    const sandbox = await withSandbox({ scenario: 'documented-quota' });
    const env = environmentFile(temporaryFolder(), { site_url: sandbox.siteUrl, quota_run: '5' });
    const folders = [...TELLING, ...sampleOf(OTHERS, 1)];
    const run = await runContract(['--env', env, '--folder', ...folders], { environment: ACCOUNT });
    expect([findingLines(run.findings), run.exitCode]).toEqual([[], 0]);
    // What only a second account could tell.
    expect(untested(run.cases)).toEqual(['Sign in with the second account', 'The second account gets the same answer']);
    expectReportsAgree(run);
    expectOnlyReads(sandbox);
    expect(secretsIn(run, sandbox)).toEqual([]);
    // The others without Newman, in the same sandbox.
    const others = OTHERS.filter((name) => !folders.includes(name));
    const cases = [...run.cases, ...(await lightCases(others, sandbox, 'adg'))];
    expect(findingLines(cases.filter(isFinding))).toEqual([]);
    expectFolders(cases, FOLDERS);
    expectOnlyReads(sandbox);
    expect(sandbox.defects).toEqual([]);
  });

  // In a sandbox of its own; the folders that are left out come through the command line at night.
  test('by the specification, through the command line: nothing is red', async () => {
    const folders = ['Token endpoint', 'rdb.svc known quirks', 'Downloads', 'Quota'];
    const chosen = IS_LONG ? [] : ['--folder', ...sampleOf(folders, 1)];
    const run = await runContract(['--profile', 'icd', ...chosen]);
    expect([findingLines(run.findings), run.exitCode]).toEqual([[], 0]);
    expectReportsAgree(run);
  });

  test.each(['adg', 'icd'] as const)('with the profile %s: nothing is red in any folder', async (profile) => {
    const sandbox = await withSandbox({ profile, scenario: 'documented-quota' });
    const folders = sampleOf(FOLDERS, 2);
    const cases = await lightCases(folders, sandbox, profile);
    expect(findingLines(cases.filter(isFinding))).toEqual([]);
    expectFolders(cases, folders);
  });
});

async function lightCases(folders: readonly string[], { siteUrl }: Sandbox, profile: string): Promise<CaseResult[]> {
  const steps: CaseStep[] = [];
  for (const folder of folders) steps.push(...(await lightSteps(folder, siteUrl, { profile, quota_run: '5' })));
  return caseResults(
    CASE_FOLDERS.filter(({ name }) => folders.includes(name)),
    steps,
  );
}

function expectFolders(cases: readonly CaseResult[], folders: readonly string[]): void {
  expect([...new Set(cases.map(({ folder }) => folder))].sort()).toEqual([...folders].sort());
  for (const { name, cases: all } of CASE_FOLDERS.filter(({ name }) => folders.includes(name))) {
    const kept = cases.filter(({ folder, verdict }) => folder === name && (verdict === 'kept' || verdict === 'pinned'));
    expect([name, kept.length > Math.min(3, all.length / 2)]).toEqual([name, true]);
  }
}

const untested = (cases: readonly CaseResult[]): string[] =>
  cases.filter(({ verdict }) => verdict === 'untested').map(({ name }) => name);

/** The three other files say what contract.json says. */
function expectReportsAgree({ report, cases, files }: ContractRun): void {
  const count = (verdict: CaseResult['verdict']): number => cases.filter((item) => item.verdict === verdict).length;
  const [broken, news, kept, pinned] = [count('broken'), count('news'), count('kept'), count('pinned')];
  const junit = files.get('junit.xml') ?? '';
  // No schema allows counts on `testsuites` that another forbids there: those of the suites are added up.
  const suites = [...junit.matchAll(/<testsuite [^>]*tests="(\d+)" failures="(\d+)" skipped="(\d+)"/g)];
  const sum = (column: number): number => suites.reduce((total, found) => total + Number(found[column]), 0);
  expect([sum(1), sum(2), sum(3)]).toEqual([cases.length, broken + news, pinned + count('untested')]);
  expect(junitProblems(junit)).toEqual([]);
  expect(junit.match(/<testcase /g)).toHaveLength(cases.length);
  expect(junit.match(/<failure /g) ?? []).toHaveLength(broken + news);
  expect(files.get('summary.md')).toContain(
    `: ${kept} kept, ${broken} broken, ${news} news, ${pinned} pinned, ${count('untested')} untested.`,
  );
  const page = files.get('contract.html') ?? '';
  const tiles = [...page.matchAll(/<dt>(\w+)<\/dt>\s*<dd><b>(\d+)<\/b>/g)].map(([, name, number]) => [
    name,
    Number(number),
  ]);
  const requests = cases.reduce((sum, item) => sum + item.requests, 0);
  expect(Object.fromEntries(tiles)).toMatchObject({
    broken,
    news,
    kept,
    pinned,
    untested: count('untested'),
    requests,
  });
  expect(page).toContain(`Exit code ${report.exitCode}.`);
  expect(page.match(/<th scope="row" class="case">/g)).toHaveLength(cases.length);
}

/** The services of the site, the store and the token endpoint were not asked to change anything. */
function expectOnlyReads({ requests }: Sandbox): void {
  const written = requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD');
  const elsewhere = written.filter(({ method, url }) => !(method === 'POST' && url.endsWith('/openid-connect/token')));
  // The function is unbound and cannot be written to; that it refuses is part of its contract (rdb.md#status-codes).
  expect(elsewhere.filter(({ url }) => !url.startsWith('/rdb.svc/getReprocessingDataBaseline('))).toEqual([]);
  const refused = elsewhere.filter(({ headers }) => headers['x-http-method'] !== 'GET');
  expect(refused.filter(({ status }) => status < 400)).toEqual([]);
  const atStore = requests.filter(({ origin }) => origin === 'store');
  expect(atStore.length).toBeGreaterThan(10);
  expect(atStore.filter(({ headers }) => /eyJ/.test(headers.authorization ?? '') || headers.cookie)).toEqual([]);
  const granted = requests.filter(({ url, status }) => url.endsWith('/$value') && status === 302);
  const charged = granted.filter(({ headers }) => /^Bearer eyJ/.test(headers.authorization ?? ''));
  // Downloads: 2; where the clock moves, Quota: 6, Expiry: 2.
  expect(charged.length).toBe(11);
}

/** Tokens, halves of tokens, and signatures of presigned addresses, in anything that was said or written. */
function secretsIn({ stdout, stderr, files }: ContractRun, { requests }: Sandbox): string[] {
  const tokens = new Set(requests.flatMap(({ headers }) => headers.authorization?.replace('Bearer ', '') ?? []));
  const signatures = new Set(requests.flatMap(({ url }) => /X-Amz-Signature=([0-9a-f]+)/.exec(url)?.[1] ?? []));
  expect([tokens.size, signatures.size].every((size) => size > 1)).toBe(true);
  return [stdout, stderr, ...files.values()].flatMap((text) => [
    ...(text.match(/eyJ[\w-]{30,}/g) ?? []),
    ...(text.match(/X-Amz-(?:Signature|Credential)=[^&*\s]+/g) ?? []),
    ...(text.match(/[0-9a-f]{64}/g) ?? []).filter((digits) => signatures.has(digits)),
    ...[...tokens].filter((token) => token.length > 30 && text.includes(token)),
  ]);
}

describe('what is run', () => {
  drawTests(6);

  test('--folder takes the beginning of a name, more than once, in any case', async () => {
    const run = await runContract(['--folder', 'token', 'QUOTA']);
    expect([run.exitCode, [...new Set(run.cases.map(({ folder }) => folder))]]).toEqual([
      0,
      ['Token endpoint', 'Quota'],
    ]);
    expect(untested(run.cases)).toEqual([]);
  });

  test('an unknown folder is refused with the list of all, before anything is sent', async () => {
    const reports = path.join(temporaryFolder(), 'reports');
    const { exitCode, stdout, stderr } = await runCli([
      'contract',
      '--folder',
      'auxip.svc',
      'nope',
      '--reports',
      reports,
    ]);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/no folder "nope"/);
    for (const name of FOLDERS) expect(stderr.replace(/\s+/g, ' ')).toContain(name);
  });

  test('--shards changes nothing but the time', async () => {
    const verdicts = async (shards: string): Promise<string[]> => {
      const words = ['--folder', 'Token', 'rdb.svc known', 'Downloads', 'Expiry', '--shards', shards];
      const { cases, exitCode } = await runContract(words);
      expect(exitCode).toBe(0);
      return cases.map(({ folder, name, verdict, held }) => `${folder}: ${name}: ${verdict} ${held}`);
    };
    const alone = await verdicts('1');
    expect(alone.length).toBeGreaterThan(70);
    expect(await verdicts('3')).toEqual(alone);
  });

  test('--bail stops at the first broken promise', async () => {
    const { siteUrl, requests } = await withSandbox({ scenario: 'value-429' });
    const words = ['--site-url', siteUrl, '--folder', 'Downloads', 'Expiry', '--bail', '--seed', '20261129'];
    const { exitCode, cases, findings } = await runContract(words);
    expect([exitCode, findings.length, cases.at(-1)?.verdict]).toEqual([1, 1, 'broken']);
    expect([cases.length, requests.length]).toEqual([3, 3]);
  });

  test('--json: a line for every request, and the same numbers at the end', async () => {
    const { stdout, cases } = await runContract(['--folder', 'Token endpoint', '--json']);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; exitCode?: number });
    expect([events[0]?.type, events.at(-1)]).toMatchObject(['run-started', { type: 'run-finished', exitCode: 0 }]);
    expect(events.filter(({ type }) => type === 'case')).toHaveLength(cases.length);
  });
});

describe('seed and time', () => {
  drawTests(6);

  test('--seed is told everywhere, and draws the same file again', async () => {
    const run = (): Promise<ContractRun> => runContract(['--folder', 'Downloads', '--seed', '77']);
    const [item, another] = [await run(), await run()];
    const drawn = ({ cases }: ContractRun): unknown => cases.find(({ key }) => key === 'small-file')?.curl;
    expect([item.exitCode, item.report.seed, item.stdout]).toEqual([0, '77', expect.stringContaining('seed 77')]);
    expect(item.files.get('contract.html')).toContain('seed 77');
    expect(item.files.get('summary.md')).toContain('seed 77');
    const pathOf = (curl: unknown): string => String(curl).replace(/127\.0\.0\.1:\d+/, '');
    expect(pathOf(drawn(item))).toBe(pathOf(drawn(another)));
    expect(drawn(item)).toMatch(/Products/);
  });

  test('without --seed the environment decides, or else the date', async () => {
    const { siteUrl } = await withSandbox();
    const seedWith = async (variables: Record<string, string>): Promise<string> => {
      const env = environmentFile(temporaryFolder(), { site_url: siteUrl, ...variables });
      const run = await runContract(['--env', env, '--folder', 'Token'], { environment: ACCOUNT });
      return run.report.seed;
    };
    expect(await seedWith({ contract_seed: 'a night' })).toBe('a night');
    expect(await seedWith({})).toMatch(/^20\d{6}$/);
  });

  test('--max-seconds: a slower answer is a finding in every report, and the exit code is 1', async () => {
    const { siteUrl } = await withSandbox({ scenario: 'slow-first-byte@300' });
    const words = [
      '--site-url',
      siteUrl,
      '--folder',
      'Token',
      '--max-seconds',
      'token=0.0001',
      '--max-seconds',
      'store=9',
    ];
    const run = await runContract(words);
    const verdicts = run.cases.filter(({ folder }) => folder === 'Latency').map(({ key, verdict }) => [key, verdict]);
    expect(verdicts).toEqual([
      ['latency-token', 'broken'],
      ['latency-store', 'untested'],
    ]);
    expect([run.exitCode, run.stdout]).toEqual([1, expect.stringMatching(/Latency.*token come within/)]);
    expect(run.report.latency.find(({ kind }) => kind === 'token')?.count).toBeGreaterThan(5);
    expectReportsAgree(run);
  });

  test.each(sampleOf(['token', 'token=', 'token=0', 'token=-1', 'token=x', 'nonsense=1', '=1'], 2))(
    '--max-seconds %s is refused with the kinds',
    async (value) => {
      const { exitCode, stderr } = await runCli(['contract', '--max-seconds', value]);
      expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/KIND=SECONDS[^]*catalogue/)]);
    },
  );
});

describe('what must not be taken for a kept contract', () => {
  drawTests(6);

  test('a sign-in alone is nothing tested', async () => {
    const { siteUrl } = await withSandbox();
    const { exitCode, cases, stdout, stderr } = await runContract(['--site-url', siteUrl, '--folder', 'Quota']);
    expect([exitCode, cases.filter(({ verdict }) => verdict === 'kept').map(({ name }) => name)]).toEqual([
      1,
      ['Sign in'],
    ]);
    expect(stdout + stderr).toMatch(/no case could be tested \(\d+ cases: quota_run not known\)/);
  });

  test('a wrong password: exit code 3, tried and found once per process and none of its consequences, the password nowhere', async () => {
    const { siteUrl, requests } = await withSandbox();
    const folders = ['Token endpoint', 'Selection rules', 'Downloads', 'Expiry'];
    const password = 'SECRET-CANARY-1 & = + % " \\ { } é';
    const environment = { ADG_USER: 'user', ADG_PASSWORD: password, AUXFLOW_DEBUG: '1' };
    const run = await runContract(['--site-url', siteUrl, '--folder', ...folders], { environment });
    expect([run.exitCode, findingLines(run.findings)]).toEqual([
      3,
      ['Token endpoint', 'Downloads'].map(
        (folder) => expect.stringMatching(`^${folder}: Sign in: Status is 200: got 401`) as string,
      ),
    ]);
    expect(new Set(run.cases.map(({ folder }) => folder))).toEqual(new Set(folders));
    expect(run.cases.filter(({ verdict }) => !['broken', 'untested'].includes(verdict))).toEqual([]);
    expect(requests).toHaveLength(2);
    expect(new Set(run.findings.map(({ problems }) => problems[0]?.cause))).toEqual(
      new Set([expect.stringMatching(/user name or password/i)]),
    );
    expect(requests.filter(({ url }) => !url.endsWith('/token'))).toEqual([]);
    expect([run.stdout, run.stderr, ...run.files.values()].filter((text) => /SECRET.CANARY/.test(text))).toEqual([]);
    expectReportsAgree(run);
  });

  test('findings: the four reports agree', async () => {
    const { siteUrl } = await withSandbox({ scenario: 'value-429' });
    const run = await runContract(['--site-url', siteUrl, '--folder', 'Downloads']);
    expect([run.exitCode, run.findings.length > 0]).toEqual([1, true]);
    expectReportsAgree(run);
    for (const name of ['contract.html', 'junit.xml', 'summary.md'])
      for (const item of run.findings)
        expect([name, run.files.get(name)]).toEqual([name, expect.stringContaining(item.name)]);
  });
});
