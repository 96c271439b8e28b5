/** What the conversion of `$metadata` does not know of parameters: which are refused, and values that a service understands. */
import type { JsonSchema } from '../services/schema/json-schema';
import { CLIENT_ID, type ServiceName } from '../services/services';
import { MISSION_NAMES, UNITS } from '../sentinel/missions';
import { TUTORIAL_REQUEST } from '../sentinel/known-products';

export interface Parameter {
  name: string;
  in: string;
  description?: string;
  schema: JsonSchema;
  [keyword: string]: unknown;
}

/** Options that a service answers with 500, whatever their value (reprocessing.md#query-options). */
const REFUSED: Partial<Record<ServiceName, readonly string[]>> = {
  reprocessing: ['$select', '$search'],
};

export function isServed(service: ServiceName, name: string): boolean {
  return !(REFUSED[service] ?? []).includes(name);
}

interface Known {
  readonly example: string;
  readonly schema?: JsonSchema;
  readonly description?: string;
}

const LEVEL0 = String.raw`^S[123][A-D]_[A-Za-z0-9_.-]+(,S[123][A-D]_[A-Za-z0-9_.-]+)*$`;

const mission: Known = { example: TUTORIAL_REQUEST.mission, schema: { enum: MISSION_NAMES } };
const unit: Known = { example: TUTORIAL_REQUEST.unit, schema: { enum: UNITS } };
const productType: Known = { example: TUTORIAL_REQUEST.product_type, schema: { pattern: '^[A-Z0-9]{2,6}$' } };

/** By name. Id and the like are of the built-in catalogue of the sandbox and of production. */
const KNOWN: Readonly<Record<string, Known>> = {
  l0_names: {
    example: TUTORIAL_REQUEST.l0_names,
    schema: { pattern: LEVEL0 },
    description: 'Names of Level-0 products, separated by commas, with or without their extension',
  },
  mission,
  unit,
  product_type: productType,
  Mission: mission,
  Unit: unit,
  ProductType: productType,
  start: { example: TUTORIAL_REQUEST.start },
  stop: { example: '2024-03-01T01:30:00Z' },
  SensingTimeStart: { example: '2024-03-01T00:00:00Z', schema: { format: 'date-time' } },
  SensingTimeStop: { example: '2024-03-02T00:00:00Z', schema: { format: 'date-time' } },
  LongName: { example: 'OL_2_PPP_AX', schema: { pattern: '^[A-Z0-9_]+$' } },
  Level: { example: 'L1', schema: { pattern: '^[A-Z0-9]+$' } },
  Type: { example: TUTORIAL_REQUEST.product_type, schema: { pattern: '^[A-Z0-9_]+$' } },
  Name: { example: 'Archived.Total.count', schema: { pattern: '^[A-Za-z0-9.,_-]+$' } },
};

/** A parameter that a service understands: no option is empty, and what has known values says so. */
export function understood<P extends Parameter>(parameter: P): P {
  const { name, schema, in: place } = parameter;
  if (place === 'query') return { ...parameter, schema: notEmpty(schema) };
  const known = KNOWN[name];
  if (!known) return parameter;
  const { example, description = parameter.description } = known;
  return { ...parameter, description, schema: { ...schema, ...known.schema }, example };
}

/** `$filter=` and the like are 400 (auxip.md#query-options). */
function notEmpty(schema: JsonSchema): JsonSchema {
  if (schema.type === 'array') return { ...schema, minItems: 1 };
  return schema.type === 'string' ? { ...schema, minLength: 1 } : schema;
}

export const CLIENT_ID_FIELD: JsonSchema = { enum: [CLIENT_ID] };
