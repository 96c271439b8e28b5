import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isRoot } from '../../scripts/services/service-url';
import { readSite } from '../../scripts/services/site';
import { environmentFile } from '../helpers/environment-file';
import { failureOf } from '../helpers/failure-of';
import { temporaryFolder } from '../helpers/run-cli';

test('production is the operational site, every root resolved', () => {
  expect(readSite('production')).toMatchObject({
    name: 'production',
    siteUrl: 'https://auxiliary.copernicus.eu',
    rdbRoot: 'https://auxiliary.copernicus.eu/rdb.svc',
    auxipRoot: 'https://auxiliary.copernicus.eu/auxip.svc',
    tokenUrl: 'https://auxiliary.copernicus.eu/auth/realms/reprocessing-preparation/protocol/openid-connect/token',
    clientId: 'reprocessing-preparation',
  });
});

test('site_url is enough to aim elsewhere, with or without a final slash', () => {
  for (const siteUrl of ['https://dev.example/x', 'https://dev.example/x/']) {
    expect(readSite('production', { siteUrl })).toMatchObject({
      siteUrl: 'https://dev.example/x',
      auxipRoot: 'https://dev.example/x/auxip.svc',
    });
  }
});

test('another AUXIP can be named by its full root', () => {
  const file = environmentFile(temporaryFolder(), {
    auxip_root_uri: 'https://other.example/odata/v1',
    client_id: ' reprocessing-preparation ',
  });
  expect(readSite(file)).toMatchObject({
    name: file,
    auxipRoot: 'https://other.example/odata/v1',
    clientId: 'reprocessing-preparation',
  });
});

test('http is for this machine, unless it is asked for', async () => {
  const insecure = { siteUrl: 'http://dev.example' };
  expect(await failureOf(Promise.resolve().then(() => readSite('production', insecure)))).toMatchObject({
    code: 'URL_REFUSED',
  });
  expect(readSite('production', { ...insecure, allowInsecure: true }).siteUrl).toBe('http://dev.example');
  expect(readSite('production', { siteUrl: 'http://127.0.0.1:8080' }).rdbRoot).toBe('http://127.0.0.1:8080/rdb.svc');
});

test('variables that name each other in a circle end', async () => {
  const file = path.join(temporaryFolder(), 'circle.json');
  const keys = ['site_url', 'rdb_root_uri', 'auxip_root_uri', 'access_token_url', 'client_id'];
  writeFileSync(file, JSON.stringify({ values: keys.map((key) => ({ key, value: '{{site_url}}' })) }));
  expect(await failureOf(Promise.resolve().then(() => readSite(file)))).toMatchObject({ code: 'URL_REFUSED' });
});

test.each([
  ['a final slash', { site_url: 'https://dev.example/' }],
  ['capitals', { site_url: 'HTTPS://Dev.Example' }],
  ['the default port', { site_url: 'https://dev.example:443' }],
  ['spaces and a newline', { site_url: ' https://dev.example\n' }],
  ['slashes after every root', { site_url: 'https://dev.example', auxip_root_uri: '{{site_url}}/auxip.svc//' }],
])('addresses are the same for both planes, however they are spelled: %s', (_name, values) => {
  const site = readSite(environmentFile(temporaryFolder(), values));
  expect(site).toMatchObject({ siteUrl: 'https://dev.example', auxipRoot: 'https://dev.example/auxip.svc' });
  expect(site.variables).toMatchObject({ site_url: 'https://dev.example', auxip_root_uri: '{{site_url}}/auxip.svc' });
});

test.each([
  ['https://dev.example/a(b);c=d,e@f', 'https://dev.example/a(b);c=d,e@f'],
  ['https://dev.example/\u00e4 b', 'https://dev.example/%C3%A4%20b'],
])('a root that a lock can name: %s', (siteUrl, root) => {
  expect(isRoot(readSite('production', { siteUrl }).siteUrl)).toBe(true);
  expect(readSite('production', { siteUrl }).siteUrl).toBe(root);
});

test.each(['https://dev.example/?a=b', 'https://dev.example/#a', 'https://dev.example/a|b'])(
  '%s is no root',
  async (siteUrl) => {
    expect(await failureOf(() => readSite('production', { siteUrl }))).toMatchObject({ code: 'URL_REFUSED' });
  },
);

test('a byte order mark is no part of an environment, spaces may be part of a password', () => {
  const file = environmentFile(temporaryFolder(), { password: ' p w ', username: ' me ' });
  writeFileSync(file, `\uFEFF${readFileSync(file, 'utf8')}`);
  expect(readSite(file).variables).toMatchObject({ password: ' p w ', username: 'me' });
});
