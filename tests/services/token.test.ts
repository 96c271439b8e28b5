import type { ServerResponse } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createTokenSource, type TokenSource } from '../../scripts/services/token';
import { createTransport } from '../../scripts/services/transport';
import { createTestServer, sendJson, sendPage, type TestServer } from '../helpers/create-test-server';
import { failureOf } from '../helpers/failure-of';
import { QUICK_PATIENCE } from '../helpers/quick-patience';

const CREDENTIALS = { clientId: ' reprocessing-preparation', username: 'user', password: 'CANARY-PASSWORD' };

interface Stage {
  site: TestServer;
  tokens: TokenSource;
  clock: { seconds: number };
  grants: () => (string | null)[];
  /** What a redactor was told of. */
  learned: ReadonlySet<string>;
}

/** Answers the nth request with the nth reply, later ones with a grant. */
async function setUp(...replies: ((response: ServerResponse) => void)[]): Promise<Stage> {
  const site = await createTestServer((_request, response) => {
    const count = site.requests.length;
    const reply = replies[count - 1] ?? ((to: ServerResponse) => sendGrant(to, count));
    reply(response);
  });
  const tokenUrl = `${site.origin}/auth/realms/r/protocol/openid-connect/token`;
  const learned = new Set<string>();
  const redactor = { learn: (secret: string) => void learned.add(secret) };
  const transport = createTransport({ tokenUrl, apiRoots: [site.origin], redactor });
  onTestFinished(() => transport.close());
  const clock = { seconds: 0 };
  const tokens = createTokenSource({
    ...CREDENTIALS,
    transport,
    tokenUrl,
    patience: QUICK_PATIENCE,
    monotonicSeconds: () => clock.seconds,
  });
  const grants = () => site.requests.map(({ body }) => new URLSearchParams(body).get('grant_type'));
  return { site, tokens, clock, grants, learned };
}

function sendGrant(response: ServerResponse, count: number): void {
  sendJson(response, {
    access_token: `CANARY-ACCESS-${count}`,
    expires_in: 900,
    refresh_expires_in: 1800,
    refresh_token: `CANARY-REFRESH-${count}`,
    token_type: 'Bearer',
    'not-before-policy': 0,
  });
}

const refuse =
  (status: number, error: string) =>
  (response: ServerResponse): void =>
    sendJson(response, { error, error_description: 'CANARY words that may vary' }, status);
const grant = (response: ServerResponse): void => sendGrant(response, 1);

test('the password grant, with a trimmed client id', async () => {
  const { site, tokens } = await setUp();
  expect(await tokens.token()).toBe('CANARY-ACCESS-1');
  expect(Object.fromEntries(new URLSearchParams(site.requests[0]?.body))).toEqual({
    grant_type: 'password',
    client_id: 'reprocessing-preparation',
    username: 'user',
    password: 'CANARY-PASSWORD',
  });
});

describe('a token in use', () => {
  test('serves for four fifths of its life, then is refreshed', async () => {
    const { site, tokens, clock, grants } = await setUp();
    await tokens.token();
    clock.seconds = 719;
    expect(await tokens.token()).toBe('CANARY-ACCESS-1');
    clock.seconds = 720;
    expect(await tokens.token()).toBe('CANARY-ACCESS-2');
    expect(grants()).toEqual(['password', 'refresh_token']);
    expect(site.requests[1]?.body).toContain('refresh_token=CANARY-REFRESH-1');
  });

  test('is asked for once, however many want it', async () => {
    const { tokens, grants } = await setUp();
    const all = await Promise.all([tokens.token(), tokens.token(), tokens.token()]);
    expect(new Set(all)).toEqual(new Set(['CANARY-ACCESS-1']));
    expect(grants()).toEqual(['password']);
  });

  test('refused by the gateway is renewed once for all who were refused', async () => {
    const { tokens, grants } = await setUp();
    const old = await tokens.token();
    expect(await Promise.all([tokens.renew(old), tokens.renew(old)])).toEqual(['CANARY-ACCESS-2', 'CANARY-ACCESS-2']);
    expect(await tokens.renew(old)).toBe('CANARY-ACCESS-2');
    expect(grants()).toEqual(['password', 'refresh_token']);
  });

  test('is known for redaction, with everything received before it', async () => {
    const { tokens, learned } = await setUp();
    await tokens.renew(await tokens.token());
    expect([...learned].sort()).toEqual(['CANARY-ACCESS-1', 'CANARY-ACCESS-2', 'CANARY-REFRESH-1', 'CANARY-REFRESH-2']);
  });
});

describe('a refusal', () => {
  test.each([400, 401])('of the refresh with %d leads to one login by password', async (status) => {
    const { tokens, grants } = await setUp(grant, refuse(status, 'invalid_grant'));
    await tokens.renew(await tokens.token());
    expect(grants()).toEqual(['password', 'refresh_token', 'password']);
  });

  test('of the password is final: no second attempt with it', async () => {
    const { site, tokens } = await setUp(refuse(401, 'invalid_grant'));
    for (let count = 0; count < 3; count++) {
      const failure = await failureOf(tokens.token());
      expect(failure).toMatchObject({ code: 'TOKEN_REFUSED', method: 'POST', status: 401, error: 'invalid_grant' });
      expect(JSON.stringify(failure)).not.toContain('CANARY');
    }
    expect(site.requests).toHaveLength(1);
  });

  test('of both ends after the one login', async () => {
    const { site, tokens } = await setUp(grant, refuse(400, 'invalid_grant'), refuse(400, 'invalid_grant'));
    const old = await tokens.token();
    expect(await failureOf(tokens.renew(old))).toMatchObject({ code: 'TOKEN_REFUSED', status: 400 });
    expect(site.requests).toHaveLength(3);
  });

  test('by a page tells its form', async () => {
    const { tokens } = await setUp((response) => sendPage(response, '<html></html>', 404));
    expect(await failureOf(tokens.token())).toMatchObject({ code: 'TOKEN_REFUSED', status: 404, error: 'html' });
  });
});

describe('trouble', () => {
  test('of the proxy is waited out', async () => {
    const { tokens } = await setUp((response) => sendPage(response, '<html></html>', 503));
    expect(await tokens.token()).toBe('CANARY-ACCESS-2');
  });

  test('that lasts is told, and does not stand for a refusal', async () => {
    const busy = (response: ServerResponse): void => sendPage(response, '<html></html>', 503);
    const attempts = QUICK_PATIENCE.busy.attempts;
    const { tokens } = await setUp(...Array.from({ length: attempts }, () => busy));
    expect(await failureOf(tokens.token())).toMatchObject({ code: 'SERVICE_BUSY', status: 503, attempts });
    expect(await tokens.token()).toContain('CANARY-ACCESS');
  });

  test.each([
    ['a page with 200', '<html>CANARY</html>'],
    ['JSON without a token', '{"expires_in":900}'],
    ['a token without a life', '{"access_token":"CANARY"}'],
    ['a token that would break a header', '{"access_token":"CANARY\\r\\nx: y","expires_in":900}'],
    ['null', 'null'],
  ])('%s is no token answer, and is not repeated', async (_name, body) => {
    const { tokens } = await setUp((response) => response.end(body));
    const failure = await failureOf(tokens.token());
    expect(failure).toMatchObject({ code: 'ANSWER_BREAKS_SCHEMA', schema: 'token.answer' });
    expect(JSON.stringify(failure)).not.toContain('CANARY');
  });
});
