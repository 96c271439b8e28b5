import type { Command } from 'commander';
import { MISSION_NAMES, UNITS } from '../../sentinel/missions';
import type { RequestWords } from '../../campaign/request/baseline-request';
import type { NetworkOptions } from '../../services/network';
import { wholeNumber } from '../arguments';
import { nameList } from '../name-list';
import { withNetwork } from './network-options';

export interface RequestFlags extends NetworkOptions {
  mission?: string;
  unit?: string;
  product_type?: string;
  l0_names?: RequestWords['level0Names'];
  start?: string;
  stop?: string;
  env: string;
  siteUrl?: string;
  allowInsecure: boolean;
  out?: string;
  reports: string;
  parallel: number;
  failOnEmpty: boolean;
  allowMissing: string[];
  json: boolean;
  verbose: boolean;
}

export const VERBOSE = 'a line for every file: size, seconds, rate, and how it was proven or why not';

/** Where things come from and go to: the same flags on every command that talks to the services. */
export function withPlaces(command: Command): Command {
  return withNetwork(command)
    .option('--env <name|file>', 'environment: sandbox, production, or a Postman environment file', 'sandbox')
    .option('--site-url <url>', "in place of the environment's site_url")
    .option('--out <folder>', 'where downloaded files go (default: downloads/<site>-<mission>-<unit>-<product type>)')
    .option('--reports <folder>', 'where reports go', 'reports')
    .option('--parallel <n>', 'files downloaded at once', wholeNumber('--parallel', 1), 5)
    .option('--verbose', VERBOSE, false)
    .option('--json', 'events as JSON Lines on standard output', false);
}

/** What a baseline is asked for, in the words of the reference script. */
export function withRequest(command: Command): Command {
  return command
    .option('-m, --mission <mission>', MISSION_NAMES.join(', '))
    .option('--unit <unit>', `unit: ${UNITS.join(', ')} (short: -su)`)
    .option('--product_type <type>', 'what is to be made, e.g. L1SLC, L1C, L2LFR (short: -pt)')
    .option('--l0_names <names>', 'Level-0 names with commas, @file, or - for standard input (short: -l0)', nameList)
    .option(
      '--start <time>',
      'start of the sensing interval: 2024-03-01T00:00:00Z, a date, or with an offset (short: -t0)',
    )
    .option('--stop <time>', 'stop of the sensing interval (short: -t1)')
    .option('--fail-on-empty', 'exit code 9 when the service knows no Level-0 product for the request', false)
    .option(
      '--allow-missing <types>',
      'ADF types that may be missing from baselines, by LongName, with commas; may be repeated',
      (text: string, before: string[]) => [...before, ...text.split(',').filter((type) => type !== '')],
      [],
    );
}

export function wordsOf(flags: RequestFlags): RequestWords {
  const { mission, unit, product_type: productType, l0_names: level0Names, start, stop } = flags;
  return { mission, unit, productType, level0Names, start, stop };
}
