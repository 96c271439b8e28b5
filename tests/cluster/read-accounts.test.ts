import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readAccounts } from '../../scripts/cluster/accounts/read-accounts';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { failureOf } from '../helpers/failure-of';
import { temporaryFolder } from '../helpers/run-cli';

const SITE = { siteUrl: 'http://127.0.0.1:1' };
const ROW = '{name: a, username: user, password: "env:A"}';

function read(text: string) {
  const file = path.join(temporaryFolder(), 'accounts.yaml');
  writeFileSync(file, text);
  return readAccounts(file, SITE, { environment: { A: 'of the account' }, redactor: createRedactor() });
}

test('accounts are read from YAML and JSON alike', () => {
  for (const text of [`accounts: [${ROW}]`, '{"accounts":[{"name":"a","username":"user","password":"env:A"}]}'])
    expect(read(text)).toMatchObject([{ name: 'a', username: 'user', password: 'of the account' }]);
});

test.each([
  ['brackets that would overflow the stack', 'accounts: '.concat('['.repeat(20_000), ']'.repeat(20_000)), /too deeply/],
  ['aliases, which can multiply without end', `x: &x ${ROW}\naccounts: [*x]`, /aliases/],
  ['what is no YAML', 'accounts: [', /line 1/],
  [
    'two of one name',
    `accounts: [${ROW}, ${ROW.replace('username: user', 'username: other')}]`,
    /two accounts are called a/,
  ],
])('%s: a sentence', async (_what, text, words) => {
  const failure = await failureOf(Promise.resolve().then(() => read(text)));
  expect(failure).toMatchObject({ code: 'FILE_MALFORMED', what: 'accounts file' });
  expect(JSON.stringify(failure)).toMatch(words);
});
