import { parseCsdl, propertiesOf, schemaOf, type CsdlElement } from './csdl';
import { byHashBucket, stringHash } from './java-hash';

type Members = Readonly<Record<string, unknown>>;

/**
 * A `$metadata` document as the services write it in JSON. Their library (Apache Olingo 4.8) departs from CSDL JSON 4.01: every
 * type is named, `$Nullable` is written only where it is false, members of enumerations are texts, and operations come in the
 * order of a Java map of their names.
 */
export function metadataJson(xml: string): object {
  const { namespace, elements } = schemaOf(parseCsdl(xml));
  const all = Object.entries(elements);
  const operations = all.filter(([, element]) => Array.isArray(element));
  const types = all.filter(([, element]) => !Array.isArray(element));
  const isContainer = ([, element]: (typeof all)[number]) =>
    !Array.isArray(element) && element.$Kind === 'EntityContainer';
  return {
    $Version: '4.01',
    [namespace]: Object.fromEntries([
      ...types.filter((entry) => !isContainer(entry)).map(([name, element]) => [name, typeOf(element as CsdlElement)]),
      ...byHashBucket(operations, ([name]) => stringHash(name)).map(([name, overloads]) => [
        name,
        (overloads as CsdlElement[]).map(operation),
      ]),
      ...types.filter(isContainer).map(([name, element]) => [name, container(element as CsdlElement)]),
    ]) as unknown,
  };
}

function typeOf(element: CsdlElement): object {
  if (element.$Kind === 'EnumType') return enumeration(element);
  const { $Kind, $HasStream, $BaseType, $Abstract, $Key } = element;
  const all = propertiesOf(element);
  const isNavigation = ([, { $Kind: kind }]: (typeof all)[number]) => kind === 'NavigationProperty';
  const structural = all.filter((entry) => !isNavigation(entry));
  return {
    $Kind,
    ...told({ $HasStream, $BaseType, $Abstract, $Key }),
    ...Object.fromEntries(structural.map(([name, property]) => [name, typed(property as Members)])),
    ...Object.fromEntries(
      all
        .filter(isNavigation)
        .map(([name, property]) => [name, { $Kind: 'NavigationProperty', ...typed(property as Members) }]),
    ),
  };
}

function enumeration({ $Kind, $UnderlyingType = 'Edm.Int32', $IsFlags = false, ...members }: CsdlElement): object {
  const values = Object.entries(members).map(([name, value]) => [name, String(value)]);
  return { $Kind, $IsFlags, $UnderlyingType, ...(Object.fromEntries(values) as object) };
}

/** The converter fills in `$Precision` 0, the default of a date without the facet; the document does not write it. */
function typed({ $Type = 'Edm.String', $Collection, $Nullable, $Precision, $Scale }: Members): object {
  return {
    $Type,
    ...told({ $Collection }),
    ...($Nullable === true || $Collection === true ? {} : { $Nullable: false }),
    ...told({ $Precision: $Precision === 0 ? undefined : $Precision, $Scale }),
  };
}

function operation({ $Kind, $IsBound, $Parameter, $ReturnType }: CsdlElement): object {
  const parameters = ($Parameter ?? []) as (Members & { $Name: string })[];
  return {
    $Kind,
    ...told({ $IsBound }),
    $Parameter: parameters.map(({ $Name, ...parameter }) => ({ $Name, ...typed(parameter) })),
    ...($ReturnType === undefined ? {} : { $ReturnType: typed($ReturnType as Members) }),
  };
}

function container({ $Kind, ...members }: CsdlElement): object {
  const parts = Object.entries(members).map(([name, member]) => [name, containerPart(member as Members)]);
  return { $Kind, ...(Object.fromEntries(parts) as object) };
}

function containerPart(member: Members): object {
  const { $Type, $Function, $IncludeInServiceDocument, $NavigationPropertyBinding } = member;
  if ($Function !== undefined) return { $Kind: 'FunctionImport', $Function, ...told({ $IncludeInServiceDocument }) };
  return { $Kind: 'EntitySet', $Type, ...told({ $IncludeInServiceDocument, $NavigationPropertyBinding }) };
}

/** Without what is absent. */
function told(members: Members): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
