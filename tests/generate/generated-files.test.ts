import addFormats from 'ajv-formats';
import Ajv from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import { COLLECTION_VARIABLES } from '../../scripts/contract-suite/collection-variables';
import { collectionFiles } from '../../scripts/generate/collection-files';
import { environments } from '../../scripts/generate/environments';
import type { PostmanCollection, PostmanItem } from '../../scripts/contract-suite/collection/postman-collection';
import { TUTORIAL_REQUEST } from '../../scripts/sentinel/known-products';
import { ROOT } from '../../scripts/lib/package-root';
import { contractFiles } from '../../scripts/generate/schema-files';

const OFFICIAL_SCHEMA = path.resolve(ROOT, '..', 'shared', 'postman', 'collection-2.1.0.schema.json');
const FILE = 'collections/reprocessing-workflow.postman_collection.json';

let collection: PostmanCollection;
beforeAll(() => {
  collection = JSON.parse(readFileSync(path.join(ROOT, FILE), 'utf8')) as PostmanCollection;
});

const requests = (items: readonly PostmanItem[]): PostmanItem[] =>
  items.flatMap((item) => (item.item ? requests(item.item) : [item]));
const everyItem = (items: readonly PostmanItem[]): PostmanItem[] =>
  items.flatMap((item) => [item, ...everyItem(item.item ?? [])]);

test('generating twice gives the same bytes, and they are the committed ones', async () => {
  const [first, second] = [
    new Map([...(await contractFiles()), ...(await collectionFiles())]),
    new Map([...(await contractFiles()), ...(await collectionFiles())]),
  ];
  expect([...second]).toEqual([...first]);
  const stale = [...first].filter(
    ([file, text]) => !existsSync(path.join(ROOT, file)) || readFileSync(path.join(ROOT, file), 'utf8') !== text,
  );
  expect(stale.map(([file]) => file)).toEqual([]);
});

test.skipIf(!existsSync(OFFICIAL_SCHEMA))('the collection is valid against the official Collection 2.1 schema', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const check = ajv.compile(JSON.parse(readFileSync(OFFICIAL_SCHEMA, 'utf8')) as object);
  check(collection);
  expect(check.errors ?? []).toEqual([]);
});

describe('the workflow collection', () => {
  test('has the folders and requests of the tutorial', () => {
    expect(collection.item.map(({ name, item }) => [name, item?.map((step) => step.name)])).toEqual([
      ['0 Authenticate', ['Get a token']],
      ['1 Data baseline', ['Baseline by Level-0 names', 'Baseline by sensing interval']],
      ['2 Auxiliary files', ['Catalogue entry', 'Resolve $value', 'First KiB from the store', 'Send and Download']],
    ]);
  });

  test('asks for exactly what the tutorial asks for', () => {
    const urls = requests(collection.item).map(({ request }) =>
      typeof request?.url === 'string' ? request.url : request?.url.raw,
    );
    expect(urls).toEqual([
      '{{access_token_url}}',
      "{{rdb_root_uri}}/getReprocessingDataBaseline(l0_names='{{l0_names}}',mission='{{mission}}',unit='{{unit}}',product_type='{{product_type}}')",
      "{{rdb_root_uri}}/getReprocessingDataBaseline(start={{start}},stop={{stop}},mission='{{mission}}',unit='{{unit}}',product_type='{{product_type}}')",
      '{{auxip_root_uri}}/Products({{file_id}})',
      '{{auxip_root_uri}}/Products({{file_id}})/$value',
      '{{store_url}}',
      '{{file_link}}',
    ]);
  });

  test('writes to nothing but the token endpoint', () => {
    const written = requests(collection.item).filter(({ request }) => request?.method !== 'GET');
    expect(written.map(({ name }) => name)).toEqual(['Get a token']);
  });

  test('follows redirects only where the app downloads', () => {
    const followed = requests(collection.item).filter(
      (item) => item.protocolProfileBehavior?.followRedirects !== false,
    );
    expect(followed.map(({ name }) => name)).toEqual(['Send and Download']);
  });

  test('sends no token to the store or the token endpoint, and to all others', () => {
    const without = requests(collection.item).filter(({ request }) => request?.auth?.type === 'noauth');
    expect(without.map(({ name }) => name)).toEqual(['Get a token', 'First KiB from the store']);
    expect(collection.auth.type).toBe('oauth2');
  });

  test('explains every folder and request, and saves example answers beside the requests', () => {
    const silent = everyItem(collection.item).filter(
      (item) => JSON.stringify(item.request?.description ?? item.description ?? '').length < 80,
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
    const bare = requests(collection.item).filter((item) => (item.response ?? []).length === 0);
    expect(bare.map(({ name }) => name)).toEqual(['Send and Download']);
  });

  test('has an id of its own for every item, script and example', () => {
    const ids = everyItem(collection.item).flatMap((item) => [
      item.id,
      ...(item.event ?? []).map((event) => event.script.id),
      ...(item.response ?? []).map((example) => example.id),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('pre-fills the OAuth 2.0 tab: only user and password are left to type', () => {
    const values = Object.fromEntries((collection.auth.oauth2 ?? []).map(({ key, value }) => [key, value]));
    expect(values).toMatchObject({
      tokenName: 'auxip_token',
      grant_type: 'password_credentials',
      accessTokenUrl: '{{access_token_url}}',
      clientId: '{{client_id}}',
      scope: '{{scope}}',
      addTokenTo: 'header',
      headerPrefix: 'Bearer',
    });
  });

  test('its scripts are JavaScript that Node can parse, and need nothing of Node', () => {
    for (const { listen, script } of requests(collection.item).flatMap((item) => item.event ?? [])) {
      expect(() => new Script(script.exec.join('\n')), listen).not.toThrow();
      expect(script.exec.join('\n')).not.toMatch(/\brequire\(|\bprocess\./);
    }
  });
});

describe('environments', () => {
  test('derive every root from site_url, and hold no secret', () => {
    for (const [name, { values }] of environments()) {
      const byKey = Object.fromEntries(values.map(({ key, value }) => [key, value]));
      expect(byKey, name).toMatchObject({
        rdb_root_uri: '{{site_url}}/rdb.svc',
        auxip_root_uri: '{{site_url}}/auxip.svc',
        password: '',
        access_token: '',
        username: '',
      });
      const secrets = values.filter(({ type }) => type === 'secret');
      expect(secrets.map(({ key, value }) => [key, value]).sort()).toEqual([
        ['access_token', ''],
        ['password', ''],
      ]);
    }
  });

  test('have the variables of the workflow and no others; the contract has its own in its collection', () => {
    const shared = ['grant_type', 'scope', 'access_token_url', 'client_id', 'username', 'password', 'access_token'];
    const wanted = ['site_url', 'rdb_root_uri', 'auxip_root_uri', ...shared, ...Object.keys(TUTORIAL_REQUEST)];
    for (const { values } of environments().values())
      expect(values.map(({ key }) => key).sort()).toEqual([...wanted, 'download_limit'].sort());
    const own = COLLECTION_VARIABLES.map(({ key }) => key);
    expect(own.filter((key) => wanted.includes(key))).toEqual([]);
    expect(COLLECTION_VARIABLES.filter(({ description }) => description === '')).toEqual([]);
  });

  test('production is the operational site', () => {
    const site = environments()
      .get('production')
      ?.values.find(({ key }) => key === 'site_url')?.value;
    expect(site).toBe('https://auxiliary.copernicus.eu');
  });
});
