import type { Command } from 'commander';
import { positiveNumber, wholeNumber } from '../arguments';

/** What an account may be granted, and how slow a transfer may be. */
export function withQuota(command: Command): Command {
  return command
    .option(
      '--budget-gb <n>',
      'download budget of the account in GB (10^9 bytes) per 8 days (default: 100, no limit on the sandbox)',
      positiveNumber('--budget-gb'),
    )
    .option(
      '--budget-files <n>',
      'download budget of the account in files per 8 days (default: no limit)',
      wholeNumber('--budget-files', 0),
    )
    .option(
      '--quota-run <n>',
      'downloads to request before a pause (default: 5, no limit on the sandbox)',
      wholeNumber('--quota-run', 1),
    )
    .option(
      '--stall-timeout <seconds>',
      'resume a transfer that received nothing for this long (default: 60)',
      positiveNumber('--stall-timeout'),
    )
    .option(
      '--min-rate <bytes/s>',
      'resume a transfer that stays slower than this for --stall-timeout seconds (default: 1000; 0: never)',
      wholeNumber('--min-rate', 0),
    )
    .option('--quota-pause <seconds>', 'length of that pause (default: 11)', positiveNumber('--quota-pause'));
}
