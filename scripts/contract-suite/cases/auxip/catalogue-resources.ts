import { kebab } from '../../../services/schema/answers';
import { propertiesOf, schemaOf, type CsdlElement, type CsdlProperty } from '../../../lib/csdl';
import { readCsdl } from '../../../services/schema/csdl';
import type { CaseFolder, ContractCase, Expectation, Source } from '../../contract-case';
import { serviceModel } from '../../service-model';
import { JSON_MINIMAL, MINIMAL_IEEE754, OFFICIAL, PRODUCTS, sample, VERSION } from './catalogue-case';
import { signIn } from '../sign-in';

const KEY = 'catalogue-resources';

/** Documents, entries and their parts; what the model declares is asked for piece by piece. */
export function catalogueResources(): CaseFolder {
  return {
    key: KEY,
    name: 'auxip.svc resources',
    about:
      'Service document, `$metadata`, entries, their properties and attributes, and the other entity sets of the model.',
    cases: [
      signIn(KEY),
      sample(KEY),
      ...documents(),
      ...models(),
      ...entries(),
      ...properties(),
      ...attributes(),
      ...entitySets(),
      ...unknown(),
      ...counting(),
    ],
  };
}

const RESOURCES: Source = { basis: 'observed', cite: 'auxip.md#resources', says: 'The resources of the service.' };
const CORS: Source = {
  basis: 'observed',
  cite: 'access.md#proxies-and-limits',
  says: 'The outer proxy adds CORS headers to GET.',
};
const OK = { status: 200, contentType: JSON_MINIMAL, headers: VERSION } as const;
const ENTRY = `${PRODUCTS}({{seed_id}})`;

type Named = Pick<ContractCase, 'key' | 'name'> & Partial<ContractCase>;

function get(item: Named, url: string, expect: Expectation): ContractCase {
  return { severity: 'contract', source: RESOURCES, ...item, request: { url, ...item.request }, expect };
}

/** The error that the application or the library answers with. */
function refused(status: number, code: string | null, message: string): Expectation {
  return { status, contentType: JSON_MINIMAL, headers: VERSION, error: { code, message } };
}

function documents(): ContractCase[] {
  const listed = (names: readonly string[]): Expectation => ({
    ...OK,
    schema: 'service-document',
    checks: [
      { is: 'body', equal: { '@odata.context': '$metadata', value: names.map((name) => ({ name, url: name })) } },
    ],
  });
  return [
    {
      ...get(
        { key: 'service-document', name: 'The service document lists what can be read' },
        '{{auxip_root_uri}}/',
        listed(['Products', 'Metrics', 'Subscriptions']),
      ),
      profiles: ['adg'],
    },
    get(
      { key: 'service-document-icd', name: 'The service document lists the products', profiles: ['icd'] },
      '{{auxip_root_uri}}/',
      {
        ...OK,
        schema: 'service-document',
        checks: [{ is: 'body-matching', pattern: '\\{"name":"Products","url":"Products"\\}' }],
      },
    ),
    get(
      {
        key: 'cors',
        name: 'Pages of other sites may read with a token, and none is named as trusted',
        profiles: ['adg'],
        severity: 'shape',
        source: CORS,
        // Repeated in the answer, with credentials, it would let every page read with the session of whoever visits it.
        request: { url: '{{auxip_root_uri}}/', headers: { Origin: 'https://auxflow.invalid' } },
      },
      '{{auxip_root_uri}}/',
      {
        status: 200,
        headers: {
          'Access-Control-Allow-Origin': '^[*]$',
          'Access-Control-Allow-Headers': 'Authorization',
          'Access-Control-Allow-Methods': 'GET',
          'Access-Control-Allow-Credentials': '^true$',
        },
      },
    ),
    get(
      {
        key: 'root-without-slash',
        name: 'The root without a slash is the service document, or leads to the inner host',
        profiles: ['adg'],
        severity: 'shape',
      },
      '{{auxip_root_uri}}',
      // Recorded of the whole stack, and of the bare service.
      { status: [200, 307] },
    ),
  ];
}

function models(): ContractCase[] {
  const lines = serviceModel('auxip');
  const model = (declared: readonly string[]): Expectation => ({
    status: 200,
    contentType: 'application/xml',
    headers: VERSION,
    checks: [{ is: 'service-model', lines: declared }],
  });
  const eviction = 'Product/EvictionDate Property Edm.DateTimeOffset precision 3';
  return [
    {
      ...get(
        { key: 'metadata', name: '$metadata declares the model of the contract' },
        '{{auxip_root_uri}}/$metadata',
        model(lines),
      ),
      promised: {
        ...OFFICIAL,
        says: 'EvictionDate is a property of Product.',
        expect: model([...lines, eviction].sort()),
      },
    },
    get(
      { key: 'metadata-xml', name: '$metadata is XML when XML is asked for' },
      '{{auxip_root_uri}}/$metadata?$format=xml',
      {
        status: 200,
        contentType: 'application/xml',
        checks: [{ is: 'body-matching', pattern: '<edmx:Edmx[^>]* Version="4[.]0' }],
      },
    ),
    get(
      { key: 'metadata-json', name: '$metadata is CSDL JSON when JSON is asked for', profiles: ['adg'] },
      '{{auxip_root_uri}}/$metadata?$format=json',
      {
        status: 200,
        checks: [
          { is: 'media-type', type: 'application/json' },
          {
            is: 'body-matching',
            pattern: '"[$]Version":"4.01".*"Product":[{].*"OriginDate":[{]"[$]Type":"Edm.DateTimeOffset"',
          },
        ],
      },
    ),
  ];
}

function entries(): ContractCase[] {
  const whole = (key: string, name: string, url: string, expand?: true): ContractCase => ({
    ...get({ key: `entry-${key}`, name, severity: 'data', needs: ['seed_id'] }, url, {
      ...OK,
      schema: 'auxip.product',
      checks: [{ is: 'catalogue-entry', id: '{{seed_id}}', ...(expand ? { expand } : {}) }],
    }),
  });
  return [
    whole('id', 'An entry is the same as in the list', ENTRY),
    whole('upper', 'An id may be in upper case', `${PRODUCTS}({{seed_id_upper}})`),
    whole('named', 'The key may be named', `${PRODUCTS}(Id={{seed_id}})`),
    whole('entity-id', 'An entry is found by its entity id', '{{auxip_root_uri}}/$entity?$id=Products({{seed_id}})'),
    whole('expanded', 'An entry with its attributes is the same as in the list', `${ENTRY}?$expand=Attributes`, true),
    whole('select', '$select has no effect on an entry', `${ENTRY}?$select=Name`),
    whole('json', 'An entry comes in JSON when asked for', `${ENTRY}?$format=json`),
    get(
      {
        key: 'entry-ieee754',
        name: 'IEEE754Compatible=true writes the size of an entry as text',
        needs: ['seed_id'],
        request: { url: ENTRY, headers: { Accept: 'application/json;IEEE754Compatible=true' } },
      },
      ENTRY,
      { ...OK, contentType: MINIMAL_IEEE754, checks: [{ is: 'catalogue-entry', id: '{{seed_id}}', ieee754: true }] },
    ),
    {
      ...get(
        {
          key: 'entry-tiny',
          name: 'The smallest entry is the same as in the list',
          severity: 'data',
          needs: ['tiny_id'],
        },
        `${PRODUCTS}({{tiny_id}})`,
        {
          ...OK,
          checks: [{ is: 'catalogue-entry', id: '{{tiny_id}}' }],
        },
      ),
    },
    {
      ...get(
        {
          key: 'entry-mid',
          name: 'Another entry with its attributes is the same as in the list',
          severity: 'data',
          needs: ['mid_id'],
        },
        `${PRODUCTS}({{mid_id}})?$expand=Attributes`,
        {
          ...OK,
          checks: [{ is: 'catalogue-entry', id: '{{mid_id}}', expand: true }],
        },
      ),
    },
  ];
}

function declared(type: string): [name: string, property: CsdlProperty][] {
  const element = schemaOf(readCsdl('auxip')).elements[type];
  return propertiesOf(element as CsdlElement);
}

/** Every property that the model gives to Product, on its own. */
function properties(): ContractCase[] {
  const structural = declared('Product').filter(([, { $Kind }]) => $Kind !== 'NavigationProperty');
  const value = (property: string, context: string): Expectation => ({
    ...OK,
    checks: [{ is: 'catalogue-property', id: '{{seed_id}}', property, context }],
  });
  return [
    ...structural.map(([name, { $Collection }]): ContractCase => {
      const official = value(name, `$metadata#Products({{seed_id}})/${name}`);
      const isCollection = $Collection === true;
      return {
        ...get(
          {
            key: `property-${name.toLowerCase()}`,
            name: `${name} can be read alone`,
            severity: 'data',
            needs: ['seed_id'],
          },
          `${ENTRY}/${name}`,
          isCollection
            ? refused(501, null, "No processor for interface 'ComplexCollectionProcessor' registered.")
            : value(name, `../$metadata#Products/${name}`),
        ),
        promised: { ...OFFICIAL, says: 'The context says whose property it is.', expect: official },
      };
    }),
    get(
      {
        key: 'property-part',
        name: 'Parts of ContentDate cannot be read alone',
        needs: ['seed_id'],
        profiles: ['adg'],
      },
      `${ENTRY}/ContentDate/Start`,
      refused(404, '404', 'Property not found'),
    ),
    get(
      {
        key: 'property-unknown',
        name: 'EvictionDate of an entry cannot be read',
        needs: ['seed_id'],
        profiles: ['adg'],
      },
      `${ENTRY}/EvictionDate`,
      refused(404, null, "The type 'OData.CSC.Product' has no property 'EvictionDate'."),
    ),
    get(
      { key: 'property-missing', name: 'Properties of no entry are refused', profiles: ['adg'] },
      `${PRODUCTS}({{missing_id}})/Name`,
      refused(500, null, 'No entity found for query'),
    ),
  ];
}

const TYPES = ['String', 'Integer', 'Double', 'DateTimeOffset'] as const;

/** Every navigation property of the model. */
function attributes(): ContractCase[] {
  const navigations = declared('Product').filter(([, { $Kind }]) => $Kind === 'NavigationProperty');
  return navigations.map(([name]) => {
    const type = TYPES.find((item) => name === `${item}Attributes`);
    return get(
      {
        key: `navigation-${name.toLowerCase()}`,
        name: `${name} of an entry are those of the list`,
        severity: 'data',
        needs: ['seed_id'],
      },
      `${ENTRY}/${name}`,
      {
        ...OK,
        schema: `auxip.${kebab(name)}`,
        checks: [{ is: 'catalogue-attributes', id: '{{seed_id}}', ...(type ? { type } : {}) }],
      },
    );
  });
}

/** Those of the model beside Products: for whom they are, and what comes of reading one of their entries. */
function entitySets(): ContractCase[] {
  const container = schemaOf(readCsdl('auxip')).elements['Container'] as CsdlElement;
  const sets = propertiesOf(container)
    .map(([name]) => name)
    .filter((name) => name !== 'Products' && name !== 'Subscriptions');
  return [
    ...sets.map((name) =>
      get(
        { key: `set-${name.toLowerCase()}`, name: `${name} are not for the role download`, profiles: ['adg'] },
        `{{auxip_root_uri}}/${name}`,
        refused(401, '401', 'Unauthorized Request !'),
      ),
    ),
    ...declared('Subscription').map(([property]) =>
      get(
        {
          key: `subscriptions-${property.toLowerCase()}`,
          name: `Subscriptions are ordered by ${property}, and none is shown with $top=0`,
          profiles: ['adg'],
        },
        `{{auxip_root_uri}}/Subscriptions?$select=Id&$top=0&$orderby=${property}`,
        { ...OK, checks: [{ is: 'body', equal: { '@odata.context': '$metadata#Subscriptions(Id)', value: [] } }] },
      ),
    ),
    get(
      { key: 'subscription', name: 'A single subscription is looked for among the products', profiles: ['adg'] },
      '{{auxip_root_uri}}/Subscriptions({{missing_id}})',
      refused(500, null, 'No entity found for query'),
    ),
    get(
      { key: 'metric', name: 'A single metric is not for the role download', profiles: ['adg'] },
      "{{auxip_root_uri}}/Metrics('none')",
      refused(401, '401', 'Unauthorized Request !'),
    ),
  ];
}

function unknown(): ContractCase[] {
  const notFound = (key: string, name: string, url: string): ContractCase => ({
    ...get({ key, name }, url, refused(500, null, 'No entity found for query')),
    source: {
      basis: 'observed',
      cite: 'auxip.md#errors',
      says: '500 with this text is the only way to recognise "not found".',
    },
    promised: {
      basis: 'documented',
      cite: 'auxip.md#errors',
      says: 'An unknown id is answered with 404.',
      expect: { status: 404, contentType: JSON_MINIMAL, schema: 'error.odata' },
    },
  });
  return [
    notFound('unknown-entry', 'An unknown id is said to be unknown', `${PRODUCTS}({{missing_id}})`),
    notFound(
      'unknown-expanded',
      'An unknown id is unknown with $expand',
      `${PRODUCTS}({{missing_id}})?$expand=Attributes`,
    ),
    {
      ...get(
        { key: 'unknown-attributes', name: 'An unknown id has no attributes' },
        `${PRODUCTS}({{missing_id}})/Attributes`,
        {
          ...OK,
          checks: [{ is: 'body', equal: { '@odata.context': '$metadata#Attributes', value: [] } }],
        },
      ),
      promised: {
        ...OFFICIAL,
        says: 'An unknown id is answered with 404.',
        expect: { status: 404, contentType: JSON_MINIMAL, schema: 'error.odata' },
      },
    },
  ];
}

function counting(): ContractCase[] {
  return [
    {
      ...get(
        { key: 'count', name: 'The number of entries alone cannot be read', needs: ['sample_size'] },
        `${PRODUCTS}/$count?$filter={{catalogue_sample}}`,
        refused(501, null, "No processor for interface 'CountEntityCollectionProcessor' registered."),
      ),
      promised: {
        ...OFFICIAL,
        says: '/$count is the number as text.',
        expect: {
          status: 200,
          contentType: 'text/plain',
          checks: [{ is: 'body-matching', pattern: '^{{sample_size}}$' }],
        },
      },
    },
    {
      ...get(
        { key: 'cast', name: 'The type of all entries may be named', severity: 'shape', profiles: ['adg'] },
        `${PRODUCTS}/OData.CSC.Product?$filter=Id eq {{seed_id}}`,
        {
          ...OK,
          checks: [{ is: 'catalogue-rows', filter: { property: 'Id', is: 'eq', value: '{{seed_id}}' } }],
        },
      ),
      needs: ['seed_id'],
    },
  ];
}
