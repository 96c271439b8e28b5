import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openGrantLedger, stateFolder, type GrantLedger } from '../../scripts/download/grant-ledger';
import { quotaAwareLocations } from '../../scripts/download/quota-aware-locations';
import { netrcAccount } from '../../scripts/session/netrc';
import type { Auxip } from '../../scripts/services/auxip';
import type { Answer } from '../../scripts/services/transport';
import { failureOf } from '../helpers/failure-of';
import { mounts } from '../helpers/mounts';
import { temporaryFolder } from '../helpers/run-cli';

const ACCOUNT = { siteUrl: 'https://site.example', username: 'user' };
const RULES = { inARun: 5, pause: 11, files: Infinity, bytes: 1000 };

const grantsOf = (ledger: GrantLedger) => ledger.exclusively((grants) => Promise.resolve(grants.map(({ id }) => id)));

const REDIRECT: Answer = { status: 302, text: '', truncated: false, header: () => undefined };

/** Grants everything, and says what was asked. */
function locations(ledger: GrantLedger, asked: string[] = []) {
  const productLocation: Auxip['productLocation'] = async (id, _signal, around) => {
    await around?.(() => Promise.resolve(REDIRECT));
    asked.push(id);
    return id;
  };
  return quotaAwareLocations({ auxip: { productLocation }, ledger, rules: RULES, bytesOf: () => 400 });
}

test('grants survive a restart; accounts are apart', async () => {
  const state = temporaryFolder();
  await locations(openGrantLedger(state, ACCOUNT))('one');
  expect(await grantsOf(openGrantLedger(state, ACCOUNT))).toEqual(['one']);
  expect(await grantsOf(openGrantLedger(state, { ...ACCOUNT, username: 'other' }))).toEqual([]);
});

test('a row that was cut off counts for nothing, and hides no other', async () => {
  const state = temporaryFolder();
  const ledger = openGrantLedger(state, ACCOUNT);
  await locations(ledger)('one');
  const [folder = ''] = readdirSync(state);
  appendFileSync(path.join(state, folder, 'grants.jsonl'), '{"at":1790000000000,"id":"tw');
  expect(await grantsOf(ledger)).toEqual(['one']);
  await locations(ledger)('three');
  expect(await grantsOf(ledger)).toEqual(['one', 'three']);
});

test('an empty or relative XDG_STATE_HOME does not count, and a user may have no home; failures name the variable', async () => {
  const usual = stateFolder({});
  for (const environment of [{ XDG_STATE_HOME: '' }, { XDG_STATE_HOME: 'state' }, { AUXFLOW_STATE: '' }])
    expect(stateFolder(environment)).toBe(usual);
  expect(stateFolder({ XDG_STATE_HOME: '/x' })).toBe(path.join('/x', 'auxflow'));
  vi.stubEnv('HOME', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await failureOf(() => stateFolder({}))).toMatchObject({
    code: 'TARGET_UNWRITABLE',
    reason: 'there is no home folder',
    setting: 'AUXFLOW_STATE',
  });
  expect(netrcAccount('site.example', undefined, {})).toBeUndefined();
  const file = path.join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const error = await failureOf(grantsOf(openGrantLedger(file, ACCOUNT)));
  expect(error).toMatchObject({ code: 'TARGET_UNWRITABLE', setting: 'AUXFLOW_STATE' });
});

test('what is no ledger of its own is neither waited for nor written through', async () => {
  const state = temporaryFolder();
  const precious = path.join(temporaryFolder(), 'precious');
  await locations(openGrantLedger(state, ACCOUNT))('one');
  const [folder = ''] = readdirSync(state);
  const file = path.join(state, folder, 'grants.jsonl');
  renameSync(file, precious);
  const row = readFileSync(precious, 'utf8');

  linkSync(precious, file);
  await locations(openGrantLedger(state, ACCOUNT))('two');
  expect([await grantsOf(openGrantLedger(state, ACCOUNT)), readFileSync(precious, 'utf8')]).toEqual([
    ['one', 'two'],
    row,
  ]);

  for (const put of [() => symlinkSync(precious, file), () => execFileSync('mkfifo', [file])]) {
    rmSync(file);
    put();
    const error = await failureOf(locations(openGrantLedger(state, ACCOUNT))('three'));
    expect(error).toMatchObject({
      code: 'TARGET_UNWRITABLE',
      reason: 'it is not a regular file',
      setting: 'AUXFLOW_STATE',
    });
  }
  expect(readFileSync(precious, 'utf8')).toBe(row);
});

test('beyond the budget nothing is asked for, and the time to come back is said', async () => {
  const ledger = openGrantLedger(temporaryFolder(), ACCOUNT);
  const asked: string[] = [];
  const locate = locations(ledger, asked);
  await Promise.all([locate('one'), locate('two')]);
  const error = await failureOf(locate('three'));
  expect(error).toMatchObject({ code: 'BUDGET_REACHED', granted: { files: 2, bytes: 800 }, budget: { bytes: 1000 } });
  expect(asked).toEqual(['one', 'two']);
});

test('a grant that the disk has no room for is not asked for, though a part of its row was written', async ({
  skip,
}) => {
  const state = temporaryFolder();
  skip(!mounts(state, 'size=64k'), 'a small file system cannot be mounted here');
  const ledger = openGrantLedger(state, ACCOUNT);
  await locations(ledger)('one');
  const [folder = ''] = readdirSync(state);
  const file = path.join(state, folder, 'grants.jsonl');
  appendFileSync(file, ' '.repeat(4096 - 20 - statSync(file).size));
  const failure = await failureOf(
    ledger.exclusively(async () => {
      const { bavail, bsize } = statfsSync(state);
      writeFileSync(path.join(state, 'filler'), Buffer.alloc(bavail * bsize));
      await ledger.book({ at: Date.now(), id: 'two', bytes: 1 });
    }),
  );
  expect(failure).toMatchObject({ code: 'DISK_FULL' });
  rmSync(path.join(state, 'filler'));
  expect(await grantsOf(openGrantLedger(state, ACCOUNT))).toEqual(['one']);
});

test('grants of a clock that was wrong by years hold nobody up, and count again for that clock', async () => {
  const state = temporaryFolder();
  const inTenYears = () => Date.now() + 3650 * 86_400_000;
  const wrong = openGrantLedger(state, ACCOUNT, inTenYears);
  for (let place = 0; place < 20; place++) await wrong.book({ at: inTenYears(), id: `future-${place}`, bytes: 400 });
  const asked: string[] = [];
  const locate = locations(openGrantLedger(state, ACCOUNT), asked);
  await Promise.all([locate('one'), locate('two')]);
  expect(asked).toEqual(['one', 'two']);
  expect(await failureOf(locate('three'))).toMatchObject({ code: 'BUDGET_REACHED', granted: { files: 2 } });
  expect((await grantsOf(wrong)).length).toBe(20);
});
