import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { outputProblems } from '../../scripts/services/schema/validators';
import { drawTests } from '../helpers/draw-tests';
import { junitProblems } from '../helpers/junit-problems';
import { runCli, temporaryFolder } from '../helpers/run-cli';
import { runContract } from '../helpers/run-contract';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

drawTests(2);

const CASES = String.raw`
folder: Processors
cases:
  - id: first
    name: The catalogue has products
    severity: data
    cite: https://wiki.example.org/a?b=c|d
    says: The processors start with it.
    request: { url: "{{auxip_root_uri}}/Products?$top=1" }
    expect:
      status: [200, 206]
      mediaType: application/json
      headers: { OData-Version: ^4\.0$, X-Powered-By: null }
      schema: auxip.products
      body:
        - { pointer: /value/0/Name, matches: ^S, exists: true }
        - { pointer: /value/length, exists: false }
        - { pointer: /constructor, exists: false }
        - { pointer: /value/0/Checksum, schema: { type: array, minItems: 1 } }
    save: { id: /value/0/Id }
  - id: again
    name: It is found by its id
    request: { method: HEAD, url: "{{auxip_root_uri}}/Products({{id}})" }
    expect: { status: [200, 405] }
  - id: not-there
    name: This does not hold
    request: { url: "{{auxip_root_uri}}/Products({{id}})" }
    expect: { status: 200, body: [{ pointer: /Id, equals: "{{unit}}" }, { pointer: "/a~1b", equals: { __proto__: 1 } }] }
  - id: costly
    name: This is counted
    request: { url: "{{auxip_root_uri}}/Products?$top=1&$count=true" }
    expect: { status: 200 }
  - id: nobody
    name: Without a token there is the login page
    request: { url: "{{site_url}}/rdb.svc/", auth: none }
    expect: { status: 302 }
  - id: hostile
    name: A pattern that takes for ever
    request: { url: "{{auxip_root_uri}}/Products?$top=2" }
    expect: { status: 200, text: "^([^~]+)+~$" }
  - id: last
    name: Then it goes on
    request: { url: "{{site_url}}/rdb.svc/" }
    expect: { status: 200, text: context }
`;

test('the own cases of a user, in the terminal, in every report, and as requests', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'processors.yaml'), CASES);
  const sandbox = await withSandbox();
  const site = ['--site-url', sandbox.siteUrl, '--no-intrusive', '--timeout', '6'];
  const run = await runContract(['--cases', folder, '--folder', 'own', ...site], { environment: ACCOUNT });
  expect(run.exitCode).toBe(1);
  expect(run.cases.map(({ key, verdict }) => `${key} ${verdict}`)).toEqual([
    ...['own-1-sign-in kept', 'first kept', 'again kept', 'not-there broken', 'costly untested', 'nobody kept'],
    ...['hostile broken', 'last kept'],
  ]);
  const [notThere, hostile] = run.findings;
  expect(notThere?.problems.map(({ promise }) => promise)).toEqual(['/Id is "{{unit}}"', '/a~1b is {"__proto__":1}']);
  expect(hostile?.problems).toMatchObject([{ got: expect.stringContaining('timeout') as string }]);
  expect(run.cases[1]?.source).toMatchObject({ basis: 'own', url: 'https://wiki.example.org/a?b=c|d' });
  expect(outputProblems('contract', run.report)).toEqual([]);
  expect(junitProblems(run.files.get('junit.xml') ?? '')).toEqual([]);
  expect(run.files.get('contract.html')).toContain('<a href="https://wiki.example.org/a?b=c|d">');
  for (const text of run.files.values()) expect(text).not.toMatch(/eyJ[\w-]{20}/);
  const sent = sandbox.requests.filter(({ url }) => !url.includes('/auth/realms/'));
  expect(new Set(sent.map(({ method }) => method))).toEqual(new Set(['GET', 'HEAD']));
  expect(sent.some(({ url }) => url.includes('count'))).toBe(false);
});

test('an account that is refused once is not tried again, in whatever folder or process', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'processors.yaml'), CASES);
  const sandbox = await withSandbox();
  const words = ['--site-url', sandbox.siteUrl, '--shards', '1', '--cases', folder, '--grep', 'found by its'];
  const run = await runContract([...words, '--folder', 'own', 'Gateway', 'auxip.svc resources'], {
    environment: { ...ACCOUNT, ADG_PASSWORD: 'wrong' },
  });
  expect([run.exitCode, run.report.costs['failed login']]).toEqual([3, 1]);
  expect(sandbox.requests.map(({ method, status }) => [method, status])).toEqual([['POST', 401]]);
});

test('listed and chosen; nothing is sent where a case is wrong', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'processors.yaml');
  writeFileSync(file, CASES);
  const listed = await runCli(['contract', '--list', '--cases', file, '--grep', 'found by its']);
  expect(listed.stdout).toMatch(/Own: Processors[^]*own-1-sign-in[^]*first [^]*again /);
  expect(listed.stdout).not.toMatch(/costly|hostile/);
  const sandbox = await withSandbox();
  writeFileSync(file, CASES.replace('{{id}}', '{{nowhere}}'));
  const words = ['contract', '--cases', folder, '--site-url', sandbox.siteUrl, '--reports', path.join(folder, 'r')];
  const refused = await runCli(words, { environment: ACCOUNT });
  expect([refused.exitCode, refused.stderr]).toEqual([
    2,
    expect.stringMatching(/processors\.yaml:\d+:\d+ \/cases\/1\/request\/url has \{\{nowhere\}\}, which neither/),
  ]);
  expect(sandbox.requests).toEqual([]);
});
