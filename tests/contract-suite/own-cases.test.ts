import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CaseProblem } from '../../scripts/errors/errors';
import { ROOT } from '../../scripts/lib/package-root';
import { readOwnCases } from '../../scripts/contract-suite/own-cases/read-own-cases';
import { requireVariables } from '../../scripts/contract-suite/own-cases/require-variables';
import { isIntrusive } from '../../scripts/contract-suite/case-costs';
import { failureOf } from '../helpers/failure-of';
import { temporaryFolder } from '../helpers/run-cli';

const ROOTED = '{{auxip_root_uri}}/Products';

const small = (more: object = {}): object => ({
  ...{ id: 'a', name: 'A', request: { url: ROOTED }, expect: { status: 200 } },
  ...more,
});

function written(files: Readonly<Record<string, unknown>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    const text = content instanceof Uint8Array || typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

/** `file pointer problem` of each, sorted as they are told. */
async function problemsIn(folder: string): Promise<string[]> {
  const failure = await failureOf(async () => readOwnCases(folder));
  const { code, problems = [] } = failure as { code: string; problems?: readonly CaseProblem[] };
  expect(code).toBe('CASES_REFUSED');
  return problems.map(({ file, pointer, problem }) => `${file} ${pointer} ${problem}`);
}

describe('what a case may not be', () => {
  const request = (more: object): object => ({ request: { url: ROOTED, ...more } });
  const expected = (more: object): object => ({ expect: { status: 200, ...more } });
  test.each<[string, object, RegExp]>([
    ['a write', request({ method: 'DELETE' }), /request\/method must be "GET" or "HEAD".*writes nothing/],
    ['a body', request({ body: 'x' }), /request\/body is unknown.*writes nothing/],
    ['a method in a header', request({ headers: { 'X-HTTP-Method-Override': 'PUT' } }), /changes the method/],
    ['a method in the address', request({ url: `${ROOTED}?_method=DELETE` }), /changes the method/],
    ['another host', request({ url: 'https://evil.example/' }), /must begin with one of \{\{site_url\}\}/],
    ['another host after ours', request({ url: '{{site_url}}@evil.example/' }), /must begin with one of/],
    ['another port', request({ url: '{{site_url}}1/' }), /must begin with one of/],
    ['a token of its own', request({ headers: { authorization: 'Bearer x' } }), /is set by auxflow/],
    ['a host of its own', request({ headers: { Host: 'x' } }), /is set by the connection/],
    ['two headers in one', request({ headers: { A: 'a\r\nB: b' } }), /control character/],
    ['a header that is none', request({ headers: { 'a b': 'c' } }), /not the name of a header/],
    ['a secret', request({ url: `${ROOTED}?$filter={{password}}` }), /a secret does not belong/],
    ['braces', request({ url: `${ROOTED}?{{x` }), /without the other/],
    ['a fragment', request({ url: `${ROOTED}#x` }), /write %23/],
    ['a text as status', { expect: { status: '200' } }, /expect\/status must be a whole number or a list, not "200"/],
    ['no status', { expect: { status: [] } }, /expect\/status must have a status/],
    ['a status too far', { expect: { status: [200, 999] } }, /expect\/status\/1 must be <= 599/],
    ['a pattern that is none', expected({ text: '(' }), /expect\/text is not a regular expression/],
    ['a pattern of variables', expected({ headers: { A: '{{x}}' } }), /variables are not filled in here/],
    ['a pointer that is none', expected({ body: [{ pointer: 'a', exists: true }] }), /body\/0\/pointer must match/],
    ['nothing expected', expected({ body: [{ pointer: '/a' }] }), /body\/0 must say what is expected/],
    ['a schema that is none', expected({ schema: { type: 'strin' } }), /expect\/schema is not a JSON Schema/],
    ['another draft', expected({ schema: { $schema: 'https://json-schema.org/draft/2020-12/schema' } }), /draft-07/],
    ['an unknown keyword', expected({ schema: { propertys: {} } }), /unknown keyword: "propertys"/],
    ['a schema elsewhere', expected({ schema: '../x.schema.json' }), /not below the folder/],
    ['a schema of no name', expected({ schema: 'auxip.produkt' }), /is no schema: auxip\.attributes/],
    [
      'a schema that is not there',
      expected({ schema: 'x.schema.json' }),
      /x\.schema\.json cannot be read: there is no such file or folder \(ENOENT\)/,
    ],
    ['a built-in name', { save: { constructor: '/a' } }, /save\/constructor is not a name/],
    ['a script as link', { cite: 'javascript://x' }, /not http or https/],
    ['a line break', { name: 'a\nb' }, /name must match/],
    ['our id', { id: 'unknown-entry' }, /taken by the contract suite/],
    ['our name', { name: 'Sign in' }, /taken by the first request/],
    ['a cost that is none', { costs: ['much'] }, /costs\/0 must be "leaks a connection" or/],
    ['a slip', { expct: {} }, /\/expct is unknown \(did you mean "expect"\?\)/],
  ])('%s', async (_name, more, problem) => {
    const problems = await problemsIn(written({ 'a.json': { cases: [small(more)] } }));
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  test('what files may not be, each with its place', async () => {
    const folder = written({
      'b.yaml': 'cases: [',
      'c.json': new Uint8Array([0xff, 0xfe]),
      'd.yaml': 'a'.repeat(300_000),
      'e.json': '[]',
      'f.yml': 'cases: []',
      'g.yaml': '['.repeat(5000),
      'h.json': '{"cases": [{"__proto__": {"id": "a"}, "name": "A"}]}',
      'i.yaml':
        'cases:\n  - {id: a, name: A, request: {url: "{{site_url}}"}, expect: {status: 200, body: [{pointer: "", equals: .nan}]}}',
      'k.schema.json': 'no case file',
      '.l.yaml': 'no case file',
    });
    symlinkSync('/', path.join(folder, 'm'));
    symlinkSync('nowhere', path.join(folder, 'n.yaml'));
    execFileSync('mkfifo', [path.join(folder, 'o.yaml')]);
    expect(await problemsIn(folder)).toEqual([
      expect.stringMatching(/^b\.yaml {2}is not valid YAML/),
      'c.json  is not UTF-8',
      'd.yaml  has more than 256 KiB',
      'e.json  must be an object, not []',
      expect.stringMatching(/^f\.yml \/cases must NOT have fewer than 1/),
      'g.yaml  is not valid YAML: it is nested too deeply',
      'h.json /cases/0 has no id',
      'h.json /cases/0 has no request',
      'h.json /cases/0 has no expect',
      'h.json /cases/0/__proto__ is unknown',
      'i.yaml /cases/0/expect/body/0/equals is a number that JSON does not have',
      'm  is not a regular file',
      'n.yaml  cannot be read: there is no such file or folder (ENOENT)',
      'o.yaml  is not a regular file',
    ]);
  });

  test('twice, too early, and in no file at all', async () => {
    const twice = { 'a.json': { cases: [small()] }, 'b.json': { cases: [small()] } };
    expect(await problemsIn(written(twice))).toEqual([
      'b.json /cases/0/id "a" is taken by a.json:1:17',
      'b.json /cases/0/name "A" is taken by a.json:1:28',
    ]);
    const early = [small({ request: { url: `${ROOTED}({{x}})` } }), small({ id: 'b', name: 'B', save: { x: '/Id' } })];
    expect(await problemsIn(written({ 'a.json': { cases: early } }))).toEqual([
      'a.json /cases/0/request/url has {{x}}, which no earlier case of the folder saves',
    ]);
    expect(await problemsIn(written({ 'readme.txt': 'x' }))).toEqual([expect.stringMatching(/there is no case/)]);
  });
});

test('folders by name, of files that name them or lie in them, each with a sign-in first', async () => {
  const named = (id: string): object => small({ id, name: id });
  const folder = written({
    'z.yaml': { folder: 'B', cases: [named('b1')] },
    'sub/c.json': { cases: [named('c1'), named('c2')] },
    'y.yml': { folder: 'B', about: 'Of b.', cases: [named('b0')] },
  });
  const { folders } = await readOwnCases(folder);
  expect(folders.map(({ name, about, cases }) => [name, about, cases.map(({ key }) => key)])).toEqual([
    ['Own: B', 'Of b.', ['own-1-sign-in', 'b0', 'b1']],
    ['Own: sub', '', ['own-2-sign-in', 'c1', 'c2']],
  ]);
});

test('what an address costs waits for --intrusive, however it is written; what it needs of the environment', async () => {
  const urls = [ROOTED, `${ROOTED}?%24count=true`, `${ROOTED}(x)/$value`, '{{auxip_root_uri}}/{{unit}}/{{nowhere}}'];
  const cases = urls.map((url, index) => small({ id: `c${index}`, name: `C${index}`, request: { url } }));
  const own = await readOwnCases(written({ 'a.json': { cases: [...cases, small({ costs: ['logs an exception'] })] } }));
  const [, ...made] = own.folders[0]?.cases ?? [];
  expect(made.map(isIntrusive)).toEqual([false, true, true, false, true]);
  expect(made[3]?.needs).toEqual(['auxip_root_uri', 'unit', 'nowhere']);
  const failure = await failureOf(() => requireVariables(own, new Set(['auxip_root_uri', 'unit']), 'cases'));
  expect(failure).toMatchObject({
    code: 'CASES_REFUSED',
    problems: [{ pointer: '/cases/3/request/url', problem: expect.stringContaining('{{nowhere}}') as string }],
  });
});

test('the examples of docs/own-cases.md are cases', async () => {
  const text = readFileSync(path.join(ROOT, 'docs', 'own-cases.md'), 'utf8');
  const examples = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, example]) => example);
  const folder = written(Object.fromEntries(examples.map((example, index) => [`${index}.yaml`, example])));
  const { folders } = await readOwnCases(folder);
  expect(folders.length).toBeGreaterThan(0);
});
