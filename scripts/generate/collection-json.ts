import type { PostmanCollection, PostmanItem } from '../contract-suite/collection/postman-collection';

/** A large collection as JSON: a line for each request, so that a change is a readable diff and layout costs nothing. */
export function collectionJson({ item, ...head }: PostmanCollection): string {
  const lines = Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)},\n`);
  return `{\n${lines.join('')}"item": [\n${item.map(folderJson).join(',\n')}\n]\n}\n`;
}

function folderJson({ item = [], ...folder }: PostmanItem): string {
  const head = JSON.stringify(folder).slice(0, -1);
  return `${head},"item": [\n${item.map((request) => JSON.stringify(request)).join(',\n')}\n]}`;
}
