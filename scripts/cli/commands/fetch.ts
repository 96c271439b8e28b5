import { Option, type Command } from 'commander';
import { trueOrFalse } from '../arguments';
import type { Enqueue } from '../../campaign/fetch-options';
import { PER_LEVEL0_FORMS, type PerLevel0Form } from '../../campaign/per-level0';
import { Failure } from '../../errors/errors';
import { unlessInterrupted } from '../../services/interruption';
import type { CommandContext } from '../../session/context';
import { LAYOUTS, type Layout } from '../../download/layout';
import { QUEUE, queueOf } from '../options/queue-options';
import { withPatience, withQuota } from '../options/quota-options';
import { withS3 } from '../options/s3-options';
import { withPlaces, withRequest, wordsOf, type RequestFlags } from '../options/request-options';
import { contextOf, type Finish, type Terminal } from '../terminal';

export interface FetchFlags extends RequestFlags {
  password?: string;
  download?: boolean;
  stallTimeout?: number;
  minRate?: number;
  frozen?: string;
  strictL0?: boolean;
  layout?: Layout;
  perL0?: PerLevel0Form;
  queue?: string | true;
  again?: boolean;
  spread?: string;
  unpack?: boolean;
  lowMemory?: boolean;
}

const FETCH_EXAMPLES = `
Examples:
  auxflow fetch -m S3OLCI -su A -pt L2LFR -t0 2024-02-29T23:59:59Z -t1 2024-03-02T00:00:00Z
  auxflow fetch -m S3OLCI -su A -pt L2LFR -l0 @names.txt -d FALSE`;

export function addFetch(program: Command, terminal: Terminal, finish: Finish): void {
  withS3(withCampaign(program.command('fetch')))
    .description('Download and verify every auxiliary file a request needs; run again to resume')
    .option('-d, --download <TRUE|FALSE>', 'FALSE lists the files without downloading them', trueOrFalse('--download'))
    .option('--frozen <lock>', 'download exactly the files of a lock instead of a request')
    .option('--queue [url]', `plan and queue the files for auxflow worker instead: ${QUEUE}`)
    .option(
      '--spread <file>',
      'with --queue: file with any number of Level-0 names; the workers request their baselines',
    )
    .option('--again', 'with --queue: queue verified files too, to check them again', false)
    .addHelpText('after', FETCH_EXAMPLES)
    .action(async (flags: FetchFlags) => {
      finish(await fetchWith(flags, flags.download === false ? 'list' : 'fetch', terminal));
    });
}

export async function fetchWith(
  flags: FetchFlags,
  mode: 'fetch' | 'list' | 'plan',
  terminal: Terminal,
): Promise<number> {
  const { fetchCampaign } = await import('../../campaign/fetch-campaign');
  const { startMemoryTrimmer, tidyMemory } = await import('../../lib/gc-tuning');
  if (flags.lowMemory) startMemoryTrimmer();
  else tidyMemory();
  const context = contextOf(terminal, { ...flags, isPlanAsked: mode === 'plan' });
  if (flags.spread !== undefined) return spread(flags.spread, flags, terminal, context);
  const { queue: given, ...rest } = flags;
  const enqueue = given === undefined ? undefined : await enqueuer(given, flags, terminal, context);
  return fetchCampaign({ ...rest, mode, enqueue, words: wordsOf(flags) }, context);
}

/** Loaded for a queue only: one machine needs neither its packages nor its code. */
async function enqueuer(
  given: string | true,
  { again }: FetchFlags,
  terminal: Terminal,
  { redactor, signal }: CommandContext,
): Promise<Enqueue> {
  const { enqueueCampaign } = await import('../../cluster/queue/enqueue');
  const { withQueue } = await import('../../cluster/queue/open-queue');
  const queue = queueOf(given === true ? {} : { queue: given }, terminal);
  // Before baselines are asked for, which may take long.
  await withQueue({ url: queue, redactor, signal }, () => Promise.resolve());
  return (lock, context) => enqueueCampaign(lock, { queue, again }, context);
}

async function spread(given: string, flags: FetchFlags, terminal: Terminal, context: CommandContext): Promise<number> {
  const { queue, env, siteUrl, layout, unpack, allowInsecure, allowMissing } = flags;
  const { l0_names: level0Names, start, stop, frozen, perL0, strictL0 } = flags;
  const isAskedOtherwise = [level0Names, start, stop, frozen, perL0].some((flag) => flag !== undefined);
  if (queue === undefined || isAskedOtherwise || strictL0)
    throw new Failure({
      code: 'USAGE',
      problem:
        '--spread needs --queue, takes the place of --l0_names, --start, --stop and --frozen, and does not go together with --per-l0 and --strict-l0.',
      next: 'See auxflow fetch --help.',
    });
  const [{ spreadCampaign }, { streamedNames }] = await Promise.all([
    import('../../cluster/queue/spread-campaign'),
    import('../name-list'),
  ]);
  const names = streamedNames(given.replace(/^@/, ''));
  const url = queueOf(queue === true ? {} : { queue }, terminal);
  const words = wordsOf(flags);
  const options = { env, siteUrl, allowInsecure, layout, unpack, allowMissing, queue: url, words, names };
  // Names that were gathered are forgotten, calls that are queued are not queued again.
  return unlessInterrupted(terminal.signal, () => spreadCampaign(options, context));
}

/** Options of all that plans a campaign. */
export function withCampaign(command: Command): Command {
  return withPatience(withQuota(withRequest(withPlaces(command))))
    .addOption(new Option('--layout <layout>', 'how files are arranged in the folder (default: flat)').choices(LAYOUTS))
    .addOption(
      new Option('--per-l0 <form>', 'for each Level-0 product, list or link the files it needs, in per-l0/').choices(
        PER_LEVEL0_FORMS,
      ),
    )
    .option('--unpack', 'unpack each archive next to it; later runs in the folder do so, too', false)
    .option('--low-memory', 'force garbage collection: less memory, more processor time', false)
    .option('--strict-l0', 'exit with 4 if the service does not know a Level-0 name', false)
    .option(
      '--password <password>',
      'password, visible to other users of this machine: prefer ADG_PASSWORD or ADG_PASSWORD_FILE (short: -pw)',
    );
}
