import { badRequest } from './odata-error';
import { SYSTEM_OPTIONS, type RawOptions, type SystemOption } from './query-options';
import type { Resource, ResourcePart } from './resource-path';

const COLLECTION: readonly SystemOption[] = [
  '$filter',
  '$format',
  '$expand',
  '$count',
  '$orderby',
  '$search',
  '$select',
  '$skip',
  '$skiptoken',
  '$top',
  '$deltatoken',
  '$apply',
];
const ENTITY: readonly SystemOption[] = ['$format', '$expand', '$select'];
const FORMAT: readonly SystemOption[] = ['$format'];

/** Refuses system query options that the resource does not take, and any on a write (OData URL conventions §5). */
export function checkAllowedOptions(resource: Resource, raw: RawOptions, method: string): void {
  const sent = [...raw.system.keys()];
  const isAction = resource.kind === 'resource' && resource.parts.at(-1)?.kind === 'action';
  if (method !== 'GET' && !isAction && sent.length > 0) {
    const named = SYSTEM_OPTIONS.filter((option) => raw.system.has(option)).map((option) => `${option} `);
    throw badRequest(`The system query option '${named.join('')}' is not allowed for HTTP method '${method}'.`);
  }
  const allowed = allowedOn(resource);
  const refused = sent.find((option) => !allowed.includes(option));
  if (refused !== undefined) throw badRequest(`The system query option '${refused}' is not allowed.`);
}

function allowedOn(resource: Resource): readonly SystemOption[] {
  if (resource.kind === 'batch') return [];
  if (resource.kind === 'service' || resource.kind === 'metadata') return FORMAT;
  if (resource.kind === 'all' || resource.kind === 'crossjoin') return COLLECTION;
  if (resource.kind === 'entity-id') return [...ENTITY, '$id'];
  return allowedOnPart(resource.parts.at(-1), resource.parts.at(-2));
}

function allowedOnPart(last: ResourcePart | undefined, before: ResourcePart | undefined): readonly SystemOption[] {
  if (last === undefined || last.kind === 'action') return FORMAT;
  if (last.kind === 'count') return ['$filter', '$search', '$apply'];
  if (last.kind === 'value') return before?.kind === 'property' ? FORMAT : [];
  if (last.kind === 'ref') {
    const isCollection = before !== undefined && 'isCollection' in before && before.isCollection;
    const notOfReferences = ['$expand', '$select', '$apply'];
    return isCollection ? COLLECTION.filter((option) => !notOfReferences.includes(option)) : FORMAT;
  }
  if (!('type' in last)) return [];
  if (last.type.kind === 'entity') return last.isCollection ? COLLECTION : ENTITY;
  if (last.isCollection) return COLLECTION.filter((option) => option !== '$search');
  return last.type.kind === 'complex' ? ENTITY : FORMAT;
}
