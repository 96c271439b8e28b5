import { Failure } from '../errors/errors';
import { readInputText } from '../errors/read-input';
import { isSecretKey } from '../lib/redact/redact-patterns';
import type { Account, Site } from '../services/site';
import type { CommandContext } from './context';
import { netrcAccount } from './netrc';

/** The account of every sandbox; it opens nothing else. */
const SANDBOX_ACCOUNT: Account = { username: 'user', password: 'password' };

/**
 * User name and password, each from the first that has it: ADG_USER and ADG_PASSWORD (ADG_PASSW is accepted, the tutorial spells it
 * so) or the file that ADG_PASSWORD_FILE names; the environment file; netrc; the prompt. The sandbox has its own.
 * @throws Failure CREDENTIALS_MISSING, FILE_UNREADABLE, USAGE (files of passwords)
 */
export async function accountFor(
  site: Site,
  { environment, redactor, unattended = false }: Pick<CommandContext, 'environment' | 'redactor' | 'unattended'>,
): Promise<Account> {
  const account = await accountOf(site, environment, unattended);
  for (const secret of secretsOf(site, account)) redactor.add(secret);
  return account;
}

/** What a redactor has to know before the first request: the password, and what the environment has under names of secrets. */
export function secretsOf({ variables }: Site, { password }: Account): string[] {
  const named = Object.entries(variables).filter(([name, value]) => isSecretKey(name) && !value.includes('{{'));
  return [password, ...named.map(([, value]) => value)];
}

/** The host whose entry in netrc is used: that of the token endpoint, which alone is sent the password. */
export function credentialHost({ tokenUrl }: Pick<Site, 'tokenUrl'>): string {
  return new URL(tokenUrl).hostname;
}

async function accountOf(site: Site, environment: NodeJS.ProcessEnv, unattended: boolean): Promise<Account> {
  const { username, password } = knownAccount(site, environment);
  if (username && password) return { username, password };
  const stored = netrcAccount(credentialHost(site), username || undefined, environment);
  if (stored) return { username: stored.username, password: password || stored.password };
  if (unattended || !process.stdin.isTTY || !process.stderr.isTTY)
    throw new Failure({ code: 'CREDENTIALS_MISSING', site: site.siteUrl, host: credentialHost(site) });
  return { username: username || (await askUser(site)), password: password || (await askPassword()) };
}

function knownAccount({ name, variables }: Site, environment: NodeJS.ProcessEnv): Partial<Account> {
  const fallback: Partial<Account> = name === 'sandbox' ? SANDBOX_ACCOUNT : {};
  const username = environment.ADG_USER || variables.username || fallback.username;
  // The password of somebody else would only be a failed login.
  const isOwn = !variables.username || variables.username === username;
  const own = isOwn ? variables.password : undefined;
  return { username, password: passwordOf(environment) || own || fallback.password };
}

function passwordOf({ ADG_PASSWORD, ADG_PASSW, ADG_PASSWORD_FILE }: NodeJS.ProcessEnv): string | undefined {
  return ADG_PASSWORD || ADG_PASSW || (ADG_PASSWORD_FILE ? passwordIn(ADG_PASSWORD_FILE) : undefined);
}

/** As secrets of containers are mounted: the password and, as editors and `echo` add it, one line end. */
function passwordIn(file: string): string {
  const password = readInputText(file, 'password file').replace(/\r?\n$/, '');
  if (password !== '' && !/[\r\n]/.test(password)) return password;
  const problem = password === '' ? 'it is empty' : 'it has more than one line';
  throw new Failure({ code: 'FILE_MALFORMED', path: file, what: 'password file', problems: [problem] });
}

/** Questions go to stderr, so that `--json` on stdout stays clean. */
const onStderr = { output: process.stderr };

async function askUser(site: Site): Promise<string> {
  const { default: input } = await import('@inquirer/input');
  return orInterrupted(input({ message: `User name at ${site.siteUrl}`, required: true }, onStderr));
}

async function askPassword(): Promise<string> {
  const { default: password } = await import('@inquirer/password');
  return orInterrupted(password({ message: 'Password', mask: true }, onStderr));
}

/** A prompt takes the keyboard to itself: Ctrl-C ends it with an error instead of a signal. */
async function orInterrupted(answer: Promise<string>): Promise<string> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError')
      throw new Failure({ code: 'INTERRUPTED', signal: 'SIGINT' });
    throw error;
  }
}
