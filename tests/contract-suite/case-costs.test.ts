import { describe, expect, test } from 'vitest';
import { BUDGET, isIntrusive } from '../../scripts/contract-suite/case-costs';
import { conditionsOf } from '../../scripts/contract-suite/engine/shared-parts';
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import { sharedPartsOf } from '../../scripts/generate/shared-parts';
import { COSTS, costsOf, mayLeak } from '../../scripts/services/request-costs';

const CASES = CASE_FOLDERS.flatMap(({ name: folder, cases }) => cases.map((item) => ({ folder, ...item })));

describe('costs of a request', () => {
  test.each([
    '/auxip.svc/Products?$top=1&$count=true',
    '/auxip.svc/Products?$top=1&%24count=true',
    '/auxip.svc/Products?$top=1&%2524count=true',
    '/auxip.svc/Products?$count=false',
    '/auxip.svc/Products/$count',
    "/auxip.svc/Products/%24count?$filter=startswith(Name,'100%')",
    '/auxip.svc/Products?$expand=Attributes($count=true)',
    '/auxip.svc/Products?$skiptoken=x&$COUNT=true',
    '/auxip.svc/Subscriptions?$top=0',
    '/auxip.svc/Subscriptions(00000000-0000-4000-8000-000000000000)',
    '/auxip.svc/Sub%73criptions',
    "/auxip.svc/Metrics('none')",
    '/auxip.svc/$entity?$id=Metrics(1)',
    '/reprocessing.svc/AuxTypes/$count',
  ])('a leak: %s', (url) => expect([mayLeak(url), costsOf({ url })]).toEqual([true, ['leaks a connection']]));

  test.each([
    '/auxip.svc/Products?$top=1',
    "/auxip.svc/Products?$filter=contains(Name,'count')",
    '/auxip.svc/$metadata',
  ])('no leak: %s', (url) => expect(mayLeak(url)).toBe(false));

  const value = '/auxip.svc/Products(00000000-0000-4000-8000-000000000000)/$value';
  const token = '/auth/realms/x/protocol/openid-connect/token';
  test.each([
    [{ url: value, status: 302, location: 'http://store/x?X-Amz-Signature=1' }, ['$value grant']],
    [{ url: value.replace('$', '%24'), status: 302 }, ['$value grant']],
    [{ url: value, status: 302, location: 'https://site/auth/realms/x/protocol/openid-connect/auth' }, []],
    [{ url: value, status: 429 }, []],
    [{ url: value, status: 500 }, ['logs an exception']],
    [{ url: token, status: 200 }, []],
    [{ url: token, status: 401 }, ['failed login']],
    [{ url: token, status: 400 }, ['failed login']],
    [{ url: '/auxip.svc/Products', status: 501 }, []],
  ])('%j', (request, costs) => expect(costsOf(request)).toEqual(costs));
});

describe('every case says what it costs', () => {
  const withCost = (cost: string): string[] =>
    CASES.filter(({ costs = [] }) => costs.some((own) => own === cost)).map(({ key }) => key);

  test('leaks: whatever asks for a count, for Subscriptions or for Metrics', () => {
    const leaks = CASES.filter(({ request }) => /(\$|%24)count|Subscriptions|Metrics/i.test(request.url));
    expect(leaks.length).toBeGreaterThan(40);
    expect(withCost('leaks a connection')).toEqual(leaks.map(({ key }) => key));
  });

  test('exceptions: whatever may be answered with 500', () => {
    const exceptions = CASES.filter(({ expect: { status } }) => [status].flat().includes(500));
    expect(exceptions.length).toBeGreaterThan(30);
    expect(withCost('logs an exception')).toEqual(exceptions.map(({ key }) => key));
  });

  test('failed logins: whatever the token endpoint refuses', () => {
    const refused = CASES.filter(
      ({ request, expect: { status } }) =>
        /access_token_url|openid-connect/.test(request.url) && [status].flat().some((item) => item >= 400),
    );
    expect(refused.length).toBeGreaterThan(10);
    expect(withCost('failed login')).toEqual(refused.map(({ key }) => key));
  });

  test('grants: every $value that leads to the store', () => {
    const granted = CASES.filter(
      ({ request, expect: { status } }) =>
        request.url.endsWith('/$value') && request.auth !== 'none' && [status].flat().includes(302),
    );
    expect(granted.length).toBeGreaterThan(5);
    expect(withCost('$value grant')).toEqual(granted.map(({ key }) => key));
  });
});

describe('a default run on a real service', () => {
  const polite = CASES.filter((item) => !isIntrusive(item) && !item.needs?.includes('sandbox_control'));

  test('no more than the budget, and something of everything that is allowed', () => {
    const spent = Object.fromEntries(
      COSTS.map((cost) => [cost, polite.filter(({ costs = [] }) => costs.includes(cost)).length]),
    );
    for (const cost of COSTS) expect([cost, spent[cost]! <= BUDGET[cost]]).toEqual([cost, true]);
    expect(spent).toMatchObject({ 'leaks a connection': 0, 'failed login': 1, '$value grant': 3 });
    expect(spent['logs an exception']).toBeGreaterThan(5);
  });

  test('the collection holds back exactly the others', () => {
    // What the generator writes into the collection's own script.
    const shared = sharedPartsOf(CASE_FOLDERS);
    const heldBack = CASES.filter(({ folder, name }) => conditionsOf(folder, name, shared).costs !== undefined);
    expect(heldBack.map(({ key }) => key)).toEqual(CASES.filter(isIntrusive).map(({ key }) => key));
  });
});
