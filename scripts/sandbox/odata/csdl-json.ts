import { shortName, type Edm, type Property, type StructuredType } from './edm';

/** The model in the services' CSDL JSON (rdb.md §1.1: `$Version` "4.01"); every type is written, defaults included. */
export function writeCsdlJson(edm: Edm, namespace: string): string {
  const container: Record<string, unknown> = { $Kind: 'EntityContainer' };
  const schema: Record<string, unknown> = {};
  for (const type of edm.types) schema[shortName(type)] = typeToJson(type);
  for (const { name, overloads, returns } of edm.functionImports) {
    schema[name] = overloads.map(({ parameters }) => ({
      $Kind: 'Function',
      $Parameter: parameters.map((parameter) => ({
        $Name: parameter.name,
        $Type: parameter.type.name,
        $Nullable: false,
      })),
      $ReturnType: { $Type: returns.name, $Collection: true },
    }));
    container[name] = { $Kind: 'FunctionImport', $Function: `${namespace}.${name}`, $IncludeInServiceDocument: true };
  }
  for (const [type, actions] of Object.entries(edm.boundActions)) {
    for (const action of actions) schema[action.slice(namespace.length + 1)] = [actionToJson(type)];
  }
  if (edm.functionImports.length === 0) {
    for (const { name, type } of edm.entitySets) container[name] = { $Kind: 'EntitySet', $Type: type.name };
  }
  schema['Container'] = container;
  return JSON.stringify({ $Version: '4.01', [namespace]: schema });
}

function typeToJson(type: StructuredType): Record<string, unknown> {
  const json: Record<string, unknown> = { $Kind: type.kind === 'entity' ? 'EntityType' : 'ComplexType' };
  if (type.base !== undefined) json['$BaseType'] = type.base.name;
  if (type.hasStream === true) json['$HasStream'] = true;
  if (type.key !== undefined) json['$Key'] = [type.key];
  for (const property of type.properties) json[property.name] = propertyToJson(property);
  for (const navigation of type.navigations) {
    json[navigation.name] = { $Kind: 'NavigationProperty', ...propertyToJson(navigation) };
  }
  return json;
}

function propertyToJson({ type, isNullable, isCollection }: Property): Record<string, unknown> {
  return {
    $Type: type.name,
    ...(isNullable ? {} : { $Nullable: false }),
    ...(isCollection ? { $Collection: true } : {}),
  };
}

function actionToJson(bindingType: string): Record<string, unknown> {
  return { $Kind: 'Action', $IsBound: true, $Parameter: [{ $Name: 'subscription', $Type: bindingType }] };
}
