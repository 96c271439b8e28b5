/**
 * What the specifications ask of an item such as ours, in our own words: STAC 1.1.0 (item-spec, common metadata), and the file
 * 2.1.0, product 1.0.0, timestamps 1.1.0 and auxip 1.1.0 extensions. Fields with a prefix that no schema knows are refused, as
 * each extension refuses unknown fields of its own prefix; and an extension that is declared must be used.
 */
const UTC = { type: 'string', format: 'date-time', pattern: '(\\+00:00|Z)$' };

const EXTENSIONS = [
  'https://home.rs-python.eu/auxip-stac-extension/v1.1.0/schema.json',
  'https://stac-extensions.github.io/file/v2.1.0/schema.json',
  'https://stac-extensions.github.io/product/v1.0.0/schema.json',
  'https://stac-extensions.github.io/timestamps/v1.1.0/schema.json',
];

const PROPERTIES = {
  type: 'object',
  required: ['datetime', 'published', 'auxip:id', 'product:type'],
  properties: {
    ...{
      datetime: { anyOf: [UTC, { type: 'null' }] },
      start_datetime: UTC,
      end_datetime: UTC,
      created: UTC,
      updated: UTC,
    },
    ...{ published: UTC, expires: UTC, unpublished: UTC },
    'auxip:id': { type: 'string', format: 'uuid' },
    'product:type': { type: 'string', minLength: 1 },
  },
  propertyNames: { pattern: '^([a-z_]+|auxip:id|product:(type|timeliness|timeliness_category|acquisition_type))$' },
  dependencies: { start_datetime: ['end_datetime'], end_datetime: ['start_datetime'] },
  // Without an instant there must be an interval.
  if: { properties: { datetime: { type: 'null' } } },
  then: { required: ['start_datetime', 'end_datetime'] },
};

const ASSET = {
  type: 'object',
  required: ['href', 'file:size', 'file:checksum', 'file:local_path'],
  properties: {
    href: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    type: { type: 'string' },
    roles: { type: 'array', items: { type: 'string' } },
    'file:size': { type: 'integer', minimum: 0 },
    // A multihash in lower-case hex: that of MD5 is 0xd5 as a varint, 16 bytes, digest.
    'file:checksum': { type: 'string', pattern: '^d50110[a-f0-9]{32}$' },
    'file:local_path': { type: 'string', pattern: '^[^\\r\\n\\t\\\\:\'"/]+(/[^\\r\\n\\t\\\\:\'"/]+)*/?$' },
  },
  propertyNames: { pattern: '^([a-z_]+|file:(byte_order|checksum|header_size|size|local_path))$' },
};

export const STAC_ITEM_COLLECTION = {
  type: 'object',
  required: ['type', 'features'],
  properties: {
    type: { const: 'FeatureCollection' },
    features: {
      type: 'array',
      items: {
        type: 'object',
        required: ['type', 'stac_version', 'id', 'geometry', 'properties', 'links', 'assets'],
        properties: {
          type: { const: 'Feature' },
          stac_version: { const: '1.1.0' },
          stac_extensions: {
            type: 'array',
            uniqueItems: true,
            items: { enum: EXTENSIONS },
            minItems: EXTENSIONS.length,
          },
          id: { type: 'string', minLength: 1 },
          geometry: { type: 'null' },
          // Where there is no geometry there is no box, and where there is no collection no link to one.
          bbox: false,
          collection: false,
          links: { type: 'array', items: { type: 'object', required: ['href', 'rel'] } },
          properties: PROPERTIES,
          assets: { type: 'object', minProperties: 1, additionalProperties: ASSET },
        },
      },
    },
  },
};
