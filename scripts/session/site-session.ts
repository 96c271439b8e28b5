import { Failure } from '../errors/errors';
import { isSecretKey } from '../lib/redact/redact-patterns';
import type { CommandContext } from './context';
import { readSite, type Account, type Site } from '../services/site';
import type { Sandbox, SandboxOptions } from '../sandbox/sandbox';
import { readNetwork, type NetworkOptions } from '../services/network';

export interface SiteOptions extends NetworkOptions {
  /** `sandbox`, `production`, or an environment file. */
  readonly env: string;
  readonly siteUrl?: string;
  readonly allowInsecure?: boolean;
  /** Of the sandbox that is started for the call. */
  readonly sandbox?: Pick<SandboxOptions, 'profile' | 'scenario'>;
}

/** The account of every sandbox; it opens nothing else. */
const SANDBOX_ACCOUNT: Account = { username: 'user', password: 'password' };

/**
 * Calls `use` with the services that the options name. The sandbox, unless `siteUrl` says where one runs already, is started
 * for the call and stopped after it.
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED, URL_REFUSED
 */
export async function withSite<Result>(options: SiteOptions, use: (site: Site) => Promise<Result>): Promise<Result> {
  const { siteUrl, allowInsecure } = options;
  if (!startsSandbox(options)) {
    const network = readNetwork(options, process.env.NODE_EXTRA_CA_CERTS);
    return use(readSite(options.env, { siteUrl, allowInsecure, network }));
  }
  const sandbox = await startSandbox(options.sandbox);
  try {
    return await use(readSite('sandbox', { siteUrl: sandbox.siteUrl }));
  } finally {
    await sandbox.close();
  }
}

/** Nobody else's: its clock may be moved, its quota used up. */
export function startsSandbox({ env, siteUrl }: SiteOptions): boolean {
  return env === 'sandbox' && siteUrl === undefined;
}

async function startSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const { startSandbox: start } = await import('../sandbox/sandbox');
  return start(options);
}

/**
 * User name and password: ADG_USER and ADG_PASSWORD (ADG_PASSW is accepted, the tutorial spells it so), else typed in; the
 * sandbox has its own. Never an argument: others could read it in the process list.
 * @throws Failure CREDENTIALS_MISSING
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

async function accountOf(site: Site, environment: NodeJS.ProcessEnv, unattended: boolean): Promise<Account> {
  const fallback: Partial<Account> = site.name === 'sandbox' ? SANDBOX_ACCOUNT : {};
  const username = environment.ADG_USER ?? (site.variables.username || fallback.username);
  const password = environment.ADG_PASSWORD ?? environment.ADG_PASSW ?? (site.variables.password || fallback.password);
  if (username && password) return { username, password };
  if (unattended || !process.stdin.isTTY || !process.stderr.isTTY)
    throw new Failure({ code: 'CREDENTIALS_MISSING', site: site.siteUrl });
  return { username: username ?? (await askUser(site)), password: password ?? (await askPassword()) };
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
