import { stringify } from 'yaml';
import { idOf } from '../../contract-suite/collection/ids';
import type {
  PostmanAuth,
  PostmanCollection,
  PostmanItem,
  PostmanResponse,
} from '../../contract-suite/collection/postman-collection';
import { requestFields, responseFields, scriptsOf } from './fields';

/**
 * A collection in format 3.0.0, the folder of YAML that Postman keeps in git: a file for each request and example, and for collection
 * and folders their `.resources/definition.yaml`. Text by path below the collection's folder.
 * @see https://learning.postman.com/docs/collections/collections-schemas
 */
export function v3Files({ info, auth, event, variable, item }: PostmanCollection): Map<string, string> {
  const definition = {
    $kind: 'collection',
    id: info._postman_id,
    name: info.name,
    description: info.description,
    variables: variable?.map((row) => ({ ...row, disabled: false })),
    scripts: scriptsOf(event, 'http:'),
    auth: [sharedAuth(auth, info.name)],
  };
  return new Map([[DEFINITION, asYaml(definition)], ...itemsIn('', item)]);
}

const DEFINITION = '.resources/definition.yaml';

type NamedText = readonly [path: string, text: string];

function itemsIn(folder: string, items: readonly PostmanItem[]): NamedText[] {
  const fileName = fileNames();
  return items.flatMap((item, index) => {
    const own = { item, name: fileName(item.name), order: orderOf(index) };
    return item.item ? folderFiles(folder, own, item.item) : requestFiles(folder, own);
  });
}

interface Placed {
  readonly item: PostmanItem;
  /** In the file system. */
  readonly name: string;
  readonly order: number;
}

function folderFiles(parent: string, { item, name, order }: Placed, items: readonly PostmanItem[]): NamedText[] {
  const folder = `${parent}${name}/`;
  const definition = {
    $kind: 'collection',
    id: item.id,
    name: nameUnless(name, item.name),
    description: item.description,
    scripts: scriptsOf(item.event, 'http:'),
    order,
  };
  return [[folder + DEFINITION, asYaml(definition)], ...itemsIn(folder, items)];
}

function requestFiles(folder: string, { item, name, order }: Placed): NamedText[] {
  const { request, response = [], event, protocolProfileBehavior: settings } = item;
  if (!request) return [];
  const examples = `.resources/${name}.resources/examples`;
  const file = {
    $kind: 'http-request',
    id: item.id,
    name: nameUnless(name, item.name),
    description: request.description ?? item.description,
    ...requestFields(request),
    scripts: scriptsOf(event, ''),
    settings,
    examples: response.length > 0 ? `./${examples}` : undefined,
    order,
  };
  return [[`${folder}${name}.request.yaml`, asYaml(file)], ...exampleFiles(folder + examples, response)];
}

function exampleFiles(folder: string, responses: readonly PostmanResponse[]): NamedText[] {
  const fileName = fileNames();
  return responses.map((response, index) => {
    const name = fileName(response.name);
    const file = {
      $kind: 'http-example',
      id: response.id,
      name: nameUnless(name, response.name),
      request: requestFields({ ...response.originalRequest, auth: undefined }),
      response: responseFields(response),
      order: orderOf(index),
    };
    return [`${folder}/${name}.example.yaml`, asYaml(file)];
  });
}

const orderOf = (index: number): number => (index + 1) * 1000;

/** A name is written only where the file cannot be called so. */
const nameUnless = (fileName: string, name: string): string | undefined => (fileName === name ? undefined : name);

/** Characters that some file systems refuse. */
const REFUSED = /[<>:"/\\|?*]+/g;

/** Names for the files of one folder: each once, also where upper and lower case are the same. */
function fileNames(): (name: string) => string {
  const taken = new Map<string, number>();
  return (name) => {
    const safe = name.replace(REFUSED, '-');
    const count = taken.get(safe.toLowerCase()) ?? 0;
    taken.set(safe.toLowerCase(), count + 1);
    return count === 0 ? safe : `${safe} ${count}`;
  };
}

function sharedAuth({ type, oauth2 = [] }: PostmanAuth, collection: string): object {
  const credentials = Object.fromEntries(oauth2.map(({ key, value }) => [key, value]));
  return { id: idOf(collection, 'auth'), type, name: `${type} auth`, credentials };
}

/** Texts of several lines as they are, so that a change is a readable diff; in quotes what YAML 1.1, which Postman reads, takes for a date. */
function asYaml(value: object): string {
  return stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
}
