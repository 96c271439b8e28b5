import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../scripts/lib/redact/redact';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c2VyIn0.c2lnbmF0dXJl';

describe('secrets by their place, known or not', () => {
  const cases: [title: string, text: string, redacted: string][] = [
    ['bearer header', 'Authorization: Bearer abc.DEF-1', 'Authorization: Bearer ***'],
    ['bearer in JSON', '{"Authorization":"Bearer abc","x":1}', '{"Authorization":"Bearer ***","x":1}'],
    ['basic header', `Authorization: Basic ${btoa('user:password')}`, 'Authorization: Basic ***'],
    ['token answer', '{"access_token":"a\\"b","expires_in":900}', '{"access_token":"***","expires_in":900}'],
    ['refresh and id token', '{"refresh_token": "r", "id_token": "i"}', '{"refresh_token": "***", "id_token": "***"}'],
    ['JSON in JSON', '{"body":"{\\"password\\":\\"p\\"}"', '{"body":"{\\"password\\":\\"***"'],
    ['inspected object', "{ client_secret: 'hush', n: 1 }", "{ client_secret: '***', n: 1 }"],
    [
      'form body',
      'grant_type=password&username=user&password=password&scope=openid',
      'grant_type=password&username=user&password=***&scope=openid',
    ],
    ['form body, encoded once more', 'body=password%3Dp%40ss%26scope%3Dopenid', 'body=password%3D***%26scope%3Dopenid'],
    ['a JSON Web Token', `token ${JWT} expired`, 'token *** expired'],
    [
      'presigned URL',
      'https://store/a?x=1&X-Amz-Date=1&X-Amz-Credential=AKIA%2F2&X-Amz-Signature=abc, again',
      'https://store/a?x=1&X-Amz-*** again',
    ],
    [
      'presigned URL in a page',
      'a?x=1&amp;X-Amz-Date=1&amp;X-Amz-Signature=abc&amp;y=2',
      'a?x=1&amp;X-Amz-***&amp;y=2',
    ],
    ['presigned URL in JSON', '{"a":"s?X-Amz-Date=1\\u0026X-Amz-Signature=b"}', '{"a":"s?X-Amz-***"}'],
    ['session cookie', 'Set-Cookie: SESSION=abc; Path=/\nDate: now', 'Set-Cookie: SESSION=***\nDate: now'],
    ['user info', 'see https://user:secret@host/path', 'see https://***@host/path'],
  ];
  it.each(cases)('%s', (_title, text, redacted) => {
    expect(createRedactor().text(text)).toBe(redacted);
  });

  it.each([
    'grant_type=password',
    '{"grant_type":"password"}',
    'Send the Bearer token in the header; a Basic authentication is refused.',
    'WWW-Authenticate: Bearer realm="adg"',
    'Authorization: Bearer {{access_token}}',
    'password={{password}}&client_secret=',
    '{"password":"{{password}}","access_token":""}',
    'access_token_url=https://host/token&token_type=Bearer',
    'the password of your account',
  ])('leaves alone: %s', (text) => {
    expect(createRedactor(['password']).text(text)).toBe(text);
  });
});

describe('known secrets', () => {
  const SECRET = 'SECRET-CANARY "1" <&+/ü>';

  it('vanish in every form they are written in', () => {
    const redactor = createRedactor([SECRET]);
    const forms = [
      SECRET,
      JSON.stringify({ a: SECRET }),
      encodeURIComponent(SECRET),
      new URLSearchParams({ a: SECRET }).toString(),
      'SECRET-CANARY &quot;1&quot; &lt;&amp;+/ü&gt;',
      ...['', 'u:', 'us:', 'use:'].map((user) => btoa(String.fromCharCode(...Buffer.from(user + SECRET)))),
    ];
    for (const form of forms) {
      const text = redactor.text(`before ${form} after`);
      expect(text).toContain('***');
      expect(text).not.toMatch(/CANARY|U0VDUkVU|ANARY/);
      expect(text).toMatch(/^before .* after$/);
    }
  });

  it('vanish also when they begin with one another, and when cut off', () => {
    const long = 'canary-1234567890-abcdefghij';
    const redactor = createRedactor(['canary-1234567890', long]);
    expect(redactor.text(`${long} canary-1234567890 ${long.slice(0, 22)}…`)).toBe('*** *** ***');
  });

  it('are searched for everywhere only if they are no ordinary words', () => {
    expect(createRedactor(['password', 'user', '']).text('the password of user')).toBe('the password of user');
    expect(createRedactor(['pass-word1']).text('the pass-word1 of user')).toBe('the *** of user');
  });

  it('include tokens seen on the way', () => {
    const redactor = createRedactor();
    redactor.text('{"access_token":"opaque-token-1"}');
    expect(redactor.text('expected opaque-token-1 to be valid')).toBe('expected *** to be valid');
  });

  it('of any shape leave no trace, and no other text is harmed', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12, maxLength: 40, unit: 'binary' }), (secret) => {
        fc.pre(secret.trim().length >= 12);
        const text = createRedactor([secret]).text(`before ${secret} ${JSON.stringify(secret)} after`);
        expect(text).not.toContain(secret.trim());
        expect(text.startsWith('before ') && text.endsWith(' after')).toBe(true);
      }),
    );
  });
});

describe('scrub', () => {
  it('redacts values under secret names, and learns them', () => {
    const value = {
      header: [{ key: 'Authorization', value: 'Bearer opaque-token-2' }],
      values: [
        { key: 'password', value: 'password' },
        { key: 'my-own-name', value: 'typed-secret-3', type: 'secret' },
        { key: 'access_token_url', value: 'https://host/token' },
        { key: 'Set-Cookie', value: 'SESSION=cookie-value-4; Path=/; HttpOnly' },
        { key: 'Authorization', value: 'Bearer {{access_token}}' },
      ],
    };
    const redactor = createRedactor();
    redactor.scrub(value);
    expect(value).toEqual({
      header: [{ key: 'Authorization', value: 'Bearer ***' }],
      values: [
        { key: 'password', value: '***' },
        { key: 'my-own-name', value: '***', type: 'secret' },
        { key: 'access_token_url', value: 'https://host/token' },
        { key: 'Set-Cookie', value: 'SESSION=***' },
        { key: 'Authorization', value: 'Bearer {{access_token}}' },
      ],
    });
    expect(redactor.text('opaque-token-2 typed-secret-3 cookie-value-4')).toBe('*** *** ***');
  });

  it('ends on cycles and goes any depth', () => {
    const ring: { self?: unknown; text: string; deep: unknown } = { text: 'password=x', deep: undefined };
    ring.self = ring;
    let deep: object = { text: 'password=x' };
    const bottom = deep;
    for (let level = 0; level < 20_000; level += 1) deep = { deep };
    ring.deep = deep;
    createRedactor().scrub(ring);
    expect([ring.text, bottom]).toEqual(['password=***', { text: 'password=***' }]);
  });
});

it('stays fast on long texts without secrets', () => {
  const redactor = createRedactor(['SECRET-CANARY-0123456789']);
  for (const text of [
    'passw'.repeat(200_000),
    'eyJ-'.repeat(200_000),
    'X-Amz-'.repeat(100_000),
    'a'.repeat(1_000_000),
    'Bearer '.repeat(100_000),
  ]) {
    expect(redactor.text(text).length).toBeGreaterThan(0);
  }
});

it('a hint that leaves the password out is left as it is; one that only begins so is not', () => {
  const redactor = createRedactor();
  const hint = 'ADG_USER=… ADG_PASSWORD=… auxflow run --env production';
  expect(redactor.text(hint)).toBe(hint);
  expect(redactor.text('password=…secret')).toBe('password=***');
});

it('what was shown before a secret was known is not shown again', () => {
  const redactor = createRedactor();
  const [secret, text] = ['Xy7-kingfisher-93', 'said: Xy7-kingfisher-93'];
  expect(redactor.text(text)).toBe(text);
  redactor.learn(secret);
  expect(redactor.text(text)).toBe('said: ***');
  const added = createRedactor();
  expect(added.shown({ list: [text, [text]] })).toEqual({ list: [text, [text]] });
  added.add(secret);
  expect(added.shown({ list: [text, [text]] })).toEqual({ list: ['said: ***', ['said: ***']] });
});
