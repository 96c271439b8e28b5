import { Option, type Command } from 'commander';
import type { QuotaSettings, Settings } from './config';

/** The verb whose request, environment and account are always the same. */
export const TUTORIAL_VERB = 'tutorial';

/** Where a config file has the default of an option: `out`, `quota.pause`. */
export type SettingName = Exclude<keyof Settings, 'quota' | 'proxies'> | `quota.${keyof QuotaSettings}`;

/** An option whose default a config file, and perhaps an environment variable, may change. */
export class SettingOption extends Option {
  constructor(
    readonly setting: SettingName,
    flags: string,
    description: string,
    /** Environment variable, which precedes the config file. */
    readonly variable?: string,
  ) {
    super(flags, description);
  }
}

/** Options of the verb that have settings. */
export function settingOptions(command: Command): SettingOption[] {
  return command.options.filter((option) => option instanceof SettingOption);
}

/** Options that were not given on the command line get the value of their variable; empty ones count as not set. */
export function applyVariables(command: Command, environment: NodeJS.ProcessEnv): void {
  for (const option of settingOptions(command)) {
    const value = option.variable === undefined ? undefined : environment[option.variable];
    if (value) setIfOpen(command, option, value, 'env');
  }
}

/** Options that were given neither on the command line nor by a variable get what the settings say. */
export function applySettings(command: Command, settings: Settings): void {
  for (const option of settingOptions(command)) {
    const value = settingOf(settings, option.setting);
    if (value !== undefined) setIfOpen(command, option, value, 'config');
  }
}

function setIfOpen(command: Command, option: Option, value: string | number, source: 'env' | 'config'): void {
  const name = option.attributeName();
  const before = command.getOptionValueSource(name);
  if (before === undefined || before === 'default') command.setOptionValueWithSource(name, value, source);
}

function settingOf({ quota = {}, ...settings }: Settings, name: SettingName): string | number | undefined {
  switch (name) {
    case 'quota.run':
      return quota.run;
    case 'quota.pause':
      return quota.pause;
    case 'quota.budgetGb':
      return quota.budgetGb;
    case 'quota.budgetFiles':
      return quota.budgetFiles;
    default:
      return settings[name];
  }
}
