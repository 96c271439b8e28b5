import { expect, test } from 'vitest';
import { urlRefusal } from '../../scripts/services/url-rules';

test.each([
  'https://store.example/a?X-Amz-Signature=1',
  'http://127.0.0.1:9000/a',
  'http://localhost:1/a',
  'http://[::1]:9000/a',
])('%s may be asked', (url) => {
  expect(urlRefusal(url)).toBeUndefined();
});

test.each([
  'http://0.0.0.0:9000/a',
  'http://[::ffff:7f00:1]:9000/a',
  'http://[::ffff:127.0.0.1]/a',
  'http://[::]/a',
  'http://store.example/a',
  'http://127.0.0.1.example/a',
  'http://localhost.example/a',
  'http://2130706433/a',
  'http://0x7f.1/a',
  'https://user:pw@store.example/a',
  'http://127.0.0.1@store.example/a',
  'https://store.example:0/a',
  'https://store.example:65536/a',
  'https://store.example:x/a',
  'https:///a',
  'http://store.example\\@127.0.0.1/a',
  'https://store.example/a b',
  'ftp://store.example/a',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  '//store.example/a',
  '/a',
  '',
])('%s may not', (url) => {
  expect(urlRefusal(url)).toBeTypeOf('string');
});

test('http to another host is asked for where the user allowed it, and nothing else is', () => {
  expect(urlRefusal('http://store.example/a', { allowInsecure: true })).toBeUndefined();
  expect(urlRefusal('ftp://store.example/a', { allowInsecure: true })).toBeTypeOf('string');
});
