import { describe, expect, test } from 'vitest';
import { SIGN_IN } from '../../scripts/contract-suite/cases/sign-in';
import type { Profile } from '../../scripts/contract-suite/contract-case';
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import { chosenCases } from '../../scripts/contract-suite/run/chosen-cases';
import { failureOf } from '../helpers/failure-of';

const keysOf = (grep: string | undefined, folder: readonly string[] = [], profile: Profile = 'adg'): string[] =>
  chosenCases({ folder, grep, profile }).flatMap(({ cases }) => cases.map(({ key }) => key));

describe('--grep', () => {
  test.each([
    // Nothing but the sign-in.
    ['gateway-none-rdb-root', ['gateway-sign-in', 'gateway-none-rdb-root']],
    // A variable, also of a check; and the token that is in force.
    [
      'token-refreshed-works',
      ['token-endpoint-sign-in', 'token-form', 'token-refreshed', 'token-refreshed-again', 'token-refreshed-works'],
    ],
    ['store-range-first', ['downloads-sign-in', 'small-file', 'value', 'store-file', 'store-range-first']],
    // A $value more than needed would be charged.
    ['value-head', ['downloads-sign-in', 'small-file', 'value-head']],
    // A sample, which others read.
    ['count-none', ['catalogue-pages-sign-in', 'catalogue-pages-sample', 'count-none']],
  ])('%s, with what it builds on', (text, keys) => {
    const folders = chosenCases({ folder: [], grep: text, profile: 'adg' });
    expect(folders.map(({ cases }) => cases.map(({ key }) => key))).toEqual([keys]);
  });

  test('what follows others, with them; a clock that is stopped goes on', () => {
    const keys = keysOf('quota-6');
    expect(keys).toEqual(expect.arrayContaining(['quota-1', 'quota-5', 'quota-6', 'quota-clock-stopped']));
    expect(keys.at(-1)).toBe('quota-clock-resumed');
    expect(keys).not.toContain('quota-9-s');
  });

  test('names and ids in any case, within the folders and the profile; signing in is no case of its own', async () => {
    expect(keysOf('THE COUNT OF NOTHING')).toEqual(keysOf('count-none'));
    await expect(failureOf(() => keysOf('quota-6', ['Downloads']))).resolves.toMatchObject({ code: 'USAGE' });
    await expect(failureOf(() => keysOf('sign in', ['Downloads']))).resolves.toMatchObject({ code: 'USAGE' });
    await expect(failureOf(() => keysOf('value-json', [], 'icd'))).resolves.toMatchObject({ code: 'USAGE' });
  });
});

test('every case can be named alone: its folder signs in first, and what is needed comes before it', () => {
  for (const profile of ['adg', 'icd'] as const) {
    const folders = chosenCases({ folder: [], profile });
    for (const { name: folder, cases } of folders)
      for (const { key, name } of cases) {
        if (name === SIGN_IN) continue;
        const [first, ...rest] = keysOf(key, [folder], profile);
        expect([key, first, rest.includes(key)]).toEqual([key, cases[0]?.key, true]);
      }
  }
});

test('without a choice: all of the profile, in the order of the suite', () => {
  const all = CASE_FOLDERS.flatMap(({ cases }) => cases);
  for (const profile of ['adg', 'icd'] as const)
    expect(keysOf(undefined, [], profile)).toEqual(
      all.filter(({ profiles = [profile] }) => profiles.includes(profile)).map(({ key }) => key),
    );
});
