/** What is compared with a source other than the service that answers: published types, entries behind the links of baselines. */
import { describe, expect, test } from 'vitest';
import { baselineInCatalogue } from '../../scripts/contract-suite/engine/checks/baseline-in-catalogue';
import { publishedConfiguration } from '../../scripts/contract-suite/engine/checks/reprocessing/published-configuration';
import { tokenClaims } from '../../scripts/contract-suite/engine/checks/token-claims';
import type { Finding } from '../../scripts/contract-suite/engine/finding';
import { keepLinked, takeBatch } from '../../scripts/contract-suite/engine/linked-files';
import { twinsOf, type Sample } from '../../scripts/contract-suite/engine/selection/samples';
import { TASK_TABLE_RULES } from '../../scripts/sentinel/published-rules';
import { publishedTypes } from '../../scripts/sentinel/published-types';
import { withSandbox } from '../helpers/with-sandbox';
import { logIn } from '../sandbox/log-in';
import { answerWith, memoryScope } from './memory-scope';

const problems = (findings: readonly Finding[]): string => findings.map(({ problem = '' }) => problem).join('\n');

describe('AuxTypes beside the published list', () => {
  const rows = publishedTypes().map(
    ({ longName, shortName, mission, productTypes, rule, variability, validity, format }) => ({
      ...{ LongName: longName, ShortName: shortName, Mission: mission, Rule: rule, Variability: variability },
      ...{ Validity: validity, Format: format, ProductTypes: productTypes.map((Type) => ({ Type })) },
    }),
  );
  const judged = (value: readonly object[], rules: 'list' | 'task-tables' = 'list'): string =>
    problems(publishedConfiguration({ is: 'adf-published', rules }, answerWith({ value })));

  test('as published, in any order, with types that were added since', () => {
    expect(judged([{ ...rows[0], LongName: 'NEW_TYPE' }, ...rows.toReversed()])).toBe('');
  });

  test.each([
    ['Rule', 'LatestGeneration'],
    ['ShortName', 'AUX_RESORT'],
    ['Mission', 'S1SAR'],
    ['Variability', 'Static'],
    ['Validity', 'AnyTime'],
    ['Format', 'XML'],
    ['ProductTypes', [{ Type: 'L1A' }, { Type: 'L1B' }]],
  ])('another %s', (member, other) => {
    const spoilt = rows.map((row) => (row.LongName === 'AUX_RESORB_S2' ? { ...row, [member]: other } : row));
    expect(judged(spoilt)).toMatch(
      new RegExp(`^configuration differs from the published one: ${member} of AUX_RESORB_S2 is `),
    );
  });

  test('a type that is gone', () => {
    expect(judged(rows.filter(({ LongName }) => LongName !== 'SY_2_ART_AX'))).toContain('SY_2_ART_AX is missing');
  });

  test('the task tables have other rules for some types, and are explained by nothing else', () => {
    expect(judged(rows, 'task-tables')).toContain('Rule of ');
    const byTables = rows.map((row) => ({ ...row, Rule: TASK_TABLE_RULES[row.LongName]?.[0] ?? row.Rule }));
    expect([judged(byTables, 'task-tables'), judged(byTables)]).toEqual(['', expect.stringContaining('Rule of ')]);
    for (const name of Object.keys(TASK_TABLE_RULES)) expect(rows.map(({ LongName }) => LongName)).toContain(name);
  });
});

describe('links of baselines followed', () => {
  const file = (name: string, id: string) => ({ Name: name, AuxipLink: `https://x/auxip.svc/Products(${id})/$value` });

  test('each distinct file once, in parts that fit a URL', () => {
    const scope = memoryScope();
    const files = Array.from({ length: 40 }, (_, index) => file(`S3A_${'X'.repeat(90)}_${index}.zip`, String(index)));
    keepLinked(files.slice(0, 30), scope);
    keepLinked(files, scope);
    const asked: string[] = [];
    for (let isLast = false; !isLast;) {
      expect(encodeURI(scope.value('linked_names')).length).toBeLessThan(1700);
      const batch = takeBatch(scope);
      asked.push(...batch.files.map(({ id }) => id));
      isLast = batch.isLast;
    }
    expect(asked).toEqual(files.map((_, index) => String(index)));
    expect(scope.value('linked_names')).toBe('');
  });

  test('entries of the healthy sandbox, and what is wrong with others', async () => {
    const { siteUrl } = await withSandbox();
    const { access_token: token } = await logIn(siteUrl);
    const url = `${siteUrl}/auxip.svc/Products?$filter=startswith(Name,'S1A_AUX_')&$expand=Attributes&$top=5`;
    const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
    const { value } = (await response.json()) as { value: { Id: string; Name: string; ContentLength: number }[] };
    const links = value.map(({ Name, Id }) => file(Name, Id));
    const judged = (answer: readonly object[], linked = links): string => {
      const scope = memoryScope();
      keepLinked(linked, scope);
      return problems(baselineInCatalogue(answerWith({ value: answer }), scope));
    };
    expect(judged(value).trim()).toBe('');
    expect(judged(value.slice(1))).toContain(`${links[0]!.Name}: no entry of that name`);
    expect(judged([...value, value[0]!])).toContain('2 entries of that name');
    expect(judged(value, [file(links[0]!.Name, value[1]!.Id), ...links.slice(1)])).toContain(
      `the id of ${links[1]!.Name}`,
    );
    expect(judged(value.map((row) => ({ ...row, ContentLength: 0 })))).toContain(`${links[0]!.Name}: 0`);
  });
});

test('product types of the same product are twins; another unit or product is none', () => {
  const sample = (productType: string, unit = 'A', what = 'x'): Sample => ({
    mission: 'S3OLCI',
    unit,
    productType,
    what,
  });
  const samples = [sample('L1EFR'), sample('L2LFR', 'B'), sample('L1ERR'), sample('L2LRR', 'A', 'y')];
  expect(samples.map((_, place) => twinsOf(samples, place).map((twin) => twin.place))).toEqual([[], [], [0], []]);
});

describe('what tokens say of themselves', () => {
  const NOW = 1_700_000_000;
  const jwt = (claims: object): string =>
    [{ alg: 'RS256' }, claims, 'x'].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const common = {
    iss: 'https://x/auth/realms/reprocessing-preparation',
    azp: 'c',
    sub: 's',
    scope: 'email',
    session_state: 'i',
  };
  const access = {
    ...{ ...common, iat: NOW, exp: NOW + 900, typ: 'Bearer', aud: 'account', preferred_username: 'user' },
    realm_access: { roles: ['download'] },
  };
  const refresh = { ...common, iat: NOW, exp: NOW + 1800, typ: 'Refresh', aud: common.iss };
  const judged = (accessClaims: object, refreshClaims: object = refresh): string => {
    const body = {
      ...{ access_token: jwt(accessClaims), refresh_token: jwt(refreshClaims), expires_in: 900 },
      ...{ refresh_expires_in: 1800, session_state: 'i', scope: 'email' },
    };
    const answer = answerWith(body, { Date: new Date(NOW * 1000 + 2000).toUTCString() });
    const scope = memoryScope({ client_id: 'c', password: 'secret' });
    return problems(tokenClaims({ is: 'token-claims', username: 'user', roles: ['download'] }, answer, scope)).trim();
  };

  test('as they should be', () => expect(judged(access)).toBe(''));
  test('issued an hour ago', () =>
    expect(judged({ ...access, iat: NOW - 3600, exp: NOW - 2700 })).toContain('3602 s before'));
  test('a token with the password', () => expect(judged({ ...access, note: 'secret' })).toBe('access_token'));
  test('a refresh token with roles', () =>
    expect(judged(access, { ...refresh, realm_access: { roles: [] } })).not.toBe(''));
  test('a refresh token of another realm', () => expect(judged(access, { ...refresh, aud: 'master' })).not.toBe(''));
});
