import type { JsonSchema } from '../../services/schema/json-schema';

export interface UnknownProperty {
  /** JSON Pointer. */
  readonly pointer: string;
  readonly value: unknown;
}

/**
 * Properties that a schema of schemas/json does not name. Control information (`@odata.…`) is no property of the contract: a
 * client may ask for more or less of it.
 */
export function unknownProperties(schema: JsonSchema, answer: unknown): UnknownProperty[] {
  return walk([schema], answer, '', (schema.definitions ?? {}) as Readonly<Record<string, JsonSchema>>);
}

type Definitions = Readonly<Record<string, JsonSchema>>;

function walk(schemas: readonly JsonSchema[], value: unknown, pointer: string, all: Definitions): UnknownProperty[] {
  if (typeof value !== 'object' || value === null) return [];
  const branches = schemas.flatMap((schema) => branchesOf(schema, all));
  if (Array.isArray(value)) {
    const items = branches.flatMap(({ items: item }) => (item ? [item as JsonSchema] : []));
    return value.flatMap((item, index) => walk(items, item, `${pointer}/${index}`, all));
  }
  const known = branches.flatMap(({ properties }) => (properties ? [properties as Definitions] : []));
  if (known.length === 0) return [];
  return Object.entries(value)
    .filter(([name]) => !name.includes('@'))
    .flatMap(([name, inner]: [string, unknown]) => {
      const here = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const named = known.flatMap(({ [name]: property }) => (property ? [property] : []));
      return named.length > 0 ? walk(named, inner, here, all) : [{ pointer: here, value: inner }];
    });
}

/** Every schema that may describe the same value. */
function branchesOf(schema: JsonSchema, all: Definitions): JsonSchema[] {
  const name = typeof schema.$ref === 'string' ? schema.$ref.replace('#/definitions/', '') : undefined;
  const referred = name === undefined ? undefined : all[name];
  const alternatives = [schema.anyOf, schema.allOf, schema.oneOf].flatMap((list) => (list ?? []) as JsonSchema[]);
  const inner = [...alternatives, ...(referred ? [referred] : [])];
  return [schema, ...inner.flatMap((another) => branchesOf(another, all))];
}
