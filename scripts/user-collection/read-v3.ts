import { readdirSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { Failure } from '../errors/errors';
import { readInputText, unreadable } from '../errors/read-input';
import { readYaml } from '../lib/input/read-yaml';
import { textOf, type Json } from './json';
import type { Collection } from './read-collection';
import { authOf, eventsOf, isRequestKind, itemOf, variablesOf, type Problem } from './v3-parts';
import { isRecord } from '../lib/read-json';

/**
 * A collection in format 3.0.0, the folder of YAML that Postman keeps in git, as format 2.1. Examples are left out: they are not run.
 * @see https://learning.postman.com/docs/collections/collections-schemas
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED
 */
export function readV3(folder: string): Collection {
  const definition = definitionOf(folder);
  const item = itemsOf(folder);
  if (item.length === 0)
    throw malformed(folder, [
      'it holds no *.request.yaml, so it is no collection in format 3 (a file in format 2 is JSON)',
    ]);
  return {
    info: {
      name: textOf(definition.name) ?? path.basename(path.resolve(folder)),
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    ...sharedParts(definition),
    item,
  };
}

const DEFINITION = /^definition\.ya?ml$/i;
const REQUEST = /\.request\.ya?ml$/i;

interface Ordered {
  readonly order: number;
  readonly name: string;
  readonly item: Json;
}

/** By `order`; those without one, or with the same, by name. */
function itemsOf(folder: string): readonly Json[] {
  const entries = entriesOf(folder).filter(({ name }) => !name.startsWith('.'));
  const items = entries.flatMap((entry): Ordered[] => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return folderItem(place);
    return REQUEST.test(entry.name) ? [requestItem(place)] : [];
  });
  items.sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
  return items.map(({ item }) => item);
}

function folderItem(folder: string): Ordered[] {
  const definition = definitionOf(folder);
  const item = itemsOf(folder);
  const name = textOf(definition.name) ?? path.basename(folder);
  if (item.length === 0) return [];
  return [{ order: orderOf(definition), name, item: { name, ...sharedParts(definition), item } }];
}

function requestItem(file: string): Ordered {
  const document = documentOf(file);
  const name = textOf(document.name) ?? path.basename(file).replace(REQUEST, '');
  if (!isRequestKind(document.$kind))
    throw malformed(file, [
      `$kind is ${JSON.stringify(document.$kind ?? null)}: auxflow runs http-request and graphql-request`,
    ]);
  const refuse: Problem = (problem) => malformed(file, [problem]);
  return { order: orderOf(document), name, item: itemOf(name, document, refuse) };
}

function sharedParts(definition: Json): Json {
  const { variables, scripts, auth } = definition;
  return { variable: variablesOf(variables), event: eventsOf(scripts), auth: authOf(auth) };
}

const orderOf = ({ order }: Json): number => (typeof order === 'number' ? order : Infinity);

function definitionOf(folder: string): Json {
  const resources = path.join(folder, '.resources');
  const has = entriesOf(folder).some(({ name }) => name === '.resources');
  const file = has ? entriesOf(resources).find(({ name }) => DEFINITION.test(name)) : undefined;
  return file ? documentOf(path.join(resources, file.name)) : {};
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw unreadable(folder, 'collection', error);
  }
}

function documentOf(file: string): Json {
  const text = readInputText(file, 'collection');
  const document = yamlOf(file, text);
  if (!isRecord(document)) throw malformed(file, ['it is not a mapping']);
  return document;
}

function yamlOf(file: string, text: string): unknown {
  const read = readYaml(text);
  if ('value' in read) return read.value;
  const { line, column } = read.place;
  throw malformed(file, [`it is not YAML: ${read.problem} at line ${line}, column ${column}`]);
}

function malformed(file: string, problems: string[]): Failure {
  return new Failure({ code: 'FILE_MALFORMED', path: file, what: 'collection', problems });
}
