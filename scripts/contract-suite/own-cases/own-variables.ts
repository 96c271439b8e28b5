/** `{{variables}}` of the user's own cases: of the environment, or saved by an earlier case of the same folder. */
import { isSecretKey } from '../../lib/redact/redact-patterns';

const VARIABLE = /\{\{([^{}]*)\}\}/g;

export const variablesIn = (template: string): string[] =>
  [...template.matchAll(VARIABLE)].map(([, name = '']) => name);

/** Saved values are told from variables of the environment and of the engine by the folder's key before them. */
export const savedAs = (folder: string, name: string): string => `${folder}.${name}`;

/** The template as the engine fills it in. */
export function withSaved(template: string, folder: string, saved: ReadonlySet<string>): string {
  return template.replace(VARIABLE, (whole, name: string) =>
    saved.has(name) ? `{{${savedAs(folder, name)}}}` : whole,
  );
}

/** Why a template cannot be used; `later`: saved, but not yet. */
export function templateProblems(template: string, later: ReadonlySet<string>): string[] {
  const broken = /\{\{|\}\}/.test(template.replace(VARIABLE, '')) ? ['has {{ or }} without the other'] : [];
  return [...broken, ...variablesIn(template).flatMap((name) => variableProblem(name, later))];
}

function variableProblem(name: string, later: ReadonlySet<string>): string[] {
  if (isSecretKey(name)) return [`has {{${name}}}: a secret does not belong in a request of a case`];
  if (later.has(name)) return [`has {{${name}}}, which no earlier case of the folder saves`];
  return [];
}
