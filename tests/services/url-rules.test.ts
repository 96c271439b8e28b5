import { expect, test } from 'vitest';
import { urlRefusal } from '../../scripts/services/url-rules';

test.each([
  'https://store.example/a?X-Amz-Signature=1',
  'http://127.0.0.1:9000/a',
  'http://localhost:1/a',
  'http://[::1]:9000/a',
  'https://10.0.0.200/a',
  'https://store.example1/a',
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
  'https://0x7f.1/a',
  'https://store.0x/a',
  'https://0177.0.0.1/a',
  'https://127.0.0.1./a',
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

test('what is an address for Node is one for the rules, and the other way round', () => {
  const hosts = [
    '1',
    '0x',
    '0x7f',
    '1.2',
    '1.2.3.4',
    '01.2.3.4',
    '1.2.3.4.',
    '256.1.1.1',
    'a.1',
    '1.a',
    'a.0x1',
    '0xg',
    'x1',
  ];
  const isAddress = (host: string): boolean =>
    !URL.canParse(`https://${host}/`) || /^[\d.]+$/.test(new URL(`https://${host}/`).hostname);
  const refused = hosts.filter((host) => urlRefusal(`https://${host}/`) !== undefined);
  expect(refused).toEqual(hosts.filter((host) => isAddress(host) && host !== '1.2.3.4'));
});
