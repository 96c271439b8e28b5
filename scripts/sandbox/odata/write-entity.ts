import type { Representation } from './content-negotiation';
import { keyName, type StructuredType } from './edm';
import type { Selection } from './select';
import { jsonFields, type Fields } from './write-value';

/** How an entity of a set is written: which set, under which key, and what of it is wanted. */
export interface EntityOutput {
  readonly set: string;
  readonly type: StructuredType;
  readonly select: Selection | undefined;
  readonly representation: Representation;
}

/** One entity of an answer: annotations, then the selected properties in the order of the model (auxip.md#selected-properties). */
export function entityFields(entity: Fields, key: string, output: EntityOutput): Fields {
  const { set, type, select, representation } = output;
  const properties = jsonFields(type, selectedFields(type, entity, select), representation);
  if (representation.metadata === 'none') return properties;
  const isFull = representation.metadata === 'full';
  return {
    ...(type.hasStream === true ? MEDIA_CONTENT_TYPE : {}),
    ...(isFull ? { '@odata.type': `#${type.name}` } : {}),
    ...(isFull || !namesKey(type, select) ? { '@odata.id': `${set}(${key})` } : {}),
    ...properties,
  };
}

/** Constant on the wire, although the stream is no JSON (auxip.md#lists). */
const MEDIA_CONTENT_TYPE = { '@odata.mediaContentType': 'application/json' };

/** The names that stand behind the set in the context: in the order of the model, the key always with them. */
export function selectedNames(type: StructuredType, select: Selection | undefined): readonly string[] {
  if (select === undefined) return [];
  if (select.isAll) return ['*'];
  return type.properties.flatMap(({ name }) => {
    const paths = select.paths.filter((path) => path[0] === name);
    if (paths.some((path) => path.length === 1)) return [name];
    if (paths.length > 0) return [...new Set(paths.map((path) => path.join('/')))];
    return name === keyName(type) ? [name] : [];
  });
}

/** `$metadata#Products(Id,Name)` */
export function collectionContext(set: string, names: readonly string[]): Fields {
  return { '@odata.context': `$metadata#${set}${names.length === 0 ? '' : `(${names.join(',')})`}` };
}

function namesKey(type: StructuredType, select: Selection | undefined): boolean {
  return select === undefined || select.isAll || select.paths.some((path) => path[0] === keyName(type));
}

function selectedFields(type: StructuredType, entity: Fields, select: Selection | undefined): Fields {
  if (select === undefined || select.isAll) return entity;
  const names = selectedNames(type, select);
  const fields = Object.entries(entity).flatMap(([name, value]): [string, unknown][] => {
    if (names.includes(name)) return [[name, value]];
    const parts = names.filter((path) => path.startsWith(`${name}/`)).map((path) => path.slice(name.length + 1));
    if (parts.length === 0) return [];
    return [[name, Object.fromEntries(Object.entries(value as Fields).filter(([part]) => parts.includes(part)))]];
  });
  return Object.fromEntries(fields);
}
