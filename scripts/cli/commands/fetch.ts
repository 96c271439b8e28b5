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
    .description('what fetch would do: files, bytes, disk, quota, earliest end; asks for no file')
    .action((flags: FetchFlags) => fetchWith(flags, 'plan'));

  withCampaign(program.command('fetch'))
    .description('every auxiliary file of a request home, verified, with the lists that prove it; run again to resume')
    .option('-d, --download <TRUE|FALSE>', 'FALSE only lists the files', trueOrFalse('--download'))
    .option('--frozen <lock>', 'the files of a lock, as they were then, in place of a request')
    .addHelpText('after', FETCH_EXAMPLES)
    .action((flags: FetchFlags) => fetchWith(flags, flags.download === false ? 'list' : 'fetch'));
}

function withCampaign(command: Command): Command {
  return withRequest(withPlaces(command))
    .addOption(new Option('--layout <layout>', 'where files stand below the folder (default: flat)').choices(LAYOUTS))
    .addOption(
      new Option('--per-l0 <form>', 'per Level-0 product the files it needs, below per-l0/').choices(PER_LEVEL0_FORMS),
    )
    .option('--strict-l0', 'exit code 4 when the service does not know a Level-0 name', false)
    .option('-u, --user <name>', 'user name (better: ADG_USER)')
    .option('--password <password>', 'password: others can see it, ADG_PASSWORD is safe (short: -pw)')
    .option(
      '--budget-gb <n>',
      'GB (10^9 bytes) that the account may be granted in 8 days (default: 100, on the sandbox no limit)',
      positiveNumber('--budget-gb'),
    )
    .option('--budget-files <n>', 'files likewise (default: no limit)', wholeNumber('--budget-files', 0))
    .option(
      '--quota-run <n>',
      'downloads asked for in a run (default: 5, on the sandbox no limit)',
      wholeNumber('--quota-run', 1),
    )
    .option(
      '--stall-timeout <seconds>',
      'silence after which a transfer begins again where it was (default: 60)',
      positiveNumber('--stall-timeout'),
    )
    .option(
      '--min-rate <bytes/s>',
      'restart a transfer that is slower than this for as long as --stall-timeout (default: 1000; 0: never)',
      wholeNumber('--min-rate', 0),
    )
    .option('--quota-pause <seconds>', 'without any after a run (default: 11)', positiveNumber('--quota-pause'));
}
