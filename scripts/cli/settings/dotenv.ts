import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { codeOf } from '../../errors/target-failure';
import { readInput } from '../../errors/read-input';

const PASSWORDS = ['ADG_PASSWORD', 'ADG_PASSW', 'ADG_PASSWORD_FILE'];

/** Only names that auxflow reads: a folder that somebody else made must not set NODE_OPTIONS or PATH for Newman's process. */
const READ = /^(?:ADG_\w+|AUXFLOW_\w+|NETRC|NODE_EXTRA_CA_CERTS|(?:HTTPS?|ALL|NO)_PROXY|(?:https?|all|no)_proxy)$/;

/**
 * Adds the variables of `.env` in the working folder to those of the process, which take precedence; empty ones count as not set. A
 * password or its file in the process hides every form of password in `.env`.
 * @throws Failure FILE_UNREADABLE
 */
export function loadDotEnv(environment: NodeJS.ProcessEnv, file = '.env'): void {
  const text = readIfFile(file);
  if (text === undefined) return;
  const hasPassword = PASSWORDS.some((name) => environment[name]);
  for (const [name, value] of Object.entries(parseEnv(text.replace(/^\uFEFF/, '')))) {
    if (!READ.test(name) || value === undefined || value === '' || environment[name]) continue;
    if (hasPassword && PASSWORDS.includes(name)) continue;
    // A process that names its proxy in the other case has named it.
    if (/_proxy$/i.test(name) && (environment[name.toLowerCase()] || environment[name.toUpperCase()])) continue;
    environment[name] = value;
  }
}

/** A folder called `.env`, as Python makes them, is no list of variables. */
function readIfFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'EISDIR'].includes(codeOf(error))) return undefined;
    return readInput(file, 'list of variables').toString();
  }
}
