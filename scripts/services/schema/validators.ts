import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonSchema } from './json-schema';
import { ROOT } from '../../lib/package-root';

/**
 * Ajv 8 as the runner uses it: strict (an unknown keyword or format is an error), all problems reported. What is committed in schemas/
 * was checked against the meta-schema when it was generated: to compile that too would be a fifth of the work of `plan`.
 */
export function strictAjv({ checksSchemas = false } = {}): Ajv {
  const ajv = new Ajv({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    verbose: true,
    validateSchema: checksSchemas,
    code: { process: bounded },
  });
  addFormats(ajv);
  return ajv;
}

/** Breaches that are gathered; an answer may have a row wrong some hundred thousand times. */
export const MAX_BREACHES = 1000;

/**
 * The code that Ajv makes copies all errors so far for every row with another, which takes hours for 300 000 rows: it stops gathering
 * them at some number instead, and still finds the answer wrong.
 */
function bounded(code: string): string {
  const gathering = /vErrors\.concat\(([\w.]+)\)/g;
  return code.replaceAll(gathering, `(vErrors.length < ${MAX_BREACHES} ? vErrors.concat($1) : vErrors)`);
}

const MAX_PROBLEMS = 20;
const compiled = new Map<string, ValidateFunction>();

/** Where an answer breaks its schema. */
export interface Breach {
  /** JSON Pointer (RFC 6901); empty for the whole answer. */
  readonly pointer: string;
  readonly expected: string;
  readonly came: unknown;
}

/** Checks an answer against schemas/json/<name>.schema.json; an empty list means that it keeps the contract. */
export function breachesOf(name: string, answer: unknown): Breach[] {
  const validate = validatorOf(`json/${name}`);
  return validate(answer) ? [] : (validate.errors ?? []).slice(0, MAX_BREACHES).map(breach);
}

/** The breaches as sentences, at most 20: where, what was expected, what came. */
export function problemsOf(name: string, answer: unknown): string[] {
  const breaches = breachesOf(name, answer);
  const told = breaches
    .slice(0, MAX_PROBLEMS)
    .map(({ pointer, expected, came }) => `${pointer || '(answer)'} ${expected}, came ${excerpt(came)}`);
  return breaches.length > told.length ? [...told, `and ${breaches.length - told.length} more`] : told;
}

/** What auxflow itself writes for other programs. */
export type OutputName = 'run' | 'campaign' | 'contract' | 'lock' | 'completeness' | 'history' | 'event' | 'manifest';

/** Where a value does not fit schemas/output/<name>.schema.json, as sentences; empty where it does. */
export function outputProblems(name: OutputName, value: unknown): string[] {
  const validate = validatorOf(`output/${name}`);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Where a value does not fit schemas/<place>.schema.json, as Ajv says it. */
export function schemaErrors(place: string, value: unknown): readonly ErrorObject[] {
  const validate = validatorOf(place);
  return validate(value) ? [] : (validate.errors ?? []);
}

/** Of schemas/<place>.schema.json, compiled once. */
function validatorOf(place: string): ValidateFunction {
  const validate = compiled.get(place) ?? strictAjv().compile(read(place));
  compiled.set(place, validate);
  return validate;
}

/** schemas/json/<name>.schema.json as it stands there. */
export function schemaOf(name: string): JsonSchema {
  return read(`json/${name}`);
}

function read(place: string): JsonSchema {
  return JSON.parse(readFileSync(path.join(ROOT, 'schemas', `${place}.schema.json`), 'utf8')) as JsonSchema;
}

function breach(error: ErrorObject): Breach {
  const expected =
    error.keyword === 'const' || error.keyword === 'enum'
      ? `${error.message ?? ''}: ${JSON.stringify(error.schema)}`
      : (error.message ?? error.keyword);
  return { pointer: error.instancePath, expected, came: error.data };
}

export function excerpt(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
