import { propertiesOf, readCsdl, schemaOf, type CsdlElement, type CsdlProperty } from '../../../services/schema/csdl';

interface CsdlParameter {
  readonly $Name: string;
  readonly $Type?: string;
}

/**
 * The model of schemas/csdl as Olingo writes it in JSON (rdb.md §1.1): a version of its own, every type named, and `$Nullable`
 * only where it is false, which is the other way round than in CSDL JSON 4.01 §7.2.
 */
export function rdbMetadataJson(): object {
  const { namespace, elements } = schemaOf(readCsdl('rdb'));
  const schema = Object.entries(elements).map(([name, element]) => [
    name,
    Array.isArray(element)
      ? element.map(overload)
      : element.$Kind === 'EntityContainer'
        ? container(element)
        : structured(element),
  ]);
  return { $Version: '4.01', [namespace]: Object.fromEntries(schema) as unknown };
}

function structured(element: CsdlElement): object {
  const properties = propertiesOf(element).map(([name, property]) => [name, typed(property)]);
  return { $Kind: element.$Kind, ...(Object.fromEntries(properties) as object) };
}

function container({ $Kind, ...members }: CsdlElement): object {
  const imports = Object.entries(members).map(([name, member]) => [
    name,
    { $Kind: 'FunctionImport', ...(member as object) },
  ]);
  return { $Kind, ...(Object.fromEntries(imports) as object) };
}

function typed({ $Type = 'Edm.String', $Nullable, $Collection }: CsdlProperty): object {
  return {
    $Type,
    ...($Nullable === true || $Collection ? {} : { $Nullable: false }),
    ...($Collection ? { $Collection } : {}),
  };
}

function overload({ $Kind, $Parameter, $ReturnType }: CsdlElement): object {
  const parameters = $Parameter as CsdlParameter[];
  return {
    $Kind,
    $Parameter: parameters.map(({ $Name, $Type = 'Edm.String' }) => ({ $Name, $Type, $Nullable: false })),
    $ReturnType: returned($ReturnType as CsdlProperty),
  };
}

function returned({ $Type, $Collection }: CsdlProperty): object {
  return { $Type, $Collection };
}
