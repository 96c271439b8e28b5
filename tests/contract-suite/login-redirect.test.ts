import { expect, test } from 'vitest';
import { loginRedirect } from '../../scripts/contract-suite/engine/login-redirect';
import { answerWith, memoryScope } from './memory-scope';

const SITE = 'https://auxiliary.site.example';

function to(back: string, state = 'a1', nonce = 'b1'): string {
  const auth = `${SITE}/auth/realms/reprocessing-preparation/protocol/openid-connect/auth`;
  return `${auth}?response_type=code&client_id=kong&state=${state}&nonce=${nonce}&redirect_uri=${encodeURIComponent(back)}`;
}

function problems(...locations: readonly string[]): (string | undefined)[] {
  const scope = memoryScope({ site_url: SITE });
  return locations.map(
    (location) => loginRedirect(answerWith('', { Location: location }, 302), scope).map(({ problem }) => problem)[0],
  );
}

test('a way to the login page leads back to the site, or to another name of its domain', () => {
  expect(problems(to(`${SITE}/auxip.svc`), to('https://inner.site.example/auxip.svc', 'a2', 'b2'))).toEqual([
    undefined,
    undefined,
  ]);
  const elsewhere = [
    'https://evil.example/auxip.svc',
    `https://${SITE.slice(8)}.evil.example/`,
    `https://x@evil.example`,
  ];
  for (const back of elsewhere) expect(problems(to(back))[0]).toMatch(/^it leads to /);
});

test('the login page itself lies at the site, not at a host that only its inside knows', () => {
  const inside = to(SITE).replace(SITE, 'http://keycloak:8080');
  expect(problems(inside)).toEqual(['it leads to keycloak']);
});

test('state and nonce are others each time', () => {
  const [, again] = problems(to(SITE), to(SITE));
  expect(again).toMatch(/^state or nonce is that of the redirect before/);
  expect(problems(to(SITE), to(SITE, 'a2', 'b1'))[1]).toBeDefined();
});

test('a way to the login page that cannot be decoded is a finding, no fault of the script', () => {
  expect(problems(to('%').replace('%25', '%zz'), to(SITE, '%zz', '%zy'))).toEqual(['URI malformed', undefined]);
});

test('another redirect is none', () => {
  const scope = memoryScope({ site_url: SITE });
  expect(loginRedirect(answerWith('', { Location: 'https://store.example/a?state=1' }, 302), scope)).toEqual([]);
  expect(loginRedirect(answerWith('', {}, 200), scope)).toEqual([]);
});
