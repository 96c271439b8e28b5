import { SAFE_FILE_NAME_PATTERN } from '../../sentinel/safe-name';
import { readCsdl } from './csdl';
import { definitionsOf, reference } from './csdl-to-json-schema';
import { DRAFT_07, overlay, type JsonSchema } from './json-schema';
import { requestSchema } from './request-schema';
import { FOUND_MESSAGE, NOT_FOUND_MESSAGE } from '../../sentinel/level0-messages';
import { neverNull } from './never-null';
import type { ServiceName } from '../services';

/**
 * Every answer the contract knows: its name is the file name under schemas/json, `paths` are the OpenAPI paths that give it.
 * CSDL supplies the types; the overlays beside them hold what CSDL cannot say (link form, names, texts, context).
 */
export interface Answer {
  readonly name: string;
  readonly title: string;
  readonly service?: ServiceName;
  readonly paths?: readonly string[];
  readonly schema: JsonSchema;
}

const JAVA_DATE =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})(\\[[A-Za-z/_]+\\])?$';
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/**
 * Any name that can be one of a file: a form that nobody foresaw must not cost the rest of an answer. Names may end in a blank or a
 * newline (rdb.md#files-and-links): callers trim.
 */
const NAME = SAFE_FILE_NAME_PATTERN.replace(/\$$/, '\\s*$');

/** What the recordings add to each service's types. */
const TYPE_OVERLAYS: Readonly<Record<ServiceName, JsonSchema>> = {
  rdb: {
    DataBaseline: {
      properties: {
        // An echo of the request, blanks included (rdb.md#entries).
        Level0: { type: 'string', minLength: 1 },
        Message: { type: 'string', enum: [FOUND_MESSAGE, NOT_FOUND_MESSAGE] },
      },
    },
    Product: {
      properties: {
        Name: { pattern: NAME },
        AuxipLink: { pattern: `^https?://[^/?#\\s]+(/[^?#\\s]*)?/Products\\(${UUID}\\)/\\$value$` },
      },
    },
  },
  auxip: {
    Product: {
      properties: {
        ContentType: { const: 'application/octet-stream' },
        ContentLength: { minimum: 0 },
        Name: { pattern: NAME },
      },
    },
    Checksum: { properties: { Value: { pattern: '^[0-9A-Fa-f]{32,128}$' } } },
    // $metadata declares an enumeration of these, and the property as a text.
    Subscription: { properties: { Status: { enum: ['running', 'paused', 'cancelled'] } } },
  },
  // Dates such as 2015-06-22T00:00Z[GMT] are no RFC 3339: a bracketed zone, seconds dropped when zero (reprocessing.md#entities).
  reprocessing: {
    AuxFile: {
      properties: Object.fromEntries(
        [
          'ValidityStart',
          'ValidityStop',
          'SensingTimeApplicationStart',
          'SensingTimeApplicationStop',
          'CreationDate',
        ].map((name) => [name, { format: undefined, pattern: JAVA_DATE }]),
      ),
    },
  },
};

const definitions = (service: ServiceName): JsonSchema =>
  overlay(definitionsOf(neverNull(service, readCsdl(service))), TYPE_OVERLAYS[service]);

const contextOf = (pattern: string): JsonSchema => ({ '@odata.context': { type: 'string', pattern } });

/** OData JSON 4.01 §12: an object with `@odata.context` and the rows under `value`. */
function collectionOf(type: JsonSchema, context: string): JsonSchema {
  return {
    type: 'object',
    required: ['@odata.context', 'value'],
    properties: {
      ...contextOf(context),
      '@odata.count': { type: ['integer', 'string'], pattern: '^[0-9]{1,19}$' },
      '@odata.nextLink': { type: 'string', format: 'uri-reference' },
      value: { type: 'array', items: type },
    },
  };
}

/** An entity on its own: the type with its context in front (auxip.md#single-entries). */
function entityOf(type: string, context: string): JsonSchema {
  return { type: 'object', required: ['@odata.context'], properties: contextOf(context), allOf: [reference(type)] };
}

function fromService(
  service: ServiceName,
  name: string,
  title: string,
  root: JsonSchema,
  paths: readonly string[],
): Answer {
  const schema = { ...root, definitions: reachable(root, definitions(service)) };
  return { name: `${service}.${name}`, title, service, paths, schema };
}

/** Only the definitions that the answer refers to, directly or through others, in their own order. */
function reachable(root: JsonSchema, all: JsonSchema): JsonSchema {
  const wanted = new Set<string>();
  const visit = (schema: unknown): void => {
    for (const [, name = ''] of JSON.stringify(schema).matchAll(/"#\/definitions\/([^"]+)"/g)) {
      if (wanted.has(name)) continue;
      wanted.add(name);
      visit(all[name]);
    }
  };
  visit(root);
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.has(name)));
}

function free(name: string, title: string, schema: JsonSchema): Answer {
  return { name, title, schema };
}

const TEXT = { type: 'string' };
const TEXT_OR_NULL = { type: ['string', 'null'] };
const CONTEXT = '\\$metadata#';
const ATTRIBUTE_SETS = [
  'Attributes',
  'StringAttributes',
  'IntegerAttributes',
  'DoubleAttributes',
  'DateTimeOffsetAttributes',
];

/** `StringAttributes` as `string-attributes`. */
export const kebab = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

/** Rows of one type; their `@odata.context` names the set, or the type when a function returns them. */
function list(service: ServiceName, name: string, type: string, paths: readonly string[]): Answer {
  return fromService(service, name, `List of ${type}`, collectionOf(reference(type), CONTEXT), paths);
}

/** One row, flattened beside its context. */
function entity(service: ServiceName, name: string, type: string, paths: readonly string[]): Answer {
  return fromService(service, name, `One ${type}`, entityOf(type, `${CONTEXT}.*/\\$entity$`), paths);
}

/** Answers whose types CSDL declares. */
function serviceAnswers(): Answer[] {
  const call = (parameters: string): string => `/getReprocessingDataBaseline(${parameters})`;
  const period = (name: string): string =>
    `/${name}(Mission='{Mission}',Unit='{Unit}',SensingTimeStart='{SensingTimeStart}',SensingTimeStop='{SensingTimeStop}',ProductType='{ProductType}')`;
  return [
    fromService(
      'rdb',
      'baseline',
      'Baseline of getReprocessingDataBaseline',
      collectionOf(reference('DataBaseline'), `${CONTEXT}Collection\\(OData\\.CSC\\.DataBaseline\\)$`),
      [
        call("l0_names='{l0_names}',mission='{mission}',unit='{unit}',product_type='{product_type}'"),
        call("start={start},stop={stop},mission='{mission}',unit='{unit}',product_type='{product_type}'"),
      ],
    ),
    list('auxip', 'products', 'Product', ['/Products']),
    entity('auxip', 'product', 'Product', ['/Products({Id})']),
    ...ATTRIBUTE_SETS.map((set) => list('auxip', kebab(set), set.slice(0, -1), [`/Products({Id})/${set}`])),
    list('auxip', 'metrics', 'Metric', ['/Metrics']),
    entity('auxip', 'metric', 'Metric', ["/Metrics('{Name}')"]),
    list('auxip', 'subscriptions', 'Subscription', ['/Subscriptions']),
    entity('auxip', 'subscription', 'Subscription', ['/Subscriptions({Id})']),
    list('reprocessing', 'aux-types', 'AuxType', ['/AuxTypes']),
    entity('reprocessing', 'aux-type', 'AuxType', ["/AuxTypes('{LongName}')", '/AuxFiles({Id})/AuxType']),
    list('reprocessing', 'aux-files', 'AuxFile', ['/AuxFiles', period('GetReproBaselineListForPeriod')]),
    entity('reprocessing', 'aux-file', 'AuxFile', ['/AuxFiles({Id})']),
    list('reprocessing', 'product-levels', 'ProductLevel', ['/ProductLevels', "/AuxTypes('{LongName}')/ProductLevels"]),
    entity('reprocessing', 'product-level', 'ProductLevel', ["/ProductLevels('{Level}')"]),
    list('reprocessing', 'product-types', 'ProductType', ['/ProductTypes', "/AuxTypes('{LongName}')/ProductTypes"]),
    entity('reprocessing', 'product-type', 'ProductType', ["/ProductTypes('{Type}')"]),
    fromService(
      'reprocessing',
      'names',
      'Names of auxiliary files',
      collectionOf({ type: 'string', minLength: 1 }, `${CONTEXT}Collection\\(Edm\\.String\\)$`),
      [period('GetReproBaselineNamesForPeriod')],
    ),
  ];
}

/** Answers that no $metadata describes: token endpoint (access.md), service documents, and the three forms of an error. */
function otherAnswers(): Answer[] {
  return [
    free('service-document', 'OData service document', {
      ...collectionOf(
        { type: 'object', required: ['name', 'url'], properties: { name: TEXT, url: TEXT, kind: TEXT } },
        '\\$metadata$',
      ),
    }),
    free('token.answer', 'Answer of the token endpoint', {
      type: 'object',
      required: ['access_token', 'expires_in', 'token_type'],
      properties: {
        access_token: { type: 'string', minLength: 16 },
        expires_in: { type: 'integer', minimum: 1 },
        refresh_expires_in: { type: 'integer', minimum: 0 },
        refresh_token: { type: 'string', minLength: 16 },
        token_type: { type: 'string', pattern: '^[Bb]earer$' },
        // A JWT always, unlike the others (OpenID Connect Core 1.0, section 2).
        id_token: { type: 'string', pattern: '^[A-Za-z0-9_-]+(?:[.][A-Za-z0-9_-]+){2}$' },
        'not-before-policy': { type: 'integer' },
        session_state: { type: 'string', format: 'uuid' },
        scope: TEXT,
      },
    }),
    free('token.error', 'Refusal of the token endpoint', {
      type: 'object',
      required: ['error'],
      properties: { error: { type: 'string', minLength: 1 }, error_description: TEXT },
    }),
    free('error.odata', 'OData error', {
      type: 'object',
      required: ['error'],
      properties: {
        error: {
          type: 'object',
          required: ['code', 'message'],
          properties: { code: TEXT_OR_NULL, message: TEXT_OR_NULL, target: TEXT },
        },
      },
    }),
    free('error.gateway', 'Error of the API gateway', {
      type: 'object',
      required: ['message'],
      properties: { message: { type: 'string', minLength: 1 } },
    }),
    free('error.html', 'HTML error or login page (as text)', { type: 'string', pattern: '^\\s*<(!|[A-Za-z])' }),
    free('baseline-request', 'What a baseline is asked for', requestSchema()),
  ];
}

/** All answers of the contract. */
export function answers(): Answer[] {
  return [...serviceAnswers(), ...otherAnswers()];
}

/** The schema as it stands on its own: draft-07, named, without references to other files. */
export function schemaDocument({ name, title, schema }: Answer): JsonSchema {
  return { $schema: DRAFT_07, $id: `${name}.schema.json`, title, ...schema };
}
