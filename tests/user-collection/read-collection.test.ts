import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../scripts/errors/errors';
import { ROOT } from '../../scripts/lib/package-root';
import { isRecord } from '../../scripts/lib/read-json';
import { listOf, type Json } from '../../scripts/user-collection/json';
import { readCollection } from '../../scripts/user-collection/read-collection';
import { temporaryFolder } from '../helpers/run-cli';

/** What is run of a collection: format 3 has no ids of scripts, and examples are not read. */
function shapeOf(item: Json): Json {
  const { name, event, request, protocolProfileBehavior, item: inner } = item;
  if (Array.isArray(inner)) return { name, items: inner.filter(isRecord).map(shapeOf) };
  const { url, method, header, body, auth } = isRecord(request) ? request : {};
  return {
    name,
    url: isRecord(url) ? url.raw : url,
    method,
    header: listOf(header)
      .filter(isRecord)
      .map(({ key, value }) => [key, value]),
    body: isRecord(body)
      ? [
          body.mode,
          body.raw,
          listOf(body.urlencoded)
            .filter(isRecord)
            .map(({ key, value }) => [key, value]),
        ]
      : undefined,
    auth: isRecord(auth) ? auth.type : undefined,
    scripts: listOf(event)
      .filter(isRecord)
      .map(({ listen, script }) => [listen, isRecord(script) ? script.exec : '']),
    settings: protocolProfileBehavior,
  };
}

test.each(['reprocessing-workflow', 'service-contract'])('%s is the same in format 2.1 and in format 3', (name) => {
  const v2 = readCollection(path.join(ROOT, 'collections', `${name}.postman_collection.json`));
  const v3 = readCollection(path.join(ROOT, 'collections', 'v3', name));
  expect(v3.item.map(shapeOf)).toEqual(v2.item.map(shapeOf));
  expect(v3.info.name).toBe(v2.info.name);
  const variables = (value: unknown): unknown[] =>
    listOf(value)
      .filter(isRecord)
      .map((row) => [row.key, row.value]);
  expect(variables(v3.variable)).toEqual(variables(v2.variable));
  const auth = isRecord(v2.auth) ? listOf(v2.auth.oauth2).filter(isRecord) : [];
  expect(v3.auth).toEqual({ type: 'oauth2', oauth2: auth.map(({ key, value }) => ({ key, value })) });
});

function writeFiles(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

test('every kind of body, header, address and authorization of format 3 is read', () => {
  const head = '$kind: http-request\nmethod: POST\n';
  const folder = writeFiles({
    '.resources/definition.yaml':
      '$kind: collection\nname: "Rich: a/b"\nvariables:\n  a: 1\n  b: true\nauth:\n  - type: basic\n    credentials: { username: u, password: p }\nscripts:\n  - type: http:beforeRequest\n    code: one()\n  - type: grpc:beforeInvoke\n    code: no()\n',
    'B/second.request.yaml': `${head}url: http://h/b\norder: 2000\nbody:\n  type: formdata\n  content:\n    - { key: f, type: file, src: /x }\n`,
    'B/first.request.yml': `${head}url: http://h/:id/x?q=1&r=2\norder: 1000\nheaders:\n  - { key: A, value: 1 }\n  - { key: A, value: "2", disabled: true }\nqueryParams:\n  - { key: q, value: "1" }\n  - { key: r, value: "2", disabled: true }\npathVariables:\n  - { key: id, value: 7 }\nauth:\n  type: apikey\n  credentials: { key: k, value: v, in: query }\nbody: { type: json, content: '{"a":1}' }\nsettings: { maxRedirects: 3, disabledSystemHeaders: [accept] }\n`,
    'B/.resources/first.resources/examples/x.example.yaml': '$kind: http-example\n',
    'A.request.yaml': '$kind: graphql-request\nurl: http://h/g\nquery: "{a}"\nvariables: "{}"\norder: 1000\n',
    'notes.txt': 'not read',
  });
  const { info, item, variable, auth, event } = readCollection(folder);
  expect([info.name, variable, auth]).toEqual([
    'Rich: a/b',
    [
      { key: 'a', value: '1' },
      { key: 'b', value: 'true' },
    ],
    {
      type: 'basic',
      basic: [
        { key: 'username', value: 'u' },
        { key: 'password', value: 'p' },
      ],
    },
  ]);
  expect(event).toEqual([{ listen: 'prerequest', script: { type: 'text/javascript', exec: ['one()'] } }]);
  const [graphql, b] = item;
  expect(graphql).toMatchObject({
    name: 'A',
    request: { method: 'POST', body: { mode: 'graphql', graphql: { query: '{a}', variables: '{}' } } },
  });
  expect(b).toMatchObject({
    name: 'B',
    item: [
      {
        name: 'first',
        protocolProfileBehavior: { maxRedirects: 3, disabledSystemHeaders: { accept: true } },
        request: {
          url: {
            host: ['http://h'],
            path: [':id', 'x'],
            query: [
              { key: 'q', value: '1' },
              { key: 'r', value: '2', disabled: true },
            ],
            variable: [{ key: 'id', value: '7' }],
          },
          header: [
            { key: 'A', value: '1' },
            { key: 'A', value: '2', disabled: true },
          ],
          body: { mode: 'raw', raw: '{"a":1}', options: { raw: { language: 'json' } } },
          auth: {
            type: 'apikey',
            apikey: [
              { key: 'key', value: 'k' },
              { key: 'value', value: 'v' },
              { key: 'in', value: 'query' },
            ],
          },
        },
      },
      { name: 'second', request: { body: { mode: 'formdata', formdata: [{ key: 'f', type: 'file', src: '/x' }] } } },
    ],
  });
});

describe('what is no collection gets a sentence', () => {
  const environment = readFileSync(path.join(ROOT, 'environments', 'sandbox.postman_environment.json'), 'utf8');
  test.each([
    ['not JSON', 'a.json', '{', /it is not JSON/],
    ['an empty file', 'a.json', '', /it is not JSON/],
    ['a list', 'a.json', '[]', /it is not an object/],
    ['format 1', 'a.json', '{"requests":[],"name":"x"}', /format 1: export it/],
    ['an environment', 'a.json', environment, /it is an environment: --env/],
    ['no items', 'a.json', '{"info":{"name":"x"}}', /no list "item"/],
    ['no name', 'a.json', '{"info":{},"item":[]}', /info[.]name is missing/],
    ['a bad item', 'a.json', '{"info":{"name":"x"},"item":[{"item":[{}]}]}', /item\[0\][.]item\[0\] has neither/],
    ['a file of format 3', 'x.request.yaml', '$kind: http-request\nurl: x\n', /name the folder/],
    ['an empty folder', '', '', /holds no [*][.]request[.]yaml/],
    ['broken YAML', 'x.request.yaml', 'url: "x\n', /it is not YAML: /, 'folder'],
    ['another protocol', 'x.request.yaml', '$kind: grpc-request\nurl: x\n', /\$kind is "grpc-request"/, 'folder'],
    ['no address', 'x.request.yaml', '$kind: http-request\n', /url is missing/, 'folder'],
    [
      'an unknown body',
      'x.request.yaml',
      '$kind: http-request\nurl: x\nbody: { type: tar }\n',
      /body[.]type is "tar"/,
      'folder',
    ],
    ['a scalar', 'x.request.yaml', 'hello\n', /it is not a mapping/, 'folder'],
  ] as const)('%s', (_what, name, text, words, form?: 'folder') => {
    const folder = name === '' ? temporaryFolder() : writeFiles({ [name]: text });
    const place = form === 'folder' || name === '' ? folder : path.join(folder, name);
    const error = failureOf(() => readCollection(place));
    expect(error.detail).toMatchObject({ code: 'FILE_MALFORMED' });
    expect(JSON.stringify(error.detail).replaceAll('\\"', '"')).toMatch(words);
  });

  test('what is not there', () => {
    expect(failureOf(() => readCollection('/no/such/collection')).detail).toMatchObject({
      code: 'FILE_UNREADABLE',
      reason: 'ENOENT',
    });
  });
});

function failureOf(act: () => unknown): Failure {
  try {
    act();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
