import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { openGrantLedger } from '../../scripts/download/grant-ledger';
import { quotaAwareLocations } from '../../scripts/download/quota-aware-locations';
import { createAuxip } from '../../scripts/services/auxip';
import { createTransport } from '../../scripts/services/transport';
import { createTestServer, sendJson, sendPage, type TestServer } from '../helpers/create-test-server';
import { failureOf } from '../helpers/failure-of';
import { QUICK_PATIENCE } from '../helpers/quick-patience';
import { temporaryFolder } from '../helpers/run-cli';

const ID = '7fc282fc-4a00-417f-b77c-4e851440105a';
const LOGIN = 'https://h/auth/realms/r/protocol/openid-connect/auth?state=x';
const RULES = { inARun: Infinity, pause: 0, files: Infinity, bytes: Infinity };

type Reply = (response: ServerResponse) => void;

const redirect =
  (location: string): Reply =>
  (response) =>
    response.writeHead(302, { location }).end();
const page =
  (status: number): Reply =>
  (response) =>
    sendPage(response, `<html>${status}</html>`, status);
const odata =
  (status: number, message: string): Reply =>
  (response) =>
    sendJson(response, { error: { code: null, message } }, status);
const granted = redirect('https://store.example/auxip/x');
const reset: Reply = (response) => response.destroy();

/** Locations from a service that gives one reply after another, the last one for ever. */
async function setUp(replies: readonly Reply[], rules: object = {}) {
  const site = await createTestServer((_request, response) =>
    (replies[site.requests.length - 1] ?? replies.at(-1))?.(response),
  );
  return { site, ...clientOf(site.origin, rules, () => site) };
}

function clientOf(origin: string, rules: object, site?: () => TestServer) {
  const root = `${origin}/auxip.svc`;
  const transport = createTransport({ tokenUrl: `${origin}/token`, apiRoots: [root] });
  onTestFinished(() => transport.close());
  const tokens = { token: () => Promise.resolve('one'), renew: () => Promise.resolve('two') };
  const auxip = createAuxip({ root, transport, tokens, validate: () => [], patience: QUICK_PATIENCE });
  const ledger = openGrantLedger(temporaryFolder(), { siteUrl: origin, username: 'user' });
  /** How many attempts had been made when one had to wait. */
  const waits: number[] = [];
  const locate = quotaAwareLocations({
    ...{ auxip, ledger, rules: { ...RULES, ...rules }, bytesOf: () => 400 },
    onWait: () => waits.push(site?.().requests.length ?? 0),
  });
  const booked = () => ledger.exclusively((grants) => Promise.resolve(grants.length));
  return { locate, booked, waits };
}

const mayHideAGrant: [string, Reply][] = [
  ['502', page(502)],
  ['503', page(503)],
  ['504', page(504)],
  ['500', odata(500, 'could not obtain connection')],
  ['a connection that breaks', reset],
];
test.each(mayHideAGrant)(
  '%s may come after the grant: it stays booked, the next attempt is too',
  async (_name, reply) => {
    const { locate, booked } = await setUp([reply, granted]);
    expect(await locate(ID)).toMatch('https://store.example/');
    expect(await booked()).toBe(2);
  },
);

const isNoGrant: [string, Reply][] = [
  ['429 of the quota', odata(429, 'Too Many Requests !')],
  ['429 of the proxy', page(429)],
  ['a login', redirect(LOGIN)],
];
test.each(isNoGrant)('%s is no grant, and given back before the next attempt', async (_name, reply) => {
  const { locate, booked } = await setUp([reply, granted]);
  expect(await locate(ID)).toMatch('https://store.example/');
  expect(await booked()).toBe(1);
});

const forGood: [string, Reply, string, number][] = [
  ['429 of the quota', odata(429, 'Too Many Requests !'), 'QUOTA_EXHAUSTED', 0],
  ['429 of the proxy', page(429), 'SERVICE_BUSY', 0],
  ['a login', redirect(LOGIN), 'LOGIN_PAGE', 0],
  ['a missing role', odata(401, 'Unauthorized Request !'), 'ROLE_MISSING', 0],
  ['an unknown id', odata(500, 'No entity found for query'), 'NOT_FOUND', 0],
  ['504 to all attempts', page(504), 'SERVICE_BUSY', QUICK_PATIENCE.busy.attempts],
  ['a connection that always breaks', reset, 'NETWORK', QUICK_PATIENCE.broken.attempts],
  ['a redirect to nowhere', redirect('https://?'), 'LOCATION_REFUSED', 1],
];
test.each(forGood)('%s for good: booked is what may have been granted', async (_name, reply, code, count) => {
  const { locate, booked } = await setUp([reply]);
  expect((await failureOf(locate(ID))).code).toBe(code);
  expect(await booked()).toBe(count);
});

test('where no connection comes about nothing is booked', async () => {
  const { locate, booked } = clientOf('http://127.0.0.1:1', {});
  expect(await failureOf(locate(ID))).toMatchObject({ code: 'NETWORK', reason: 'ECONNREFUSED' });
  expect(await booked()).toBe(0);
});

test('attempts keep the pace as first questions do: five that may be grants, then a pause', async () => {
  const { locate, booked, waits, site } = await setUp([...Array<Reply>(5).fill(page(504)), granted], {
    inARun: 5,
    pause: 1,
  });
  await locate(ID);
  expect([waits, site.requests.length, await booked()]).toEqual([[5], 6, 6]);
});

test('attempts keep the budget: none is made that it has no room for', async () => {
  const { locate, site } = await setUp([page(504)], { bytes: 1000 });
  expect(await failureOf(locate(ID))).toMatchObject({ code: 'BUDGET_REACHED', granted: { files: 2, bytes: 800 } });
  expect(site.requests).toHaveLength(2);
});
