/** Settings of the working folder: command line, then environment variables (.env last), then auxflow.config.json, then defaults. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { Failure } from '../../errors/errors';
import { closest } from '../../lib/input/closest';
import { SHIPPED_ENVIRONMENTS } from '../../services/site';
import type { Config, ProxySettings, Settings } from './config';
import { readConfig } from './read-config';
import { applySettings, applyVariables, settingOptions, TUTORIAL_VERB } from './setting-option';

/**
 * Gives a parsed verb what variables and the config file say, and `environment` its proxies. Verbs without settings read no config file.
 * @returns what the user should know of it, in sentences
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED (config file), FILE_UNREADABLE for an environment that is neither known nor a file
 */
export function settle(command: Command, environment: NodeJS.ProcessEnv): string[] {
  if (command.name() === TUTORIAL_VERB) {
    applyVariables(command, { AUXFLOW_SITE_URL: environment.AUXFLOW_SITE_URL });
    return [];
  }
  if (settingOptions(command).length === 0) return [];
  applyVariables(command, environment);
  const config = readConfig(environment) ?? {};
  const { profiles = {}, ...base } = config;
  applySettings(command, { environment: base.environment });
  const chosen = envOf(command);
  const profile = chosen === undefined ? undefined : profiles[chosen];
  const settings = merged(base, profile);
  if (profile) command.setOptionValueWithSource('env', profile.environment ?? 'sandbox', 'config');
  applySettings(command, settings);
  refuseUnknownEnvironment(envOf(command), environmentNames(config));
  setProxies(settings.proxies, environment);
  return notesOn(command, environment);
}

const ACCOUNT = ['ADG_USER', 'ADG_PASSWORD', 'ADG_PASSW', 'ADG_PASSWORD_FILE'];

/**
 * Whoever has set an account for the services, and does not choose the sandbox by --env or AUXFLOW_ENV, gets it all the same: by
 * default, or from the config file that `auxflow init` wrote. A note says so before the sandbox refuses the account.
 */
function notesOn(command: Command, environment: NodeJS.ProcessEnv): string[] {
  const why = UNASKED[command.getOptionValueSource('env') ?? ''];
  const set = ACCOUNT.find((name) => environment[name]);
  if (why === undefined || set === undefined) return [];
  if (envOf(command) !== 'sandbox' || command.getOptionValue('siteUrl') !== undefined) return [];
  return [
    `${set} is set, but ${why}: this is the sandbox, a stand-in that knows only its own accounts (user, operator, nobody). For the services add --env production.`,
  ];
}

/** How `env` may come to be the sandbox without having been chosen, by the source that commander reports. */
const UNASKED: Readonly<Record<string, string>> = {
  default: 'no environment is named (--env, AUXFLOW_ENV or auxflow.config.json)',
  config: 'auxflow.config.json names no other environment',
};

function envOf(command: Command): string | undefined {
  return command.opts<{ env?: string }>().env;
}

/** What a profile says takes precedence, also inside `quota` and `proxies`. */
function merged(base: Settings, profile: Settings = {}): Settings {
  return {
    ...base,
    ...profile,
    quota: { ...base.quota, ...profile.quota },
    proxies: { ...base.proxies, ...profile.proxies },
  };
}

/** Names that `--env` knows without a file. */
export function environmentNames({ profiles = {} }: Pick<Config, 'profiles'>): string[] {
  return [...SHIPPED_ENVIRONMENTS, ...Object.keys(profiles)];
}

function refuseUnknownEnvironment(env: string | undefined, names: readonly string[]): void {
  if (env === undefined || SHIPPED_ENVIRONMENTS.includes(env) || existsSync(env)) return;
  const meant = closest(env, names);
  throw new Failure({ code: 'FILE_UNREADABLE', path: env, what: 'environment file', reason: 'ENOENT', meant });
}

const VARIABLES = [
  ['https', 'HTTPS_PROXY'],
  ['http', 'HTTP_PROXY'],
  ['all', 'ALL_PROXY'],
] as const;

function setProxies({ none, ...proxies }: ProxySettings = {}, environment: NodeJS.ProcessEnv): void {
  const set = (name: string, value: string | undefined): void => {
    if (value !== undefined && !environment[name] && !environment[name.toLowerCase()]) environment[name] = value;
  };
  for (const [key, name] of VARIABLES) set(name, proxies[key]);
  set('NO_PROXY', none?.join(','));
}
