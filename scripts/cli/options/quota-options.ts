import type { Command } from 'commander';
import { SettingOption } from '../settings/setting-option';
import { positiveNumber, wholeNumber } from '../arguments';

/** How much of its quota an account may use. */
export function withQuota(command: Command): Command {
  return command
    .addOption(
      new SettingOption(
        'quota.budgetGb',
        '--budget-gb <n>',
        'download budget of the account in GB (10^9 bytes) per 8 days (default: 100, no limit on the sandbox)',
      ).argParser(positiveNumber('--budget-gb')),
    )
    .addOption(
      new SettingOption(
        'quota.budgetFiles',
        '--budget-files <n>',
        'download budget of the account in files per 8 days (default: no limit)',
      ).argParser(wholeNumber('--budget-files', 0)),
    )
    .addOption(
      new SettingOption(
        'quota.run',
        '--quota-run <n>',
        'downloads to request before a pause (default: 5, no limit on the sandbox)',
      ).argParser(wholeNumber('--quota-run', 1)),
    )
    .addOption(
      new SettingOption('quota.pause', '--quota-pause <seconds>', 'length of that pause (default: 11)').argParser(
        positiveNumber('--quota-pause'),
      ),
    );
}

/** How slow a transfer may be. */
export function withPatience(command: Command): Command {
  return command
    .option(
      '--stall-timeout <seconds>',
      'resume a transfer that received nothing for this long (default: 60)',
      positiveNumber('--stall-timeout'),
    )
    .option(
      '--min-rate <bytes/s>',
      'resume a transfer that stays slower than this for --stall-timeout seconds (default: 1000; 0: never)',
      wholeNumber('--min-rate', 0),
    );
}
