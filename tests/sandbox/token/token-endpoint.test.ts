import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../../scripts/sandbox/sandbox';
import { logIn, postForm, TOKEN_PATH } from '../log-in';
import { rawRequest } from '../raw-request';

const LOGIN = { grant_type: 'password', client_id: 'reprocessing-preparation', username: 'user', password: 'password' };
const REFRESH = { grant_type: 'refresh_token', client_id: 'reprocessing-preparation' };

describe('token endpoint (access.md)', () => {
  let sandbox: Sandbox;
  let now = Date.UTC(2024, 2, 1);
  beforeAll(async () => {
    sandbox = await startSandbox({ clock: () => now });
  });
  afterAll(() => sandbox.close());

  it('answers a password with the recorded keys in the recorded order', async () => {
    const { status, headers, body } = await postForm(sandbox.siteUrl, LOGIN);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      pragma: 'no-cache',
    });
    const answer = JSON.parse(body) as Record<string, unknown>;
    expect(Object.keys(answer)).toEqual([
      'access_token',
      'expires_in',
      'refresh_expires_in',
      'refresh_token',
      'token_type',
      'not-before-policy',
      'session_state',
      'scope',
    ]);
    expect(answer).toMatchObject({
      expires_in: 900,
      refresh_expires_in: 1800,
      token_type: 'Bearer',
      'not-before-policy': 0,
    });
  });

  it('adds an id_token for the scope openid, before not-before-policy', async () => {
    const answer = JSON.parse((await postForm(sandbox.siteUrl, { ...LOGIN, scope: 'openid' })).body) as Record<
      string,
      unknown
    >;
    expect(Object.keys(answer).slice(4, 7)).toEqual(['token_type', 'id_token', 'not-before-policy']);
    expect(String(answer.scope).split(' ')).toContain('openid');
  });

  it('signs access tokens with RS256 and the claims of the realm', async () => {
    const { access_token: token, refresh_token: refresh } = await logIn(sandbox.siteUrl);
    expect(decodeProtectedHeader(token).alg).toBe('RS256');
    expect(decodeProtectedHeader(refresh).alg).toBe('HS256');
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({
      typ: 'Bearer',
      aud: 'account',
      azp: 'reprocessing-preparation',
      preferred_username: 'user',
    });
    expect(claims.realm_access).toEqual({ roles: ['download', 'offline_access', 'uma_authorization'] });
    expect(claims.exp! - claims.iat!).toBe(900);
    expect(claims.iss).toBe(`${sandbox.siteUrl}/auth/realms/reprocessing-preparation`);
  });

  it.each([
    ['wrong password', { ...LOGIN, password: 'x' }, 401, 'invalid_grant', 'Invalid user credentials'],
    ['unknown user', { ...LOGIN, username: 'x' }, 401, 'invalid_grant', 'Invalid user credentials'],
    ['no username', { ...LOGIN, username: '' }, 401, 'invalid_request', 'Missing parameter: username'],
    ['disabled account', { ...LOGIN, username: 'disabled' }, 400, 'invalid_grant', 'Account disabled'],
    ['pending actions', { ...LOGIN, username: 'newcomer' }, 400, 'invalid_grant', 'Account is not fully set up'],
    ['no grant type', { ...LOGIN, grant_type: '' }, 400, 'invalid_request', 'Missing form parameter: grant_type'],
    ['other grant type', { ...LOGIN, grant_type: 'magic' }, 400, 'unsupported_grant_type', 'Unsupported grant_type'],
    ['unknown client', { ...LOGIN, client_id: 'auxip' }, 400, 'invalid_client', 'Invalid client credentials'],
    [
      'padded client',
      { ...LOGIN, client_id: ' reprocessing-preparation' },
      400,
      'invalid_client',
      'Invalid client credentials',
    ],
    ['bad scope', { ...LOGIN, scope: 'everything' }, 400, 'invalid_scope', 'Invalid scopes: everything'],
    ['no refresh token', REFRESH, 400, 'invalid_request', 'No refresh token'],
    ['malformed refresh token', { ...REFRESH, refresh_token: 'x.y.z' }, 400, 'invalid_grant', 'Invalid refresh token'],
  ])('%s', async (_case, form, status, error, description) => {
    const answer = await postForm(sandbox.siteUrl, form);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ error, error_description: description });
  });

  it('refuses a repeated field, JSON bodies and GET', async () => {
    const repeated = await postForm(sandbox.siteUrl, [...Object.entries(LOGIN), ['username', 'user']]);
    expect(JSON.parse(repeated.body)).toEqual({ error: 'invalid_request', error_description: 'duplicated parameter' });
    const json = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(LOGIN) };
    expect((await rawRequest(sandbox.siteUrl, TOKEN_PATH, json)).status).toBe(400);
    const got = await rawRequest(sandbox.siteUrl, TOKEN_PATH);
    expect([got.status, got.headers.allow]).toEqual([405, undefined]);
    const elsewhere = await rawRequest(sandbox.siteUrl, TOKEN_PATH.replace('reprocessing-preparation', 'reprobase'), {
      method: 'POST',
    });
    expect([elsewhere.status, elsewhere.body]).toEqual([404, '{"error":"Realm does not exist"}']);
  });

  it('takes a refresh token again and again until it expires', async () => {
    const { refresh_token: token } = await logIn(sandbox.siteUrl);
    const refresh = () => postForm(sandbox.siteUrl, { ...REFRESH, refresh_token: token });
    expect((await refresh()).status).toBe(200);
    expect((await refresh()).status).toBe(200);
    now += 1800_000;
    expect(JSON.parse((await refresh()).body)).toEqual({
      error: 'invalid_grant',
      error_description: 'Token is not active',
    });
  });

  it('shortens refresh tokens towards the end of the session, and then ends it', async () => {
    let { refresh_token: token } = await logIn(sandbox.siteUrl);
    for (let hour = 0; hour < 39; hour++) {
      now += 900_000;
      token = (
        JSON.parse((await postForm(sandbox.siteUrl, { ...REFRESH, refresh_token: token })).body) as {
          refresh_token: string;
        }
      ).refresh_token;
    }
    const last = JSON.parse((await postForm(sandbox.siteUrl, { ...REFRESH, refresh_token: token })).body) as Record<
      string,
      unknown
    >;
    expect(last.refresh_expires_in).toBe(900);
    now += 901_000;
    expect((await postForm(sandbox.siteUrl, { ...REFRESH, refresh_token: token })).status).toBe(400);
  });
});
