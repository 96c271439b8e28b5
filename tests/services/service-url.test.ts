import { describe, expect, test } from 'vitest';
import { checkedUrl, underRoot } from '../../scripts/services/service-url';
import { failureOf } from '../helpers/failure-of';

describe('a URL that may be requested', () => {
  test.each([
    'https://auxiliary.copernicus.eu/rdb.svc',
    'http://127.0.0.1:8080/x',
    'http://127.255.1.2/x',
    'http://localhost:8080/x',
    'http://[::1]:8080/x',
  ])('%s', (url) => expect(checkedUrl(url).href).toContain(url));

  test('is http to anywhere only when asked', () => {
    expect(checkedUrl('http://archive.example/x', { allowInsecure: true }).host).toBe('archive.example');
  });
});

describe('a URL that is refused', () => {
  test.each([
    'http://archive.example/x',
    'http://localhost.archive.example/x',
    'http://127.0.0.1.archive.example/x',
    'http://10.0.0.1/x',
    'ftp://127.0.0.1/x',
    'file:///etc/passwd',
    'https://user:CANARY@archive.example/x',
    'not a URL',
    '//archive.example/x',
  ])('%s', async (url) => {
    const failure = await failureOf(() => checkedUrl(url));
    expect(failure.code).toBe('URL_REFUSED');
    expect(JSON.stringify(failure)).not.toContain('CANARY');
  });

  test.each(['http://store.example/x?sig=CANARY', 'nowhere?sig=CANARY', 'http://store.example/#CANARY'])(
    'does not tell the query of %s',
    async (url) => expect(JSON.stringify(await failureOf(() => checkedUrl(url)))).not.toContain('CANARY'),
  );
});

test.each([
  ['https://host/auxip.svc', 'https://host/auxip.svc/Products'],
  ['https://host/auxip.svc/', 'https://host/auxip.svc/Products'],
  [' https://host/auxip.svc// ', 'https://host/auxip.svc/Products'],
])('%s as a root', (root, wanted) => expect(underRoot(root, 'Products')).toBe(wanted));
