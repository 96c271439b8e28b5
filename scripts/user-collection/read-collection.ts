import { statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../errors/errors';
import { readInputText, unreadable } from '../errors/read-input';
import { listOf, type Json } from './json';
import { readV3 } from './read-v3';
import { isRecord, readJson, TOO_DEEP } from '../lib/read-json';

/** A collection in format 2.1, as Newman takes it. */
export interface Collection {
  readonly info: { readonly name: string } & Json;
  readonly item: readonly Json[];
  readonly [field: string]: unknown;
}

/**
 * A collection of the user's: a file in format 2 (JSON), or the folder of YAML of format 3.
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED
 */
export function readCollection(place: string): Collection {
  return isFolder(place) ? readV3(place) : readV2(place);
}

function isFolder(place: string): boolean {
  try {
    return statSync(place).isDirectory();
  } catch (error) {
    throw unreadable(place, 'collection', error);
  }
}

function readV2(file: string): Collection {
  const document = parsed(file);
  // As the API of Postman gives it.
  const collection = isRecord(document) && isRecord(document.collection) ? document.collection : document;
  const problems = problemsOf(collection);
  if (problems.length > 0 || !isCollection(collection)) throw malformed(file, problems);
  return collection;
}

function parsed(file: string): unknown {
  const text = readInputText(file, 'collection');
  const read = readJson(text);
  if ('value' in read) return read.value;
  if (read.problem === 'too-deep') throw malformed(file, [TOO_DEEP]);
  if (/\.ya?ml$/i.test(file))
    throw malformed(file, ['a collection in format 3 is a folder: name the folder, not a file in it']);
  throw malformed(file, ['it is not JSON']);
}

function isCollection(value: unknown): value is Collection {
  return isRecord(value) && isRecord(value.info) && Array.isArray(value.item);
}

function problemsOf(document: unknown): string[] {
  if (!isRecord(document)) return ['it is not an object'];
  if (Array.isArray(document.requests)) return ['it is in format 1: export it from Postman as Collection v2.1'];
  if (Array.isArray(document.values)) return ['it is an environment: --env takes it'];
  return [
    ...(isRecord(document.info) && typeof document.info.name === 'string' ? [] : ['info.name is missing']),
    ...(Array.isArray(document.item) ? itemProblems(document.item, 'item') : ['it has no list "item"']),
  ];
}

function itemProblems(items: readonly unknown[], place: string): string[] {
  return items.flatMap((item, index) => {
    const here = `${place}[${index}]`;
    if (!isRecord(item)) return [`${here} is not an object`];
    if (Array.isArray(item.item)) return itemProblems(listOf(item.item), `${here}.item`);
    return isRecord(item.request) || typeof item.request === 'string' ? [] : [`${here} has neither request nor item`];
  });
}

function malformed(file: string, problems: string[]): Failure {
  return new Failure({ code: 'FILE_MALFORMED', path: path.normalize(file), what: 'collection', problems });
}
