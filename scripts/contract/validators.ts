import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './services';

/** Ajv 8 as the runner uses it: strict (an unknown keyword or format is an error), all problems reported. */
export function strictAjv(): Ajv {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true, verbose: true });
  addFormats(ajv);
  return ajv;
}

const MOST_PROBLEMS = 20;
const compiled = new Map<string, ValidateFunction>();

/**
 * Checks an answer against schemas/json/<name>.schema.json. Returns one sentence per problem (at most 20): where, what was
 * expected, what came; an empty list means the answer keeps the contract.
 */
export function problemsOf(name: string, answer: unknown): string[] {
  const validate = compiled.get(name) ?? compileSchema(name);
  if (validate(answer)) return [];
  const errors = validate.errors ?? [];
  const told = errors.slice(0, MOST_PROBLEMS).map(problem);
  return errors.length > told.length ? [...told, `and ${errors.length - told.length} more`] : told;
}

function compileSchema(name: string): ValidateFunction {
  const file = path.join(ROOT, 'schemas', 'json', `${name}.schema.json`);
  const validate = strictAjv().compile(JSON.parse(readFileSync(file, 'utf8')) as object);
  compiled.set(name, validate);
  return validate;
}

function problem(error: ErrorObject): string {
  const expected =
    error.keyword === 'const' || error.keyword === 'enum'
      ? `${error.message ?? ''}: ${JSON.stringify(error.schema)}`
      : error.message;
  return `${error.instancePath || '(answer)'} ${expected ?? error.keyword}, came ${excerpt(error.data)}`;
}

function excerpt(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
