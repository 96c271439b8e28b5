import { expect, test } from 'vitest';
import type { Catalogue } from '../../scripts/sandbox/catalogue/catalogue';
import type { Faults } from '../../scripts/sandbox/faults/scenarios/faults';
import { textReply } from '../../scripts/sandbox/http/reply';
import { judgeInProcess } from '../helpers/judge-in-process';
import { withSandbox } from '../helpers/with-sandbox';

const WORDS = {
  ...{ mission: 'S3OLCI', unit: 'A', productType: 'L2LFR' },
  ...{ start: '2024-02-29T23:59:59Z', stop: '2024-03-01T02:00:00Z' },
};

/** What neither rdb.svc nor reprocessing.svc knows; the catalogue goes on as before. */
const forgotten = (type: string): Faults => ({
  catalogue: (catalogue: Catalogue) => ({
    ...catalogue,
    choose: undefined,
    adfs: () => (catalogue.adfs?.() ?? []).filter(({ name }) => !name.includes(type)),
    adfsOfType: (asked, platform, unit) => (asked.longName === type ? [] : catalogue.adfsOfType(asked, platform, unit)),
  }),
});

const GONE: Faults = {
  site: ({ service }) => (service === 'reprocessing' ? textReply(404, 'text/html', '<h1>404</h1>') : undefined),
};

const NO_LISTS: Faults = {
  site: ({ service, request: { query = '' } }) =>
    service === 'auxip' && query.includes('contains(Name')
      ? textReply(400, 'application/json', '{"error":{"code":null,"message":"no"}}')
      : undefined,
};

test.each<[what: string, type: string, faults: Faults[], source: string]>([
  ['is listed by neither', 'AUX_POEORB', [forgotten('AUX_POEORB')], 'reprocessing.svc'],
  ['is lacking, reprocessing.svc is away', 'AUX_POEORB', [forgotten('AUX_POEORB'), GONE], 'published table'],
  ['is a weather forecast', 'AX___MA1_AX', [forgotten('AX___MA1_AX'), GONE], 'published table'],
  ['is static', 'OL_2_PPP_AX', [forgotten('OL_2_PPP_AX'), GONE], 'published table'],
])('a type that every product lacks and that %s is missed: the catalogue has it', async (_, type, faults, source) => {
  const sandbox = await withSandbox({ faults });
  const judged = await judgeInProcess(sandbox.siteUrl, WORDS);
  expect([judged?.source, judged?.errors.map(({ code }) => code)]).toEqual([source, ['ADF_TYPE_MISSING']]);
  const [error] = judged?.errors ?? [];
  expect(error && 'types' in error ? error.types.map((missing) => missing.type) : []).toEqual([type]);
  const asked = sandbox.requests.filter(({ url }) => url.includes('contains(Name'));
  expect(asked.map(({ url }) => url.includes('$top=100'))).toContain(true);
  expect(asked.length).toBeLessThanOrEqual(6);
});

test('where the catalogue does not answer, it is said what was not judged, and it is asked once', async () => {
  const sandbox = await withSandbox({ faults: [forgotten('AUX_POEORB'), GONE, NO_LISTS] });
  const judged = await judgeInProcess(sandbox.siteUrl, WORDS);
  expect([judged?.errors, judged?.doubts.find(({ type }) => type === 'AUX_POEORB')]).toEqual([
    [],
    expect.objectContaining({ reason: 'catalogue' }),
  ]);
  expect(sandbox.requests.filter(({ url }) => url.includes('contains(Name')).length).toBe(1);
});
