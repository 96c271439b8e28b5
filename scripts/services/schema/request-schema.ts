import { SAFE_FILE_NAME_PATTERN } from '../../sentinel/safe-name';
import { MISSIONS, UNITS } from '../../sentinel/missions';
import type { JsonSchema } from './json-schema';

const TIME = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,3})?)?Z$';

/** Names or an interval, for a mission, its unit and one of its product types (rdb.md#calls, reprocessing.md#missions-and-product-types). */
export function requestSchema(): JsonSchema {
  return {
    type: 'object',
    required: ['mission', 'unit', 'product_type'],
    properties: {
      mission: { type: 'string' },
      unit: { type: 'string', enum: [...UNITS] },
      product_type: { type: 'string' },
      l0_names: { type: 'array', minItems: 1, items: { type: 'string', pattern: SAFE_FILE_NAME_PATTERN } },
      start: { type: 'string', pattern: TIME },
      stop: { type: 'string', pattern: TIME },
    },
    additionalProperties: false,
    oneOf: [
      { required: ['l0_names'], properties: { l0_names: { type: 'array' } } },
      { required: ['start', 'stop'], properties: { start: { type: 'string' }, stop: { type: 'string' } } },
    ],
    anyOf: Object.entries(MISSIONS).map(([name, productTypes]) => ({
      properties: { mission: { const: name }, product_type: { enum: [...productTypes] } },
    })),
  };
}
