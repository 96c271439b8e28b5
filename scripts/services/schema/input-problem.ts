/** What is wrong with something that people wrote, in words, from what Ajv says of it. */
import type { ErrorObject } from 'ajv';
import { didYouMean } from '../../lib/input/closest';

export interface InputProblem {
  /** Keys that lead to it. */
  readonly keys: readonly string[];
  /** `must be a text, not 7`, or `is unknown` of the last key. */
  readonly problem: string;
}

export function inputProblem(error: ErrorObject): InputProblem {
  const keys = keysOf(error.instancePath);
  if (error.keyword === 'required')
    return { keys, problem: `has no ${(error.params as { missingProperty: string }).missingProperty}` };
  if (error.keyword !== 'additionalProperties')
    return { keys, problem: `${expected(error)}, not ${excerpt(error.data)}` };
  const { params, parentSchema } = error;
  const { additionalProperty: key } = params as { additionalProperty: string };
  const known = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
  return { keys: [...keys, key], problem: `is unknown${didYouMean(key, known)}` };
}

/** Of a JSON pointer (RFC 6901). */
export function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `must be string` → `must be a text` */
function expected({ keyword, params, message = '' }: ErrorObject): string {
  if (keyword === 'enum') {
    const { allowedValues } = params as { allowedValues: readonly unknown[] };
    return `must be ${allowedValues.map((value) => JSON.stringify(value)).join(' or ')}`;
  }
  if (keyword !== 'type') return message;
  const { type } = params as { type: string };
  return `must be ${NAMES[type] ?? type}`;
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  object: 'an object',
  array: 'a list',
};

function excerpt(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
