import addFormats from 'ajv-formats';
import Ajv from 'ajv';
import { validate } from '@readme/openapi-parser';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { answers } from '../../scripts/services/schema/answers';
import { csdlXml, readCsdl } from '../../scripts/services/schema/csdl';
import type { Parameter } from '../../scripts/generate/openapi-parameters';
import { openApiOf, tokenOpenApi } from '../../scripts/generate/openapi';
import { ROOT } from '../../scripts/lib/package-root';
import { SERVICES, type ServiceName } from '../../scripts/services/services';

const services = Object.keys(SERVICES) as ServiceName[];

describe.each(services)('OpenAPI of %s.svc', (service) => {
  test('is valid', async () => {
    const result = await validate(structuredClone(openApiOf(service)) as Parameters<typeof validate>[0]);
    expect(result).toMatchObject({ valid: true });
  });

  test('only reads', () => {
    const verbs = Object.values(openApiOf(service).paths).flatMap((item) =>
      Object.keys(item).filter((key) => key !== 'parameters'),
    );
    expect(new Set(verbs)).toEqual(new Set(['get']));
  });

  test('has a schema of ours for every JSON answer', () => {
    const text = JSON.stringify(Object.values(openApiOf(service).paths));
    const foreign = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)]
      .map(([, name]) => name)
      .filter((name) => !answers().some((answer) => answer.name === name));
    expect(foreign).toEqual([]);
  });

  test('operation ids are unique', () => {
    const ids = Object.values(openApiOf(service).paths).map((item) => item.get?.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('what generators of requests need', () => {
  const operations = services.flatMap((service) =>
    Object.values(openApiOf(service).paths).flatMap(({ get }) => (get ? [get] : [])),
  );
  const parameters = services.flatMap((service) => {
    const { paths, components } = openApiOf(service);
    const own = Object.values(paths).flatMap(({ get, parameters: shared = [] }) => [
      ...(get?.parameters ?? []),
      ...shared,
    ]);
    return [...own, ...Object.values(components.parameters ?? {})].filter(
      (row): row is Parameter => typeof row === 'object' && row !== null && 'schema' in row,
    );
  });

  test('no option may be empty, and none is offered that its service refuses', () => {
    const options = parameters.filter((row) => row.in === 'query');
    const empty = options.filter(({ schema }) =>
      schema.type === 'string' ? schema.minLength !== 1 : schema.type === 'array' && schema.minItems !== 1,
    );
    expect([options.length > 20, empty]).toEqual([true, []]);
    expect(JSON.stringify(openApiOf('reprocessing'))).not.toMatch(/"[$](?:select|search)"|parameters\/search/);
  });

  test('what must be understood has an example that its schema takes, in enumerations where they are known', () => {
    const ajv = addFormats(new Ajv());
    const named = parameters.filter(({ name, in: place }) => place === 'path' && !/^Id$|^(start|stop)$/.test(name));
    const wrong = named.filter(({ schema, example }) => example === undefined || !ajv.validate(schema, example));
    expect([named.length > 10, wrong]).toEqual([true, []]);
    const units = named.filter(({ name }) => /^unit$/i.test(name)).map(({ schema }) => schema.enum);
    expect(new Set(units.map(String))).toEqual(new Set(['A,B,C,D']));
  });

  test('every operation says that it may lead to the login page', () => {
    expect(operations.filter(({ responses }) => !('302' in responses))).toEqual([]);
  });

  test('an answer to $select has a schema that takes it', () => {
    const { schemas } = openApiOf('auxip').components;
    const required = JSON.stringify(schemas).match(/"required":\[[^\]]*\]/g) ?? [];
    expect(required.filter((list) => /"(?:Id|Name)"/.test(list))).toEqual([]);
  });
});

test('every path that an answer names exists', () => {
  const missing = answers().flatMap(({ service, paths = [] }) =>
    service ? paths.filter((item) => !(item in openApiOf(service).paths)) : paths,
  );
  expect(missing).toEqual([]);
});

test('string parameters are quoted in the path, as OData wants them', () => {
  expect(Object.keys(openApiOf('rdb').paths)).toEqual([
    "/getReprocessingDataBaseline(l0_names='{l0_names}',mission='{mission}',unit='{unit}',product_type='{product_type}')",
    "/getReprocessingDataBaseline(start={start},stop={stop},mission='{mission}',unit='{unit}',product_type='{product_type}')",
  ]);
});

test('$value is a redirect, not a file', () => {
  const { responses } = openApiOf('auxip').paths['/Products({Id})/$value']!.get!;
  expect(Object.keys(responses)).toEqual(['302', '4XX', '5XX']);
});

test('the token endpoint is valid OpenAPI too', async () => {
  const result = await validate(structuredClone(tokenOpenApi()) as Parameters<typeof validate>[0]);
  expect(result).toMatchObject({ valid: true });
});

test.each(services)('schemas/csdl has the $metadata of %s.svc byte for byte as recorded', (service) => {
  const recorded = path.join(ROOT, 'tests', 'fixtures', 'recorded', 'real', `${service}-metadata.xml`);
  expect(csdlXml(service)).toBe(readFileSync(recorded, 'utf8'));
});

test('operations that are not declared are part of the contract, not of the model', () => {
  expect(Object.keys(openApiOf('reprocessing').paths).join()).toContain('/GetReproBaselineNamesForPeriod(');
  expect(csdlXml('reprocessing')).not.toContain('GetReproBaseline');
});

test('the $metadata of rdb.svc says what the service was recorded to say', () => {
  const file = path.join(ROOT, 'tests', 'fixtures', 'recorded', 'rdb-wire-vectors.json');
  const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: { id: string; body: string }[] };
  const recorded = JSON.parse(vectors.find(({ id }) => id === 'metadata-json')!.body) as Record<string, unknown>;
  expect(facts(readCsdl('rdb')['OData.CSC'])).toEqual(facts(recorded['OData.CSC']));
});

/** CSDL JSON with defaults left out: Edm.String, not nullable, second precision; the recording writes some of them. */
function facts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(facts);
  if (typeof value !== 'object' || value === null) return value;
  const defaults: Record<string, unknown> = {
    $Type: 'Edm.String',
    $Nullable: false,
    $Precision: 0,
    $Kind: 'FunctionImport',
  };
  // A property without the Nullable facet is nullable in CSDL 4.0 and not in 4.01: the recording writes neither.
  const told = Object.entries(value).filter(([key, item]) => defaults[key] !== item && key !== '$Nullable');
  return Object.fromEntries(told.map(([key, item]) => [key, facts(item)]));
}
