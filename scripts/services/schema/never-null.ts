import { schemaOf, type CsdlDocument, type CsdlElement } from '../../lib/csdl';
import type { ServiceName } from '../services';

/**
 * Where the schemas are stricter than `$metadata`: auxip.svc declares all properties of these types nullable, keys included, and
 * no recorded answer leaves one of these empty. One that does is a defect worth knowing of.
 */
const NEVER_NULL: Readonly<Record<ServiceName, Readonly<Record<string, readonly string[]>>>> = {
  rdb: {},
  auxip: {
    Product: ['Id', 'Name', 'ContentType', 'ContentLength', 'OriginDate', 'PublicationDate'],
    Attribute: ['Name', 'ValueType'],
    Metric: ['Name'],
    Subscription: ['Id', 'Status'],
    TimeRange: ['Start', 'End'],
  },
  reprocessing: {},
};

/**
 * The model with those properties required to have a value.
 * @throws Error for one that the model does not declare as nullable: the list is then out of date
 */
export function neverNull(service: ServiceName, csdl: CsdlDocument): CsdlDocument {
  const { namespace, elements } = schemaOf(csdl);
  const stricter = Object.entries(NEVER_NULL[service]).map(([type, names]) => [
    type,
    names.reduce(withoutNull, elements[type] as CsdlElement),
  ]);
  return { ...csdl, [namespace]: { ...elements, ...(Object.fromEntries(stricter) as object) } };
}

function withoutNull(type: CsdlElement, name: string): CsdlElement {
  const property = type[name] as { readonly $Nullable?: boolean } | undefined;
  if (property?.$Nullable !== true) throw new Error(`${name} is not declared as nullable`);
  return { ...type, [name]: { ...property, $Nullable: false } };
}
