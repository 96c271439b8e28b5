import { csdl2openapi } from 'odata-openapi';
import { answers, type Answer } from '../services/schema/answers';
import { readContract } from '../services/schema/csdl';
import type { JsonSchema } from '../services/schema/json-schema';
import { neverNull } from '../services/schema/never-null';
import { CLIENT_ID_FIELD, isServed, understood, type Parameter } from './openapi-parameters';
import { CLIENT_ID, PRODUCTION_SITE, SERVICES, TOKEN_PATH, type ServiceName } from '../services/services';

interface Operation {
  summary: string;
  operationId?: string;
  parameters?: (Parameter | { $ref: string })[];
  responses: Record<string, unknown>;
  [keyword: string]: unknown;
}

interface PathItem {
  get?: Operation;
  post?: Operation;
  parameters?: Parameter[];
}

export interface OpenApiDocument {
  openapi: string;
  info: Record<string, unknown>;
  servers: unknown[];
  paths: Record<string, PathItem>;
  components: Record<string, Record<string, unknown>>;
  [keyword: string]: unknown;
}

/** Entity sets that exist in the model but that the service document hides and no role may read (auxip.md#resources). */
const HIDDEN = /^\/(String|Integer|Double|DateTimeOffset)?Attributes/;

/**
 * OpenAPI 3.1 of a service: the OASIS conversion of its $metadata, without everything that writes, with our schemas (3.1 reads
 * JSON Schema as it is) instead of the conversion's, and with string parameters quoted in the path, where OData wants them.
 * @see https://docs.oasis-open.org/odata/odata-openapi/v1.0/odata-openapi-v1.0.html
 */
export function openApiOf(name: ServiceName): OpenApiDocument {
  const service = SERVICES[name];
  const converted = csdl2openapi(neverNull(name, readContract(name)), {
    scheme: 'https',
    host: 'auxiliary.copernicus.eu',
    basePath: service.path,
    diagram: false,
  }) as OpenApiDocument;
  const own = answers().filter((answer) => answer.service === name || answer.name === 'error.odata');
  return {
    openapi: '3.1.0',
    info: {
      title: service.title,
      description: service.description,
      version: '1.1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: PRODUCTION_SITE + service.path, description: 'Operations' }],
    security: [{ account: ['openid'] }],
    tags: converted.tags,
    paths: readablePaths(name, converted.paths, own),
    components: {
      securitySchemes: { account: passwordFlow() },
      parameters: sharedParameters(name, converted.components.parameters),
      responses: { error: errorResponse(), login: loginResponse() },
      schemas: Object.assign(
        {},
        ...own.map((answer) => (name === 'auxip' ? selectable(componentSchemas(answer)) : componentSchemas(answer))),
      ) as Record<string, unknown>,
    },
  };
}

/** OpenAPI of the token endpoint: no $metadata describes it (access.md#token-request, access.md#token-errors). */
export function tokenOpenApi(): OpenApiDocument {
  const own = answers().filter((answer) => answer.name.startsWith('token.'));
  const answer = (name: string, description: string): unknown => ({
    description,
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
  });
  const field = (description: string, more: JsonSchema = {}): JsonSchema => ({ type: 'string', description, ...more });
  const form = {
    type: 'object',
    required: ['grant_type', 'client_id'],
    properties: {
      grant_type: field('How the account proves itself', { enum: ['password', 'refresh_token'] }),
      client_id: field(`Public client, no secret: ${CLIENT_ID}`, CLIENT_ID_FIELD),
      username: field('Account (password grant)'),
      password: field('Password (password grant)', { format: 'password' }),
      refresh_token: field('Last refresh token (refresh grant)'),
      scope: field('openid adds an id_token'),
    },
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Token endpoint',
      description: 'OAuth 2.0 password and refresh grants of the identity provider.',
      version: '1.1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: PRODUCTION_SITE, description: 'Operations' }],
    security: [],
    paths: {
      [TOKEN_PATH]: {
        post: {
          summary: 'Get a token',
          operationId: 'getToken',
          requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema: form } } },
          responses: { '200': answer('token.answer', 'Token'), '4XX': answer('token.error', 'Refused') },
        },
      },
    },
    components: { schemas: Object.assign({}, ...own.map(componentSchemas)) as Record<string, unknown> },
  };
}

/** Services speak OData JSON; proxies in front of them speak HTML (auxip.md#errors, rdb.md#error-bodies). */
function errorResponse(): unknown {
  return {
    description: 'Error',
    content: {
      'application/json': { schema: { $ref: '#/components/schemas/error.odata' } },
      'text/html': { schema: { type: 'string' } },
    },
  };
}

/** What a missing, expired or invalid token leads to. */
function loginResponse(): unknown {
  return {
    description: 'No valid token: to the login page of the identity provider, whose own status is 200',
    headers: { Location: { description: 'The login page', schema: { type: 'string', format: 'uri' } } },
  };
}

function sharedParameters(name: ServiceName, parameters: Record<string, unknown> = {}): Record<string, unknown> {
  const rows = Object.entries(parameters as Record<string, Parameter>);
  return Object.fromEntries(
    rows.filter(([, row]) => isServed(name, row.name)).map(([key, row]) => [key, understood(row)] as const),
  );
}

function passwordFlow(): unknown {
  return {
    type: 'oauth2',
    description: 'A missing, expired or invalid token is answered with a 302 to a login page, not with 401.',
    flows: { password: { tokenUrl: PRODUCTION_SITE + TOKEN_PATH, scopes: { openid: 'Sign in' } } },
  };
}

function readablePaths(
  name: ServiceName,
  paths: Record<string, PathItem>,
  own: readonly Answer[],
): Record<string, PathItem> {
  const readable: Record<string, PathItem> = {};
  for (const [path, { get, parameters }] of Object.entries(paths)) {
    if (!get || HIDDEN.test(path)) continue;
    const quoted = quoteStrings(path, [...(parameters ?? []), ...(get.parameters ?? [])]);
    readable[quoted] = {
      ...(parameters ? { parameters: parameters.map((row) => understood(withoutQuotes(row))) } : {}),
      get: readOperation(
        name,
        quoted,
        get,
        own.find((answer) => answer.paths?.includes(quoted)),
      ),
    };
  }
  return readable;
}

function readOperation(name: ServiceName, path: string, converted: Operation, answer: Answer | undefined): Operation {
  const refused = { $ref: '#/components/responses/error' };
  const { parameters, ...rest } = converted;
  return {
    ...rest,
    operationId: operationId(path),
    ...(parameters ? { parameters: parameters.filter(isServedBy(name)).map(described) } : {}),
    responses: { ...success(path, converted, answer), '4XX': refused, '5XX': refused },
  };
}

/** `$value` never streams: it redirects to a presigned address of the object store (auxip.md#redirect). */
function success(path: string, converted: Operation, answer: Answer | undefined): Record<string, unknown> {
  if (path.endsWith('/$value')) {
    const location = {
      description: 'Presigned address, valid for 600 s. It is a credential.',
      schema: { type: 'string', format: 'uri' },
    };
    return {
      '302': {
        description: 'The file lies in the object store; without a valid token, to the login page',
        headers: { Location: location },
      },
    };
  }
  const login = { $ref: '#/components/responses/login' };
  if (!answer) return { '200': converted.responses['200'], '302': login };
  const schema = { $ref: `#/components/schemas/${answer.name}` };
  return { '200': { description: answer.title, content: { 'application/json': { schema } } }, '302': login };
}

type Row = Parameter | { $ref: string };

const SHARED = '#/components/parameters/';

const isServedBy =
  (service: ServiceName) =>
  (row: Row): boolean =>
    isServed(service, 'name' in row ? row.name : row.$ref.replace(SHARED, '$'));

const described = (row: Row): Row => ('schema' in row ? understood(withoutQuotes(row)) : row);

const isQuoted = (parameter: Parameter | { $ref: string }): parameter is Parameter =>
  'schema' in parameter &&
  typeof parameter.schema.pattern === 'string' &&
  /^\^\(?(null\|)?'/.test(parameter.schema.pattern);

/** OData string literals carry quotes in the URL; the conversion expects them in the value, people do not. */
function quoteStrings(path: string, parameters: readonly (Parameter | { $ref: string })[]): string {
  return parameters
    .filter(isQuoted)
    .reduce((quoted, { name }) => quoted.replaceAll(`={${name}}`, `='{${name}}'`), path);
}

function withoutQuotes<P extends Parameter | { $ref: string }>(parameter: P): P {
  if (!isQuoted(parameter)) return parameter;
  return { ...parameter, description: 'String', schema: { type: 'string', pattern: "^[^']*$" } };
}

/** The words of a path, each once: getReprocessingDataBaseline_l0_names_mission_unit_product_type. */
function operationId(path: string): string {
  return [...new Set(path.match(/\w+/g))].join('_');
}

/** A schema and its definitions as components: `#/definitions/X` becomes `#/components/schemas/X`. */
function componentSchemas(answer: Answer): Record<string, unknown> {
  const { definitions, ...root } = answer.schema;
  const text = JSON.stringify({
    ...((definitions as JsonSchema | undefined) ?? {}),
    [answer.name]: { title: answer.title, ...root },
  });
  return JSON.parse(text.replaceAll('"#/definitions/', '"#/components/schemas/')) as Record<string, unknown>;
}

/** Schemas of answers to `$select` as well: what is there has its form, and any property may be left out. */
function selectable(schemas: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(schemas, (key, value: unknown) => {
    if (key !== 'required' || !Array.isArray(value)) return value;
    const kept = value.filter((name) => name === '@odata.context' || name === 'value');
    return kept.length > 0 ? kept : undefined;
  });
  return JSON.parse(text) as Record<string, unknown>;
}
