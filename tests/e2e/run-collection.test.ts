import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createTestServer, type TestServer } from '../helpers/create-test-server';
import { IS_LONG } from '../helpers/budget';
import { drawTests } from '../helpers/draw-tests';
import { junitProblems } from '../helpers/junit-problems';
import { runCli, temporaryFolder, type CliResult } from '../helpers/run-cli';

drawTests(4);

const SECRETS = { password: 'canary-password', header: 'canary-token', answer: 'canary-answer-token' };

const TEST = (status: number): string => `pm.test('status', () => pm.response.to.have.status(${status}));`;

const requests = (origin: string, wanted: number) => [
  { name: 'Item 7', url: `${origin}/items/{{id}}`, test: TEST(200) },
  { name: 'Missing', url: `${origin}/nothing`, test: TEST(wanted) },
];

/** The same small collection in both formats. */
function collection(form: 'v2' | 'v3', origin: string, wanted: number): string {
  const folder = temporaryFolder();
  const all = requests(origin, wanted);
  if (form === 'v2') {
    const token = { type: 'bearer', bearer: [{ key: 'token', value: SECRETS.header }] };
    const item = all.map(({ name, url, test: code }) => ({
      name,
      request: { method: 'GET', url },
      event: [{ listen: 'test', script: { exec: [code] } }],
    }));
    const file = path.join(folder, 'own.json');
    writeFileSync(file, JSON.stringify({ info: { name: 'Own' }, auth: token, item: [{ name: 'F', item }] }));
    return file;
  }
  mkdirSync(path.join(folder, 'Own/.resources'), { recursive: true });
  mkdirSync(path.join(folder, 'Own/F'));
  writeFileSync(
    path.join(folder, 'Own/.resources/definition.yaml'),
    `$kind: collection\nauth:\n  - type: bearer\n    credentials:\n      token: ${SECRETS.header}\n`,
  );
  for (const [index, { name, url, test: code }] of all.entries())
    writeFileSync(
      path.join(folder, 'Own/F', `${name}.request.yaml`),
      `$kind: http-request\nurl: "${url}"\nmethod: GET\norder: ${index}\nscripts:\n  - type: afterResponse\n    code: "${code}"\n`,
    );
  return path.join(folder, 'Own');
}

function service(): Promise<TestServer> {
  return createTestServer(({ url }, response) => {
    response.writeHead(url === '/items/7' ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ access_token: SECRETS.answer, echo: SECRETS.password }));
  });
}

interface Ran extends CliResult {
  readonly files: ReadonlyMap<string, string>;
}

async function run(place: string, words: readonly string[] = []): Promise<Ran> {
  const folder = temporaryFolder();
  const environment = path.join(folder, 'staging.json');
  const values = [
    { key: 'id', value: 7 },
    { key: 'login', value: SECRETS.password, type: 'secret' },
  ];
  writeFileSync(environment, JSON.stringify({ name: 'staging', values }));
  const reports = path.join(folder, 'reports');
  const result = await runCli(['run', '--collection', place, '--env', environment, '--reports', reports, ...words]);
  const [name = ''] = readdirSync(folder).includes('reports') ? readdirSync(reports) : [];
  const report = path.join(reports, name);
  const files =
    name === ''
      ? []
      : readdirSync(report).map((file) => [file, readFileSync(path.join(report, file), 'utf8')] as const);
  return { ...result, files: new Map(files) };
}

test.each(['v2', 'v3'] as const)(
  'a collection of format %s runs with our reports, and no secret is in them',
  async (form) => {
    const { origin, requests: received } = await service();
    const { exitCode, stdout, stderr, files } = await run(collection(form, origin, 404));
    expect([exitCode, stderr, received.map(({ url }) => url)]).toEqual([0, '', ['/items/7', '/nothing']]);
    expect(received.map(({ headers }) => headers.authorization)).toEqual(Array(2).fill(`Bearer ${SECRETS.header}`));
    expect(stdout).toContain('All checks passed: 2 requests, 2 checks.');
    expect([...files.keys()].sort()).toEqual(['collection.json', 'index.html', 'junit.xml', 'newman.html']);
    expect(junitProblems(files.get('junit.xml') ?? '')).toEqual([]);
    expect(files.get('junit.xml')?.match(/ tests="1" failures="0" /g)).toHaveLength(2);
    expect(JSON.parse(files.get('collection.json') ?? '')).toMatchObject({
      title: 'Own',
      exitCode: 0,
      environment: expect.stringMatching(/staging[.]json$/) as string,
    });
    const written = [stdout, ...files.values()].join('\n');
    expect(Object.values(SECRETS).filter((secret) => written.includes(secret))).toEqual([]);
  },
);

test.each(['v2', 'v3'] as const)('a failing check of format %s is exit code 1, and everywhere', async (form) => {
  const { origin } = await service();
  const { exitCode, stdout, stderr, files } = await run(collection(form, origin, 200));
  expect([exitCode, stdout + stderr]).toEqual([1, expect.stringContaining('1 of 2 checks failed')]);
  expect(junitProblems(files.get('junit.xml') ?? '')).toEqual([]);
  expect(files.get('junit.xml')).toMatch(/<failure [^>]*message="expected response to have status/);
  expect(files.get('index.html')).toContain('1 of 2 checks failed');
});

test('--folder chooses, --env-var comes first; a request without an answer is exit code 5', async () => {
  const { origin, requests: received } = await service();
  const place = collection('v2', origin, 404);
  const one = await run(place, ['--folder', 'Item 7', '--env-var', 'id=8', '--json']);
  expect([one.exitCode, received.map(({ url }) => url)]).toEqual([1, ['/items/8']]);
  expect(
    one.stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type),
  ).toEqual(['run-started', 'step', 'finding', 'run-finished']);
  const silent = await run(collection('v3', 'http://127.0.0.1:9', 404));
  expect([silent.exitCode, silent.stdout + silent.stderr]).toEqual([5, expect.stringContaining('127.0.0.1:9')]);
});

test('what cannot be run is exit code 2 and a sentence; a run without a check is exit code 1', async () => {
  const folder = temporaryFolder();
  const write = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const { origin } = await service();
  const noCheck = JSON.stringify({ info: { name: 'x' }, item: [{ name: 'a', request: `${origin}/items/7` }] });
  const ran = await Promise.all([
    run(write('bad.json', '{')),
    run(path.join(folder, 'none')),
    run(collection('v3', origin, 404), ['--folder', 'No such folder']),
    run(collection('v2', origin, 404), ['--env-var', 'novalue']),
    run(write('no-check.json', noCheck)),
  ]);
  expect(ran.map(({ exitCode, stdout, stderr }) => [exitCode, /\n +at /.test(stdout + stderr)])).toEqual([
    ...Array<unknown>(4).fill([2, false]),
    [1, false],
  ]);
  const words = [/it is not JSON/, /none/, /no folder or request "No such folder"/, /name=value/, /no check was made/];
  expect(
    ran.filter(({ stdout, stderr }, index) => !words[index]?.test(stdout + stderr)).map(({ stderr }) => stderr),
  ).toEqual([]);
});

// Half a minute of one core: Newman waits so long.
test.runIf(IS_LONG)('a script that does not end is exit code 1, and named', async () => {
  const { origin } = await service();
  const event = (listen: string, code: string) => ({ listen, script: { exec: [code] } });
  const good = { name: 'good', request: `${origin}/items/7`, event: [event('test', TEST(200))] };
  const ended = await Promise.all(
    ['prerequest', 'test'].map((listen) => {
      const place = path.join(temporaryFolder(), `${listen}.json`);
      const bad = {
        name: `loops in ${listen}`,
        request: `${origin}/items/7`,
        event: [event(listen, 'while (true) {}')],
      };
      writeFileSync(place, JSON.stringify({ info: { name: 'Endless' }, item: [good, bad, good] }));
      return run(place);
    }),
  );
  for (const [index, { exitCode, stdout, stderr, files }] of ended.entries()) {
    const sentence = `A script of "loops in ${['prerequest', 'test'][index]}" did not end`;
    expect([exitCode, stdout + stderr]).toEqual([1, expect.stringContaining(sentence)]);
    expect(stdout + stderr).not.toMatch(/\n +at |unusually large/);
    expect(files.get('index.html')).toContain('did not end');
  }
});
