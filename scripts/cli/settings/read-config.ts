import { existsSync } from 'node:fs';
import { Failure } from '../../errors/errors';
import { readInputText } from '../../errors/read-input';
import { readJson, TOO_DEEP } from '../../lib/read-json';
import { SHIPPED_ENVIRONMENTS } from '../../services/site';
import type { Config } from './config';
import { configProblems } from './config-problems';

export const CONFIG_NAME = 'auxflow.config.json';

/**
 * `auxflow.config.json` of the working folder, never of one above it, or the file that AUXFLOW_CONFIG names. Undefined if there is none.
 * @throws Failure FILE_UNREADABLE; FILE_MALFORMED: what is wrong and where, a password among it, which is not repeated
 */
export function readConfig({ AUXFLOW_CONFIG }: NodeJS.ProcessEnv): Config | undefined {
  const file = AUXFLOW_CONFIG || CONFIG_NAME;
  if (!AUXFLOW_CONFIG && !existsSync(file)) return undefined;
  return parseConfig(readInputText(file, 'config file'), file);
}

/** @throws Failure FILE_MALFORMED */
export function parseConfig(text: string, file = CONFIG_NAME): Config {
  const malformed = (...problems: string[]): Failure =>
    new Failure({ code: 'FILE_MALFORMED', path: file, what: 'config file', problems });
  const read = readJson(text);
  if ('problem' in read) throw malformed(read.problem === 'too-deep' ? TOO_DEEP : `it is not JSON (${placeOf(text)})`);
  const { value } = read;
  const problems = configProblems(value);
  if (problems.length > 0) throw malformed(...problems);
  const config = value as Config;
  const taken = Object.keys(config.profiles ?? {}).filter((name) => SHIPPED_ENVIRONMENTS.includes(name));
  if (taken.length > 0) throw malformed(...taken.map((name) => `profiles.${name} has the name of an environment`));
  return config;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

/** Where it ends to be JSON. Node's message has the position of some faults only, and quotes the text, which may be a secret. */
function placeOf(text: string): string {
  let [begun, wrong] = [0, text.length + 1];
  while (wrong - begun > 1) {
    const middle = Math.floor((begun + wrong) / 2);
    if (mayGoOn(text.slice(0, middle))) begun = middle;
    else wrong = middle;
  }
  const lines = text.slice(0, begun).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** Whether a text is the beginning of some JSON: if it is wrong, then at its end. */
function mayGoOn(text: string): boolean {
  const fault = parsed(text);
  if (!(fault instanceof SyntaxError)) return true;
  if (fault.message.includes('Unexpected token')) return false;
  return (
    Number(/position (\d+)/.exec(fault.message)?.[1] ?? text.length) >= text.length ||
    /Unterminated/.test(fault.message)
  );
}
