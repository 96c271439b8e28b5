import { Option, type Command } from 'commander';
import { positiveNumber, trueOrFalse, wholeNumber } from '../arguments';
import { PER_LEVEL0_FORMS, type PerLevel0Form } from '../../campaign/per-level0';
import { LAYOUTS, type Layout } from '../../download/layout';
import { withPlaces, withRequest, wordsOf, type RequestFlags } from './request-options';
import { surroundingsOf, type Finish, type Terminal } from './terminal';

interface FetchFlags extends RequestFlags {
  user?: string;
  password?: string;
  download?: boolean;
  budgetGb?: number;
  budgetFiles?: number;
  quotaRun?: number;
  quotaPause?: number;
  stallTimeout?: number;
  minRate?: number;
  frozen?: string;
  strictL0?: boolean;
  layout?: Layout;
  perL0?: PerLevel0Form;
}

const FETCH_EXAMPLES = `
Examples:
  auxflow fetch -m S3OLCI -su A -pt L2LFR -t0 2024-02-29T23:59:59Z -t1 2024-03-02T00:00:00Z
  auxflow fetch -m S3OLCI -su A -pt L2LFR -l0 @names.txt -d FALSE`;

export function addFetch(program: Command, terminal: Terminal, finish: Finish): void {
  const fetchWith = async (flags: FetchFlags, mode: 'fetch' | 'list' | 'plan'): Promise<void> => {
    const { fetchCampaign } = await import('../../campaign/fetch-campaign');
    const { startMemoryTrimmer: startMemoryTrimmer } = await import('../../lib/gc-tuning');
    startMemoryTrimmer();
    finish(await fetchCampaign({ ...flags, mode, words: wordsOf(flags) }, surroundingsOf(terminal, flags)));
  };

  withCampaign(program.command('plan'))
    .description('Show what fetch would download: files, bytes, disk space, quota, earliest finish')
    .action((flags: FetchFlags) => fetchWith(flags, 'plan'));

  withCampaign(program.command('fetch'))
    .description('Download and verify every auxiliary file a request needs; run again to resume')
    .option('-d, --download <TRUE|FALSE>', 'FALSE lists the files without downloading them', trueOrFalse('--download'))
    .option('--frozen <lock>', 'download exactly the files of a lock instead of a request')
    .addHelpText('after', FETCH_EXAMPLES)
    .action((flags: FetchFlags) => fetchWith(flags, flags.download === false ? 'list' : 'fetch'));
}

function withCampaign(command: Command): Command {
  return withRequest(withPlaces(command))
    .addOption(new Option('--layout <layout>', 'how files are arranged in the folder (default: flat)').choices(LAYOUTS))
    .addOption(
      new Option('--per-l0 <form>', 'for each Level-0 product, list or link the files it needs, in per-l0/').choices(
        PER_LEVEL0_FORMS,
      ),
    )
    .option('--strict-l0', 'exit with 4 if the service does not know a Level-0 name', false)
    .option('-u, --user <name>', 'user name (ADG_USER is preferred)')
    .option(
      '--password <password>',
      'password, visible to other users of this machine: prefer ADG_PASSWORD (short: -pw)',
    )
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
