import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../lib/package-root';
import { readYaml } from '../../lib/input/read-yaml';
import { schemaOf } from '../../services/schema/validators';
import { schemaProblem } from './case-problems';
import type { SchemaReference } from './case-file';
import { caseFile } from './case-files';

export type ReadSchema = { readonly schema: object } | { readonly problem: string };

/** The schema that a case in the file of that name means. */
export type SchemaReader = (reference: SchemaReference, file: string) => Promise<ReadSchema>;

const ENDING = '.schema.json';
const IS_FILE = /\.(?:ya?ml|json)$/i;

/** Each file is read once. */
export function createSchemaReader(root: string): SchemaReader {
  const read = new Map<string, Promise<ReadSchema>>();
  const names = readdirSync(path.join(ROOT, 'schemas', 'json')).map((file) => file.replace(ENDING, ''));
  return (reference, file) => {
    if (typeof reference !== 'string') return Promise.resolve(checked(reference));
    if (names.includes(reference)) return Promise.resolve({ schema: { ...schemaOf(reference), $id: undefined } });
    if (!IS_FILE.test(reference)) return Promise.resolve({ problem: `is no schema: ${names.join(', ')}, or a file` });
    const name = path.posix.join(path.posix.dirname(file), reference);
    if (name.startsWith('../') || path.isAbsolute(reference))
      return Promise.resolve({ problem: 'is not below the folder of cases' });
    const known = read.get(name) ?? readSchema(root, name);
    read.set(name, known);
    return known;
  };
}

async function readSchema(root: string, name: string): Promise<ReadSchema> {
  const file = await caseFile(root, name);
  if ('problem' in file) return { problem: `${name} ${file.problem}` };
  const read = readYaml(file.text);
  if ('problem' in read) return { problem: `${name}:${read.place.line}:${read.place.column} ${read.problem}` };
  const { value } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: `${name} is not an object` };
  const found = checked(value);
  return 'problem' in found ? { problem: `${name} ${found.problem}` } : found;
}

function checked(schema: object): ReadSchema {
  const problem = schemaProblem(schema);
  return problem === undefined ? { schema } : { problem };
}
