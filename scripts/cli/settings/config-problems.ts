import type { ErrorObject } from 'ajv';
import { isSecretKey } from '../../lib/redact/redact-patterns';
import { inputProblem } from '../../services/schema/input-problem';
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
  const { keys, problem } = inputProblem(error);
  return `${keys.join('.') || 'the file'} ${problem}`;
}
