import type { Command } from 'commander';
import { wholeNumber } from '../arguments';
import { withQuota } from '../options/quota-options';
import { withPlaces, withRequest, wordsOf, type RequestFlags } from '../options/request-options';
import { contextOf, type Finish, type Terminal } from '../terminal';

export interface RunFlags extends RequestFlags {
  downloadLimit?: number;
  collection?: string;
  folder: string[];
  envVar: string[];
}

const RUN_EXAMPLES = `
Examples:
  auxflow run -m S3OLCI -su A -pt L2LFR -t0 2024-02-29T23:59:59Z -t1 2024-03-02T00:00:00Z
  auxflow run -m S1SAR -su A -pt L1SLC -l0 S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip
  ADG_USER=… ADG_PASSWORD_FILE=… auxflow run --env production -m S3OLCI -su A -pt L2LFR -l0 @names.txt
  auxflow run --collection tests.postman_collection.json --env staging.postman_environment.json`;

export async function runWith(flags: RunFlags, terminal: Terminal): Promise<number> {
  const context = contextOf(terminal, flags);
  const { collection } = flags;
  if (collection !== undefined) {
    const { runOwnCollection } = await import('../../user-collection/run-own-collection');
    return runOwnCollection({ ...flags, collection }, context);
  }
  const { run } = await import('../../campaign/run-workflow');
  return run({ ...flags, words: wordsOf(flags) }, context);
}

export function addRun(program: Command, terminal: Terminal, finish: Finish): void {
  withQuota(withRequest(withPlaces(program.command('run'))))
    .description('Run the tutorial workflow for a request: baseline, checks, reports, verified files')
    .option(
      '--download-limit <n>',
      "maximum number of files to download (default: all on the sandbox, else the environment's download_limit)",
      wholeNumber('--download-limit', 0),
    )
    .option(
      '--collection <file|folder>',
      'run this Postman collection instead (format 2.1 as a file, format 3 as a folder); --env takes any environment file',
    )
    .option('--folder <names...>', 'with --collection: folders or requests to run (default: all)', [])
    .option(
      '--env-var <name=value>',
      'with --collection: variable that overrides the environment; repeatable',
      (word: string, before: string[]) => [...before, word],
      [],
    )
    .addHelpText('after', RUN_EXAMPLES)
    .action(async (flags: RunFlags) => finish(await runWith(flags, terminal)));
}
