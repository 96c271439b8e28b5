import { parseEnv } from 'node:util';
import { readInputIfThere } from '../../errors/read-input';

const PASSWORDS = ['ADG_PASSWORD', 'ADG_PASSW', 'ADG_PASSWORD_FILE'];

/** Only names that auxflow reads: a folder that somebody else made must not set NODE_OPTIONS or PATH for Newman's process. */
const READ = /^(?:ADG_\w+|AUXFLOW_\w+|NETRC|NODE_EXTRA_CA_CERTS|(?:HTTPS?|ALL|NO)_PROXY|(?:https?|all|no)_proxy)$/;

/**
 * Adds the variables of `.env` in the working folder to those of the process, which take precedence; empty ones count as not set. A
 * password or its file in the process hides every form of password in `.env`.
 * @throws Failure FILE_UNREADABLE
 */
export function loadDotEnv(environment: NodeJS.ProcessEnv, file = '.env'): void {
  // A folder called `.env`, as Python makes them, is no list of variables.
  const text = readInputIfThere(file, 'list of variables');
  if (text === undefined) return;
  const hasPassword = PASSWORDS.some((name) => environment[name]);
  for (const [name, value] of Object.entries(parseEnv(text))) {
    if (!READ.test(name) || value === undefined || value === '' || environment[name]) continue;
    if (hasPassword && PASSWORDS.includes(name)) continue;
    // A process that names its proxy in the other case has named it.
    if (/_proxy$/i.test(name) && (environment[name.toLowerCase()] || environment[name.toUpperCase()])) continue;
    environment[name] = value;
  }
}
