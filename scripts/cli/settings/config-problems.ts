import type { ErrorObject } from 'ajv';
import { didYouMean } from './closest';
import { isSecretKey } from '../../lib/redact/redact-patterns';
import { schemaErrors } from '../../services/schema/validators';

const MAX_PROBLEMS = 5;

/** What is wrong with a config file, each with its place (`quota.pause`), at most five; no value of a secret is repeated. */
export function configProblems(value: unknown): string[] {
  const secrets = secretProblems(value, []);
  if (secrets.length > 0) return secrets;
  return schemaErrors('config', value).slice(0, MAX_PROBLEMS).map(problemOf);
}

const WHERE_PASSWORDS_GO =
  'a password does not belong in this file, which others may read or commit: put its path into ADG_PASSWORD_FILE, or set ADG_PASSWORD';

function secretProblems(value: unknown, trail: readonly string[]): string[] {
  if (typeof value === 'string') return hasPassword(value) ? [`${trail.join('.')}: ${WHERE_PASSWORDS_GO}`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const place = [...trail, key];
    return isPasswordKey(key) ? [`${place.join('.')}: ${WHERE_PASSWORDS_GO}`] : secretProblems(inner, place);
  });
}

function isPasswordKey(key: string): boolean {
  return isSecretKey(key) || /passw|secret/i.test(key);
}

/** `https://user:password@host` */
function hasPassword(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*:[^/?#]*@/i.test(text);
}

function problemOf(error: ErrorObject): string {
  const place = error.instancePath.slice(1).split('/').filter(Boolean).map(unescaped).join('.');
  if (error.keyword === 'additionalProperties') return unknownKey(error, place);
  const name = place || 'the file';
  return `${name} ${expected(error)}, not ${excerpt(error.data)}`;
}

function unknownKey({ params, parentSchema }: ErrorObject, place: string): string {
  const { additionalProperty: key } = params as { additionalProperty: string };
  const known = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
  return `${place ? `${place}.${key}` : key} is unknown${didYouMean(key, known)}`;
}

/** `must be string` → `must be a string` */
function expected({ keyword, params, message = '' }: ErrorObject): string {
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

/** RFC 6901 */
function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
