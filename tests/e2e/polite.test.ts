import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { COSTS, costsOf, type Cost } from '../../scripts/services/request-costs';
import type { ListedCase } from '../../scripts/session/run-events';
import { packageVersion } from '../../scripts/lib/package-version';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import { sampleOf } from '../helpers/budget';
import { SMALL_REQUEST } from '../helpers/campaign';
import { drawTests } from '../helpers/draw-tests';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { runContract } from '../helpers/run-contract';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

drawTests(6);

/** Requests that take a connection for ever (findings of the real services), by their form alone. */
const leaking = ({ requests }: Sandbox): string[] =>
  requests.map(({ url }) => url).filter((url) => /(\$|%24)count|Subscriptions|Metrics/i.test(url));

const agents = ({ requests }: Sandbox): (string | undefined)[] => [
  ...new Set(requests.map(({ headers }) => headers['user-agent'])),
];

const OURS = [`auxflow/${packageVersion()}`];

describe('what every command leaves alone', () => {
  const LINES: readonly [verb: string, ...words: string[]][] = [
    ['doctor'],
    ['drift'],
    ['run', ...SMALL_REQUEST],
    ['plan', ...SMALL_REQUEST],
    ['fetch', ...SMALL_REQUEST, '--quota-run', '1000'],
  ];

  test.each(sampleOf(LINES, 3))(
    '%s asks for no count, no subscriptions, no metrics, and says who it is',
    async (command, ...words) => {
      const sandbox = await withSandbox();
      const folder = temporaryFolder();
      const places = command === 'run' || command === 'fetch' ? placesIn(folder) : [];
      const { exitCode, stderr } = await runCli(
        [command, ...words, ...places, '--env', 'production', '--site-url', sandbox.siteUrl],
        { environment: { ...ACCOUNT, XDG_STATE_HOME: path.join(folder, 'state') } },
      );
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(sandbox.requests.length).toBeGreaterThan(2);
      expect([leaking(sandbox), agents(sandbox)]).toEqual([[], OURS]);
    },
  );
});

describe('auxflow contract', () => {
  const FOLDERS = ['--folder', 'auxip.svc pages', 'Token endpoint', '--pace', '1000'];

  test('a real service is asked for nothing that wears it out, and the report says what was left out', async () => {
    const sandbox = await withSandbox();
    const words = ['--env', 'production', '--site-url', sandbox.siteUrl, ...FOLDERS];
    const run = await runContract(words, { environment: ACCOUNT });
    expect([run.exitCode, leaking(sandbox), agents(sandbox)]).toEqual([0, [], OURS]);
    const reasons = run.cases.flatMap(({ name, reason }) => (reason === undefined ? [] : [`${name}: ${reason}`]));
    expect(reasons).toContain('The count of nothing is 0: leaks a connection: asked only with --intrusive');
    expect(reasons).toContain('A missing grant_type is refused: failed login: asked only with --intrusive');
  });

  test('what it cost is told on the page, in the summary, as data and in the terminal, as the service saw it', async () => {
    const sandbox = await withSandbox();
    const words = ['--env', 'production', '--site-url', sandbox.siteUrl, '--pace', '1000'];
    const folders = ['--folder', 'Token endpoint', 'Downloads', 'auxip.svc refused'];
    const { report, files, stdout } = await runContract([...words, ...folders], { environment: ACCOUNT });
    const seen = sandbox.requests.flatMap(costsOf);
    const count = (wanted: Cost): number => seen.filter((cost) => cost === wanted).length;
    expect(report.costs).toEqual(Object.fromEntries(COSTS.map((cost) => [cost, count(cost)])));
    expect(report.costs).toMatchObject({ 'leaks a connection': 0, 'failed login': 1, '$value grant': 3 });
    const exceptions = report.costs['logs an exception'];
    const told = `Cost to the services: 0 leaked connections, ${exceptions} logged exceptions, 1 failed login, 3 $value grants.`;
    for (const text of [files.get('contract.html'), files.get('summary.md'), stdout]) expect(text).toContain(told);
  });

  test('--grep sends the cases that have the text, and what they build on; --list says which', async () => {
    const sandbox = await withSandbox();
    const choice = ['--grep', 'STORE-AGAIN', '--site-url', sandbox.siteUrl];
    const list = await runCli(['contract', '--list', '--json', ...choice]);
    expect([list.exitCode, list.stderr, sandbox.requests]).toEqual([0, '', []]);
    const listed = list.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ListedCase);
    const { exitCode, cases } = await runContract(choice);
    expect([exitCode, cases.filter(({ verdict }) => verdict === 'untested')]).toEqual([0, []]);
    expect(listed.map(({ id }) => id)).toEqual(cases.map(({ key }) => key));
    expect(listed.slice(-2)).toEqual([
      {
        type: 'listed-case',
        id: 'store-again',
        folder: 'Downloads',
        name: 'The new address opens the same file',
        costs: [],
        intrusive: false,
        time: expect.any(String) as string,
        version: 1,
      },
      expect.objectContaining({ id: 'store-again-range' }),
    ]);
  });

  test('--list names folder, id, name and cost of every case; what is in no case is refused', async () => {
    const [list, none] = [
      await runCli(['contract', '--list']),
      await runCli(['contract', '--grep', 'no such case', '--json']),
    ];
    expect([list.exitCode, list.stderr]).toEqual([0, '']);
    expect(list.stdout).toMatch(/^Quota$/m);
    expect(list.stdout).toMatch(
      /^ {2}token-no-grant +A missing grant_type is refused \(failed login: only with --intrusive\)$/m,
    );
    expect(list.stdout).toMatch(/^ {2}token-unknown-user +An unknown user is refused \(failed login\)$/m);
    expect(list.stdout.match(/^ {2}\S/gm)?.length).toBeGreaterThan(900);
    expect([none.exitCode, none.stderr + none.stdout]).toEqual([2, expect.stringContaining('no such case')]);
  });

  test('--intrusive asks for it all', async () => {
    const sandbox = await withSandbox();
    const words = ['--env', 'production', '--site-url', sandbox.siteUrl, ...FOLDERS, '--intrusive'];
    const run = await runContract(words, { environment: ACCOUNT });
    expect([run.exitCode, run.cases.filter(({ verdict }) => verdict === 'untested')]).toEqual([0, []]);
    expect(leaking(sandbox).length).toBeGreaterThan(5);
  });

  test('a sandbox is asked everything, unless --no-intrusive says otherwise', async () => {
    const words = (siteUrl: string): string[] => ['--site-url', siteUrl, '--folder', 'auxip.svc resources'];
    const [whole, polite] = [await withSandbox(), await withSandbox()];
    await runContract(words(whole.siteUrl));
    await runContract([...words(polite.siteUrl), '--no-intrusive']);
    expect([leaking(whole).length > 5, leaking(polite)]).toEqual([true, []]);
  });

  test('--pace: no shard and no folder makes it faster', async () => {
    const sandbox = await withSandbox();
    const words = ['--folder', 'Downloads', 'rdb.svc known', '--shards', '2', '--pace', '3'];
    const times: number[] = [];
    const watch = setInterval(() => {
      while (times.length < sandbox.requests.length) times.push(performance.now());
    }, 20);
    await runContract([...words, '--site-url', sandbox.siteUrl]);
    clearInterval(watch);
    expect(times.length).toBeGreaterThan(30);
    // A lower bound: a slow machine only takes longer.
    expect(times.at(-1)! - times[0]!).toBeGreaterThan((times.length / 3 - 1) * 1000);
  });
});
