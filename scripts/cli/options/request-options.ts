import type { Command } from 'commander';
import { MISSION_NAMES, UNITS } from '../../sentinel/missions';
import type { RequestWords } from '../../campaign/request/baseline-request';
import type { ReportKeeping } from '../../session/report-keeping';
import { wholeNumber } from '../arguments';
import type { QuotaOptions } from '../../download/quota-settings';
import type { Feedback } from '../output/choose-listener';
import { nameList } from '../name-list';
import { SettingOption } from '../settings/setting-option';
import { withFeedback } from './feedback-options';
import { withKeeping } from './keeping-options';
import { withReports, withSiteOptions, type SiteFlags } from './site-options';

export interface RequestFlags extends SiteFlags, Feedback, QuotaOptions, ReportKeeping {
  mission?: string;
  unit?: string;
  product_type?: string;
  l0_names?: RequestWords['level0Names'];
  start?: string;
  stop?: string;
  out?: string;
  reports: string;
  parallel: number;
  failOnEmpty: boolean;
  allowMissing: string[];
}

export const VERBOSE = 'print a line for every file: size, duration, rate, and how it was verified or why it failed';

/** Where things come from and go to: the same flags on every command that talks to the services. */
export function withPlaces(command: Command): Command {
  return withKeeping(withFeedback(withReports(withSiteOptions(command))))
    .addOption(
      new SettingOption(
        'out',
        '--out <folder>',
        'folder for downloaded files, with fetch also s3://bucket/prefix (default: downloads/<site>-<request>)',
      ),
    )
    .addOption(
      new SettingOption('parallel', '--parallel <n>', 'files to download in parallel')
        .argParser(wholeNumber('--parallel', 1))
        .default(5),
    )
    .option('--verbose', VERBOSE, false);
}

/** What a baseline is asked for, in the words of the reference script. */
export function withRequest(command: Command): Command {
  return command
    .option('-m, --mission <mission>', MISSION_NAMES.join(', '))
    .option('--unit <unit>', `unit: ${UNITS.join(', ')} (short: -su)`)
    .option('--product_type <type>', 'product type to generate, e.g. L1SLC, L1C, L2LFR (short: -pt)')
    .option(
      '--l0_names <names>',
      'Level-0 names separated by commas, @file, or - for standard input (short: -l0)',
      nameList,
    )
    .option(
      '--start <time>',
      'start of the sensing interval: 2024-03-01T00:00:00Z, a date, or a time with an offset (short: -t0)',
    )
    .option('--stop <time>', 'end of the sensing interval (short: -t1)')
    .option('--fail-on-empty', 'exit with 9 if the service knows no Level-0 product for the request', false)
    .option(
      '--allow-missing <types>',
      'ADF types (LongName) that baselines may lack, separated by commas; repeatable',
      (text: string, before: string[]) => [...before, ...text.split(',').filter((type) => type !== '')],
      [],
    );
}

export function wordsOf(flags: RequestFlags): RequestWords {
  const { mission, unit, product_type: productType, l0_names: level0Names, start, stop } = flags;
  return { mission, unit, productType, level0Names, start, stop };
}
