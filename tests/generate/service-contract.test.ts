import addFormats from 'ajv-formats';
import Ajv from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { FREEZE, RESUME } from '../../scripts/contract-suite/cases/sandbox-clock';
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import type { PostmanCollection, PostmanItem } from '../../scripts/contract-suite/collection/postman-collection';
import { ROOT } from '../../scripts/lib/package-root';

const OFFICIAL_SCHEMA = path.resolve(ROOT, '..', 'shared', 'postman', 'collection-2.1.0.schema.json');
const FILE = path.join(ROOT, 'collections', 'service-contract.postman_collection.json');
const UUID_V5 = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const collection = JSON.parse(readFileSync(FILE, 'utf8')) as PostmanCollection;
const folders = collection.item;
const cases: readonly PostmanItem[] = folders.flatMap(({ item }) => item ?? []);

test.skipIf(!existsSync(OFFICIAL_SCHEMA))('is valid against the official Collection 2.1 schema', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const check = ajv.compile(JSON.parse(readFileSync(OFFICIAL_SCHEMA, 'utf8')) as object);
  check(collection);
  expect(check.errors ?? []).toEqual([]);
});

test('holds every case of every folder, in order', () => {
  expect(folders.map(({ name, item }) => [name, item?.map((item) => item.name)])).toEqual(
    CASE_FOLDERS.map((folder) => [folder.name, folder.cases.map(({ name }) => name)]),
  );
});

test('has an id of its own, made of its name (UUIDv5), for every folder and case', () => {
  const items = [...folders, ...cases];
  const ids = [collection.info._postman_id, ...items.map(({ id }) => id)];
  expect(ids.filter((id) => !UUID_V5.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('names and keys stand once, but for the sign-in that begins every folder and the clock that stands still in some', () => {
  const all = CASE_FOLDERS.flatMap((folder) => folder.cases);
  const repeated = (texts: readonly string[]): string[] => texts.filter((text, index) => texts.indexOf(text) !== index);
  expect(new Set(repeated(all.map(({ name }) => name)))).toEqual(new Set(['Sign in', FREEZE, RESUME]));
  expect(repeated(all.map(({ key }) => key))).toEqual([]);
  expect(all.filter(({ key }) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/i.test(key)).map(({ key }) => key)).toEqual([]);
  for (const { name, item = [] } of folders)
    expect([name, item.findIndex((item) => item.name === 'Sign in')]).toEqual([name, 0]);
});

describe('what is asked for', () => {
  const asked = CASE_FOLDERS.flatMap((folder) => folder.cases).map(({ request }) => ({ method: 'GET', ...request }));

  test('nothing is written but to the token endpoint, the clock of the sandbox, and a function that has no other methods', () => {
    const written = asked.filter(({ method }) => method !== 'GET' && method !== 'HEAD');
    const allowed =
      /^\{\{(?:access_token_url\}\}$|site_url\}\}\/auth\/realms\/\w+\/protocol\/openid-connect\/token$|sandbox_control\}\}\/clock$|rdb_root_uri\}\}\/getReprocessingDataBaseline\()/;
    expect(written.filter(({ url }) => !allowed.test(url))).toEqual([]);
  });

  test('no token goes to the store, the token endpoint or the sandbox', () => {
    const elsewhere = asked.filter(({ url }) => /^\{\{(?:store_url|access_token_url|sandbox_control)/.test(url));
    expect(elsewhere.length).toBeGreaterThan(20);
    expect(elsewhere.filter(({ auth }) => auth !== 'none')).toEqual([]);
    expect(elsewhere.filter(({ headers }) => /\{\{/.test(headers?.['Authorization'] ?? ''))).toEqual([]);
  });

  test('a redirect is an answer, and cookies are not kept', () => {
    const odd = cases.filter(({ protocolProfileBehavior: behaviour }) => behaviour?.followRedirects !== false);
    expect(odd.map(({ name }) => name)).toEqual([]);
  });

  test('no request names a host, an account or a secret of its own', () => {
    const own = asked.filter(({ url }) => !url.startsWith('{{'));
    expect(own).toEqual([]);
    const given = asked.flatMap(({ form = [] }) => form).filter(([key]) => key === 'password');
    // What is typed beside the user's own password makes it a wrong one.
    const typed = given.map(([, value]) => value.replace(/\{\{\w+\}\}/, '').trim());
    expect(new Set(typed)).toEqual(new Set(['', 'x', 'auxflow-no-such-password']));
  });

  test('few counts, which leak connections of the real service', () => {
    expect(asked.filter(({ url }) => url.includes('$count=true')).length).toBeLessThanOrEqual(30);
  });
});

test('scripts are JavaScript that Node can parse, and need nothing of Node', () => {
  const scripts = [collection, ...cases].flatMap(({ event = [] }) => event.map(({ script }) => script.exec.join('\n')));
  for (const script of scripts) expect(() => new Script(script)).not.toThrow();
  expect(scripts.filter((script) => /\bprocess\.|\brequire\((?!["']crypto-js["'])/.test(script))).toEqual([]);
});
