import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../../../scripts/errors/errors';
import { SCENARIOS, startSandbox, type Sandbox } from '../../../../scripts/sandbox/sandbox';
import { ActiveScenario } from '../../../../scripts/sandbox/faults/scenarios/active-scenario';
import { faultsOf } from '../../../../scripts/sandbox/faults/scenarios/scenarios';
import type { SiteCall } from '../../../../scripts/sandbox/faults/scenarios/faults';
import type { WireRequest } from '../../../../scripts/sandbox/http/request';
import { logIn } from '../../log-in';
import { tinyCatalogue } from '../../tiny-catalogue';

const S3 = 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const S1 = 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip';

/** Weak enough for a test; `undefined` where a small campaign cannot see the effect, which is then tested below. */
const STRENGTH: Readonly<Record<string, string | undefined>> = {
  'expired-token': 'expired-token@3',
  'ended-session': 'ended-session@3',
  'documented-quota': 'documented-quota@1',
  'slow-stream': undefined,
  'slow-store': undefined,
  'slow-first-byte': undefined,
  'cold-start': undefined,
  'first-unit-wins': undefined,
  // A campaign asks for nothing that leaks.
  'count-leak': undefined,
};

describe('scenarios', () => {
  let sandbox: Sandbox;
  let healthy: readonly string[];
  beforeAll(async () => {
    sandbox = await startSandbox();
    healthy = await campaign(sandbox);
  });
  afterAll(() => sandbox.close());

  it('have distinct names and a sentence each', () => {
    expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
    for (const { name, effect } of SCENARIOS) {
      expect(name).toMatch(/^[a-z0-9-]+$/);
      expect(effect.length).toBeGreaterThan(20);
    }
  });

  it('stand in the documentation', () => {
    const documentation = readFileSync(join(__dirname, '../../../../docs/sandbox.md'), 'utf8').replace(/ +/g, ' ');
    for (const { name, effect } of SCENARIOS) expect(documentation).toContain(`| \`${name}\` | ${effect} |`);
  });

  it('leave a healthy campaign the same every time', async () => {
    sandbox.setScenario('healthy');
    expect(await campaign(sandbox)).toEqual(healthy);
  });

  const visible = SCENARIOS.filter(
    ({ name }) => name !== 'healthy' && (!(name in STRENGTH) || STRENGTH[name] !== undefined),
  );
  it.each(visible.map(({ name }) => name))(
    '%s shows in a campaign, and is gone with the next scenario',
    async (name) => {
      sandbox.setScenario(STRENGTH[name] ?? name);
      expect(await campaign(sandbox, STRUCK_MILLISECONDS)).not.toEqual(healthy);
      sandbox.setScenario('healthy');
      expect(await campaign(sandbox)).toEqual(healthy);
      expect(sandbox.defects).toEqual([]);
    },
  );

  it('strike the first answer of a resource, or as many as they are told to', async () => {
    const statuses = async (specification: string) => {
      sandbox.setScenario(specification);
      const { access_token: token } = await logIn(sandbox.siteUrl);
      const headers = { Authorization: `Bearer ${token}` };
      const ask = async () => (await fetch(`${sandbox.siteUrl}/auxip.svc/`, { headers, redirect: 'manual' })).status;
      return [await ask(), await ask(), await ask()];
    };
    expect(await statuses('proxy-502')).toEqual([502, 200, 200]);
    expect(await statuses('proxy-502:2')).toEqual([502, 502, 200]);
    expect(await statuses('proxy-502:always')).toEqual([502, 502, 502]);
    expect(await statuses('proxy-429+kong-503')).toEqual([429, 503, 200]);
    sandbox.setScenario('healthy');
  });

  it('drop connections also where the answer has no body', async () => {
    const { access_token: token } = await logIn(sandbox.siteUrl);
    const get = () =>
      fetch(`${sandbox.siteUrl}/auxip.svc/Products(${KNOWN_ID})/$value`, {
        headers: { Authorization: `Bearer ${token}` },
        redirect: 'manual',
      });
    sandbox.setScenario('dropped-connection');
    await expect(get()).rejects.toThrow();
    expect((await get()).status).toBe(302);
    sandbox.setScenario('healthy');
  });

  it.each(['', 'nonsense', 'healthy@', 'healthy:-1', 'proxy-502;lost-object'])('refuses %j', (specification) => {
    expect(() => faultsOf(specification)).toThrow(Failure);
  });

  it('slow-first-byte@70 delays an answer', () => {
    const scenario = new ActiveScenario('slow-first-byte@70');
    const reply = { status: 200, headers: {} };
    expect(scenario.siteReply(callOf('rdb'), reply)).toEqual({ ...reply, delivery: { delayMs: 70 } });
    expect(scenario.siteReply(callOf('rdb'), reply)).toEqual(reply);
  });

  it('cold-start@80 delays the first baseline of each mission, and nothing else', () => {
    const scenario = new ActiveScenario('cold-start@80');
    const reply = { status: 200, headers: {} };
    const call = callOf('rdb');
    const baseline = (mission: string) => ({
      ...call,
      request: { ...call.request, path: `/rdb.svc/getReprocessingDataBaseline(mission='${mission}')` },
    });
    expect(scenario.siteReply(call, reply)).toEqual(reply);
    for (const mission of ['S1SAR', 'S2MSI']) {
      expect(scenario.siteReply(baseline(mission), reply)).toEqual({ ...reply, delivery: { delayMs: 80 } });
      expect(scenario.siteReply(baseline(mission), reply)).toEqual(reply);
    }
  });

  it.each([
    ['slow-store@90', { delayMs: 90 }],
    ['slow-stream@5000', { rate: 5000 }],
  ])('%s slows the store down', (specification, delivery) => {
    const scenario = new ActiveScenario(specification);
    const reply = { status: 200, headers: { 'Content-Length': 10 } };
    const call = { request: callOf('rdb').request, object: { id: 'x', contentLength: 10, lastModified: 0 } };
    expect(scenario.storeReply(call, reply)).toEqual({ ...reply, delivery });
  });

  it('first-unit-wins filters by instrument configuration for the first unit only', () => {
    const icid = { timelineOf: () => [], appliesTo: () => true, namesOf: () => undefined };
    const catalogue = { ...tinyCatalogue({}), icid };
    const scenario = new ActiveScenario('first-unit-wins');
    const call = (unit: string) => ({ mission: 'S1SAR', unit, productType: 'L1SLC', level0: [] });
    expect(scenario.source(catalogue, call('A')).icid).toBe(icid);
    expect(scenario.source(catalogue, call('B')).icid).toBeUndefined();
    expect(scenario.source(catalogue, call('A')).icid).toBe(icid);
  });
});

/** Some scenarios never answer. A healthy sandbox does, however busy the machine. */
const STRUCK_MILLISECONDS = 700;
const HEALTHY_MILLISECONDS = 30_000;

/** What a client meets on the way from token to bytes: one line per step, without what changes from run to run. */
async function campaign(sandbox: Sandbox, patience = HEALTHY_MILLISECONDS): Promise<string[]> {
  const lines: string[] = [];
  const { access_token: token } = await logIn(sandbox.siteUrl);
  const step = async (label: string, url: string, init: RequestInit = {}) => {
    const seen = await look(url, init, patience);
    lines.push(`${label}: ${constant(seen.line, sandbox)}`);
    return seen;
  };
  const headers = { Authorization: `Bearer ${token}` };
  const api = (label: string, path: string, more: Record<string, string> = headers) =>
    step(label, sandbox.siteUrl + path, { headers: more, redirect: 'manual' });
  const baseline = await api(
    'S3',
    `/rdb.svc/getReprocessingDataBaseline(l0_names='${S3}',mission='S3OLCI',unit='A',product_type='L2LFR')`,
  );
  await api(
    'S1',
    `/rdb.svc/getReprocessingDataBaseline(l0_names='${S1}',mission='S1SAR',unit='A',product_type='L2OCN')`,
  );
  const link = idOf(baseline.body) ?? KNOWN_ID;
  await api('entry', `/auxip.svc/Products(${link})?$expand=Attributes`);
  await api('page', '/auxip.svc/Products?$filter=startswith(Name,%27S3A_OL_2%27)&$top=4&$skip=2');
  await api('cookie', '/rdb.svc/', { Cookie: 'session=x' });
  const granted = await api('value', `/auxip.svc/Products(${link})/$value`);
  const again = await api('value again', `/auxip.svc/Products(${link})/$value`);
  const url = granted.location ?? again.location;
  if (url?.startsWith(sandbox.storeUrl) !== true) return lines;
  await step('whole', url);
  await step('range', url, { headers: { Range: 'bytes=10-19' } });
  return lines;
}

let KNOWN_ID = '';

function idOf(baseline: string): string | undefined {
  const id = /Products\(([0-9a-f-]{36})\)/.exec(baseline)?.[1];
  KNOWN_ID ||= id ?? '';
  return id;
}

async function look(url: string, init: RequestInit, patience: number) {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(patience) });
    const location = response.headers.get('location') ?? undefined;
    const head = `${response.status} ${response.headers.get('content-type') ?? '-'} ${(location ?? '-').split('?')[0]!}`;
    try {
      const bytes = Buffer.from(await response.arrayBuffer());
      return { line: `${head} ${summary(bytes)}`, body: bytes.toString(), location };
    } catch {
      return { line: `${head} (broken off)`, body: '', location };
    }
  } catch {
    return { line: 'no answer', body: '', location: undefined };
  }
}

function summary(bytes: Buffer): string {
  return bytes.length < 5000 && !bytes.includes(0) ? bytes.toString() : createHash('md5').update(bytes).digest('hex');
}

function constant(line: string, { siteUrl, storeUrl }: Sandbox): string {
  return line.replaceAll(siteUrl, 'SITE').replaceAll(storeUrl, 'STORE');
}

function callOf(service: SiteCall['service']): SiteCall {
  const request: WireRequest = {
    method: 'GET',
    path: '/x',
    query: undefined,
    headers: {},
    headBytes: 0,
    body: Buffer.alloc(0),
  };
  return { request, service, valueOf: undefined };
}
