import type { CaseFolder, ContractCase } from '../../contract-case';
import type { QuirkCheck } from '../../checks';
import { answered, FUNCTION, getCase, observed, satellite } from './rdb-cases';
import { signIn } from '../sign-in';

/** States of the service that its answers do not tell: each case names the cause and what a caller can do. */
export function rdbQuirks(): CaseFolder {
  return {
    key: 'rdb-quirks',
    name: 'rdb.svc known quirks',
    about:
      'Hazards (rdb.md#hazards) that a single answer does not show: they are detected by comparing platforms, units, accounts and repetitions. The others are tested where they occur: names that are not trimmed, stale links, and intervals cut short in "rdb.svc baselines"; dropped types, empty caches and missing deltas in "Selection rules". A null link is named wherever it fails a request. With `second_username` and `second_password` answers to two accounts are compared.',
    cases: [signIn('rdb-quirks'), ...platforms(), ...units(), ...accounts()],
  };
}

const S1 = `l0_names='{{known_s1_l0}}',${satellite('L1SLC', { mission: 'S1SAR', unit: 'A' })}`;
const S1_OTHER = `l0_names='{{other_s1_l0}}',${satellite('L1SLC', { mission: 'S1SAR', unit: 'B' })}`;
const S2 = `l0_names='{{known_s2_l0}}',${satellite('L1C', { mission: 'S2MSI', unit: 'A' })}`;
const S3 = `l0_names='{{known_l0}}',${satellite()}`;

function baseline(key: string, name: string, call: string, check: QuirkCheck, says: string): ContractCase {
  return getCase(`quirk-${key}`, name, `${FUNCTION}(${call})`, answered(check), observed('rdb.md#hazards', says), {
    severity: 'data',
  });
}

/** The first once more at the end: before it nothing was known of the others. */
function platforms(): ContractCase[] {
  const says =
    'The list of ICID types is loaded for the platform of the first request only; all others get empty lists.';
  const of = (key: string, name: string, call: string, platform: string, isFirst = false): ContractCase =>
    baseline(key, name, call, { is: 'quirk-platform', platform, ...(isFirst ? { isFirst } : {}) }, says);
  return [
    of('s3', 'Sentinel-3 gets files', S3, 'S3', true),
    of('s1', 'Sentinel-1 gets files next to other platforms', S1, 'S1'),
    of('s2', 'Sentinel-2 gets files next to other platforms', S2, 'S2'),
    of('s3-again', 'Sentinel-3 still gets files', S3, 'S3'),
  ];
}

function units(): ContractCase[] {
  const says = 'The ICID timeline is loaded for the first unit only; other units get no ICID filtering.';
  const files = (key: string, name: string, call: string): ContractCase =>
    baseline(key, name, call, { is: 'quirk-configured-files', as: `${key.replace('-', '_')}_files` }, says);
  const look = (key: string, name: string, beside?: string): ContractCase =>
    getCase(
      `quirk-${key}-configurations`,
      name,
      `{{auxip_root_uri}}/Products?$filter={{${key.replace('-', '_')}_files}}&$expand=Attributes`,
      {
        status: 200,
        schema: 'auxip.products',
        checks: [{ is: 'quirk-configurations', as: `${key}_configurations`, ...(beside ? { beside } : {}) }],
      },
      observed('rdb.md#hazards', says),
      { severity: 'data', needs: [`${key.replace('-', '_')}_files`] },
    );
  return [
    files('unit-a', 'Files of unit A that belong to an instrument configuration', S1),
    files('unit-b', 'Files of unit B that belong to an instrument configuration', S1_OTHER),
    look('unit-a', 'Instrument configurations of unit A'),
    look('unit-b', 'Instrument configurations of unit B compared with unit A', 'unit-a_configurations'),
  ];
}

/** What one account is told must not depend on who asked before. */
function accounts(): ContractCase[] {
  const says = "The access token is one field for all callers: a slow request goes on with another caller's token.";
  const same = (key: string, name: string): ContractCase =>
    baseline(key, name, S3, { is: 'quirk-same', as: 'quirk_answer', quirk: 'sharedToken' }, says);
  const second = same('second-account', 'The second account gets the same answer');
  return [
    baseline('first-account', 'The first account gets its files', S3, { is: 'quirk-keep', as: 'quirk_answer' }, says),
    secondSignIn(),
    {
      ...second,
      needs: ['second_token'],
      request: { ...second.request, auth: 'none', headers: { Authorization: 'Bearer {{second_token}}' } },
    },
    same('first-account-again', 'The first account gets the same answer as before the second'),
  ];
}

function secondSignIn(): ContractCase {
  const { request, expect, source } = signIn('rdb-quirks');
  const form = (request.form ?? []).map(([key, value]) =>
    key === 'username' || key === 'password' ? ([key, `{{second_${key}}}`] as const) : ([key, value] as const),
  );
  return {
    key: 'rdb-quirks-second-sign-in',
    name: 'Sign in with the second account',
    severity: 'contract',
    source,
    needs: ['second_username', 'second_password'],
    request: { ...request, form },
    expect: { ...expect, checks: [{ is: 'keep', pointer: '/access_token', as: 'second_token' }] },
  };
}
