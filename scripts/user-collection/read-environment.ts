import { Failure } from '../errors/errors';
import { readInputText } from '../errors/read-input';
import { readYaml } from '../lib/input/read-yaml';
import { isSecretKey } from '../lib/redact/redact-patterns';
import { textOf, type Json } from './json';
import { isRecord } from '../lib/read-json';

export interface EnvironmentFile {
  readonly variables: Readonly<Record<string, string>>;
  /** Values that no output may hold: those of type `secret`, and of names that say so. */
  readonly secrets: readonly string[];
}

/**
 * Any Postman environment, JSON or YAML: unlike those of the services it need not name a site.
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED
 */
export function readEnvironment(file: string): EnvironmentFile {
  const document = documentOf(file);
  if (!isRecord(document) || !Array.isArray(document.values))
    throw malformed(file, 'it has no list "values", so it is no Postman environment');
  const rows = document.values
    .filter(isRecord)
    .filter(({ enabled, disabled }) => enabled !== false && disabled !== true);
  const variables = Object.fromEntries(rows.flatMap((row) => pairOf(row) ?? []).map(({ key, value }) => [key, value]));
  const secrets = rows.flatMap((row) => {
    const pair = pairOf(row);
    return pair && (row.type === 'secret' || isSecretKey(pair.key)) ? [pair.value] : [];
  });
  return { variables, secrets: secrets.filter(isLiteral) };
}

/** Whether a value is one, not the name of another variable. */
export const isLiteral = (value: string): boolean => value !== '' && !value.includes('{{');

function pairOf({ key, value }: Json): { key: string; value: string } | undefined {
  const name = textOf(key)?.trim();
  return name ? { key: name, value: textOf(value) ?? JSON.stringify(value ?? '') } : undefined;
}

/** JSON is YAML. */
function documentOf(file: string): unknown {
  const read = readYaml(readInputText(file, 'environment file'));
  if ('problem' in read) throw malformed(file, `it is neither JSON nor YAML: line ${read.place.line}: ${read.problem}`);
  return read.value;
}

function malformed(file: string, problem: string): Failure {
  return new Failure({ code: 'FILE_MALFORMED', path: file, what: 'environment file', problems: [problem] });
}
