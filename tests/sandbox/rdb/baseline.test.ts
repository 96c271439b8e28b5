import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inHashMapOrder } from '../../../scripts/sandbox/rdb/java-hash-order';
import { FOUND, NOT_FOUND } from '../../../scripts/sandbox/rdb/baseline';
import { startSandbox, type Sandbox } from '../../../scripts/sandbox/sandbox';
import { rawRequest } from '../raw-request';

interface Entry {
  readonly Level0: string;
  readonly Message: string;
  readonly AuxDataFiles: readonly { readonly Name: string; readonly AuxipLink: string }[];
}

const S3 = 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const S1 = 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip';

describe('baselines of the built-in catalogue (rdb.md#answers, rdb.md#level-0-names)', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ gatewayMode: 'off' });
  });
  afterAll(() => sandbox.close());

  const ask = (parameters: string) =>
    rawRequest(sandbox.siteUrl, `/rdb.svc/getReprocessingDataBaseline(${parameters})`, {
      headers: { Authorization: 'Bearer x' },
    });
  const entries = async (parameters: string) => {
    const { status, body } = await ask(parameters);
    expect(status).toBe(200);
    return (JSON.parse(body) as { value: Entry[] }).value;
  };
  const byName = (names: string, mission: string, unit: string, type: string) =>
    entries(`l0_names='${names}',mission='${mission}',unit='${unit}',product_type='${type}'`);
  const between = (start: string, stop: string, rest = "mission='S3OLCI',unit='A',product_type='L2LFR'") =>
    entries(`start=${start},stop=${stop},${rest}`);

  it('begins the answer of the tutorial with the entry that its screenshot shows', async () => {
    const day = await between('2024-02-29T23:59:59Z', '2024-03-02T00:00:00Z');
    expect(day[0]!.Level0).toBe(
      'S3A_OL_0_EFR____20240301T013410_20240301T013610_20240301T025532_0119_109_302______PS1_O_NR_002.SEN3.zip',
    );
    expect(day[0]!.Message).toBe(FOUND);
    const link = `${sandbox.siteUrl}/auxip.svc/Products(`;
    expect(
      day[0]!.AuxDataFiles.every(({ AuxipLink }) => AuxipLink.startsWith(link) && AuxipLink.endsWith(')/$value')),
    ).toBe(true);
  });

  it('sends large answers chunked, small ones with their length', async () => {
    const parameters = (stop: string) =>
      `start=2024-02-29T23:59:59Z,stop=${stop},mission='S3OLCI',unit='A',product_type='L2LFR'`;
    const large = await ask(parameters('2024-03-02T00:00:00Z'));
    expect(large.body.length).toBeGreaterThan(100_000);
    expect([large.headers['transfer-encoding'], large.headers['content-length']]).toEqual(['chunked', undefined]);
    const small = await ask(parameters('2024-02-29T23:59:59Z'));
    expect(small.headers['content-length']).toBe(String(small.body.length));
  });

  it('takes Level-0s that lie wholly inside, both ends inclusive, and ignores offsets', async () => {
    const found = async (start: string, stop: string) =>
      (await between(start, stop)).map(({ Level0 }) => Level0).includes(S3);
    expect(await found('2024-03-01T01:04:12Z', '2024-03-01T01:06:10Z')).toBe(true);
    expect(await found('2024-03-01T01:04:13Z', '2024-03-01T01:06:10Z')).toBe(false);
    expect(await found('2024-03-01T01:04:12Z', '2024-03-01T01:06:09Z')).toBe(false);
    expect(await found('2024-03-01T01:04:12%2B05:00', '2024-03-01T01:06:10-05:00')).toBe(true);
    expect(await between('2024-03-02T00:00:00Z', '2024-03-01T00:00:00Z')).toEqual([]);
  });

  it('echoes names, collapses repeated ones, and says which are not in its table', async () => {
    const unknown = S1.replace('02B4', 'FFFF');
    const answer = await byName(`${S1},${unknown},${S1}`, 'S1SAR', 'A', 'L1SLC');
    expect(answer).toHaveLength(2);
    const messages = Object.fromEntries(answer.map(({ Level0, Message }) => [Level0, Message]));
    expect(messages).toEqual({ [S1]: FOUND, [unknown]: NOT_FOUND });
    const [known, stranger] = [S1, unknown].map((name) => answer.find(({ Level0 }) => Level0 === name)!.AuxDataFiles);
    expect(stranger).toEqual(known);
    expect(known!.length).toBeGreaterThan(0);
  });

  it('answers an empty list, without a hint, when unit, mission or product type do not fit', async () => {
    const filesOf = async (...request: Parameters<typeof byName>) => (await byName(...request))[0]!.AuxDataFiles.length;
    expect(await filesOf(S3, 'S3OLCI', 'A', 'L2LFR')).toBeGreaterThan(0);
    expect(await filesOf(S3, 'S3OLCI', 'B', 'L2LFR')).toBe(0);
    expect(await filesOf(S3, 'S3OLCI', 'a', 'L2LFR')).toBe(0);
    expect(await filesOf(S3, 'S1SAR', 'A', 'L1SLC')).toBe(0);
    expect(await filesOf(S3, 'S3OLCI', 'A', 'X')).toBe(0);
    expect(await filesOf(S3, 'S3', 'A', 'L2LFR')).toBe(0);
    const common = await filesOf(S3, 'S3OLCI', 'A', 'L1');
    expect(common).toBeGreaterThan(0);
    expect(common).toBeLessThan(await filesOf(S3, 'S3OLCI', 'A', 'L1EFR'));
  });

  it('lets one bad name fail the request, with the text of the exception', async () => {
    const bad = `S1A_IW_RAW__0SDV_20201301T203348_20201102T203421_035074_0417B3_FFFF.SAFE.zip`;
    const { status, body } = await ask(`l0_names='${S1},${bad}',mission='S1SAR',unit='A',product_type='L1SLC'`);
    expect(status).toBe(500);
    expect(body).toContain('Invalid value for MonthOfYear (valid values 1 - 12): 13');
  });

  it.each([
    ['0000-01-01T00:00:00Z', 500],
    ['2020-11-01T00:00Z', 200],
    ['2020-11-01t00:00:00z', 200],
    ['2020-11-01T00:00:00.123Z', 200],
    ['2020-11-01T00:00:00.123456789012Z', 400],
    ['20200-11-01T00:00:00Z', 400],
    ['2020-11-01T00:00:60Z', 400],
    ['2020-11-01T00:00:00', 400],
    ["'2020-11-01T00:00:00Z'", 400],
  ])('start=%s → %i', async (start, status) => {
    const answer = await ask(`start=${start},stop=2020-11-01T00:00:01Z,mission='S1SAR',unit='A',product_type='L1SLC'`);
    expect(answer.status).toBe(status);
  });

  it('knows aliases, if only to fail on them', async () => {
    const target = `/rdb.svc/getReprocessingDataBaseline(l0_names=@p,mission='S1SAR',unit='A',product_type='L1SLC')`;
    const answer = await rawRequest(sandbox.siteUrl, `${target}?@p='x'`, {
      headers: { Authorization: 'Bearer x' },
    });
    expect([answer.status, answer.body]).toEqual([
      500,
      '{"error":{"code":null,"message":"OData Library: An exception without message text was thrown."}}',
    ]);
  });

  it('writes Atom for a browser, and errors in XML only for Accept and without a query', async () => {
    const target = `/rdb.svc/getReprocessingDataBaseline(l0_names='${S3}',mission='S3OLCI',unit='A',product_type='L2LFR')`;
    const get = (query: string, Accept?: string) =>
      rawRequest(sandbox.siteUrl, target + query, {
        headers: { Authorization: 'Bearer x', ...(Accept ? { Accept } : {}) },
      });
    const browser = await get('', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8');
    expect(browser.headers['content-type']).toBe('application/xml');
    expect(browser.body).toContain(`<d:Level0>${S3}</d:Level0>`);
    expect((await get('?$foo=1&$format=xml')).headers['content-type']).toBe('application/json; odata.metadata=minimal');
    expect((await get('?$foo=1', 'application/xml')).headers['content-type']).toContain('application/json');
    expect((await get('x', 'application/xml')).body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><error xmlns="http://docs.oasis-open.org/odata/ns/metadata"><code>null</code><message>The URI is malformed.</message></error>',
    );
  });

  it('takes POST with X-HTTP-Method for GET', async () => {
    const headers = { Authorization: 'Bearer x', 'X-HTTP-Method': 'GET' };
    const answer = await rawRequest(sandbox.siteUrl, '/rdb.svc/', { method: 'POST', headers });
    expect(answer.status).toBe(200);
  });
});

describe('inHashMapOrder', () => {
  it('orders by the buckets of java.util.HashMap and lets equal pairs collapse', () => {
    const pairs = ['a', 'b', 'q', 'a'].map((name) => [name, ''] as const);
    // hash("a") = 97 and so on; times 31, spread, modulo 16 buckets: a → 15, b → 14 (+48), q → 15 behind a.
    const order = inHashMapOrder(pairs, (pair) => pair).map(([name]) => name);
    expect(order).toHaveLength(3);
    expect(order.indexOf('a')).toBeLessThan(order.indexOf('q'));
  });
});
