import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openGrantLedger, type GrantLedger } from '../../scripts/download/grant-ledger';
import { grantedLocations } from '../../scripts/download/granted-locations';
import { Failure } from '../../scripts/errors';
import { failureOf } from '../helpers/failure-of';
import { temporaryFolder } from '../helpers/run-cli';

const ACCOUNT = { siteUrl: 'https://site.example', username: 'user' };
const RULES = { inARun: 5, pause: 11, files: Infinity, bytes: 1000 };

const grantsOf = (ledger: GrantLedger) => ledger.exclusively((grants) => Promise.resolve(grants.map(({ id }) => id)));

function locations(ledger: GrantLedger, locate: (id: string) => Promise<string>) {
  return grantedLocations({ ledger, rules: RULES, bytesOf: () => 400, locate });
}

test('grants survive a restart; accounts are apart', async () => {
  const state = temporaryFolder();
  await locations(openGrantLedger(state, ACCOUNT), (id) => Promise.resolve(id))('one');
  expect(await grantsOf(openGrantLedger(state, ACCOUNT))).toEqual(['one']);
  expect(await grantsOf(openGrantLedger(state, { ...ACCOUNT, username: 'other' }))).toEqual([]);
});

test('a row that was cut off counts for nothing, and hides no other', async () => {
  const state = temporaryFolder();
  const ledger = openGrantLedger(state, ACCOUNT);
  await locations(ledger, (id) => Promise.resolve(id))('one');
  const [folder = ''] = readdirSync(state);
  appendFileSync(path.join(state, folder, 'grants.jsonl'), '{"at":1790000000000,"id":"tw');
  expect(await grantsOf(ledger)).toEqual(['one']);
  await locations(ledger, (id) => Promise.resolve(id))('three');
  expect(await grantsOf(ledger)).toEqual(['one', 'three']);
});

test('a refusal is given back; a broken connection may hide a grant and is not', async () => {
  const ledger = openGrantLedger(temporaryFolder(), ACCOUNT);
  const asked = { method: 'GET', url: 'https://site.example', attempts: 1 };
  const refused = locations(ledger, () => Promise.reject(new Failure({ code: 'QUOTA_EXHAUSTED', ...asked })));
  const broken = locations(ledger, () => Promise.reject(new Failure({ code: 'NETWORK', ...asked, reason: 'reset' })));
  expect((await failureOf(refused('one'))).code).toBe('QUOTA_EXHAUSTED');
  expect((await failureOf(broken('two'))).code).toBe('NETWORK');
  expect(await grantsOf(ledger)).toEqual(['two']);
});

test('beyond the budget nothing is asked for, and the time to come back is said', async () => {
  const ledger = openGrantLedger(temporaryFolder(), ACCOUNT);
  const asked: string[] = [];
  const locate = locations(ledger, (id) => Promise.resolve(asked.push(id)).then(() => id));
  await Promise.all([locate('one'), locate('two')]);
  const error = await failureOf(locate('three'));
  expect(error).toMatchObject({ code: 'BUDGET_REACHED', granted: { files: 2, bytes: 800 }, budget: { bytes: 1000 } });
  expect(asked).toEqual(['one', 'two']);
});
