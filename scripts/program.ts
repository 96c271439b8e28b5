import { Command, Option } from 'commander';
import { nameList, positiveNumber, trueOrFalse, withLongOptions, wholeNumber } from './commands/arguments';
import { EXPORT_FORMATS, type ExportFormat } from './campaign/export-formats';
import type { RequestWords } from './campaign/baseline-request';
import type { Surroundings } from './commands/run';
import type { SandboxCommandOptions } from './commands/sandbox';
import { CHILD_VERB } from './newman/child-verb';
import { packageVersion } from './package-version';
import type { Listener } from './terminal/run-events';

export interface Terminal {
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  listener(json: boolean): Listener;
}

interface RunFlags {
  mission?: string;
  unit?: string;
  product_type?: string;
  l0_names?: string[];
  start?: string;
  stop?: string;
  env: string;
  siteUrl?: string;
  allowInsecure: boolean;
  out?: string;
  reports: string;
  downloadLimit?: number;
  parallel: number;
  failOnEmpty: boolean;
  json: boolean;
}

/** The tutorial's request: one day of S3OLCI, unit A, for L2LFR. */
const TUTORIAL = {
  mission: 'S3OLCI',
  unit: 'A',
  product_type: 'L2LFR',
  start: '2024-02-29T23:59:59Z',
  stop: '2024-03-02T00:00:00Z',
};

const RUN_EXAMPLES = `
Examples:
  auxflow run -m S3OLCI -su A -pt L2LFR -t0 2024-02-29T23:59:59Z -t1 2024-03-02T00:00:00Z
  auxflow run -m S1SAR -su A -pt L1SLC -l0 S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip
  ADG_USER=… ADG_PASSWORD=… auxflow run --env production -m S3OLCI -su A -pt L2LFR -l0 @names.txt`;

/** Where things come from and go to: the same flags on every command that talks to the services. */
function withPlaces(command: Command): Command {
  return command
    .option('--env <name|file>', 'environment: sandbox, production, or a Postman environment file', 'sandbox')
    .option('--site-url <url>', "in place of the environment's site_url")
    .option('--allow-insecure', 'send to http:// hosts other than this machine', false)
    .option('--out <folder>', 'where downloaded files go (default: downloads/<site>-<mission>-<unit>-<product type>)')
    .option('--reports <folder>', 'where reports go', 'reports')
    .option('--parallel <n>', 'files downloaded at once', wholeNumber('--parallel', 1), 5)
    .option('--json', 'events as JSON Lines on standard output', false);
}

/** What a baseline is asked for, in the words of the reference script. */
function withRequest(command: Command): Command {
  return command
    .option('-m, --mission <mission>', 'S1SAR, S2MSI, S3OLCI, S3SLSTR, S3SRAL, S3MWR or S3SYN')
    .option('--unit <unit>', 'unit: A or B (short: -su)')
    .option('--product_type <type>', 'what is to be made, e.g. L1SLC, L1C, L2LFR (short: -pt)')
    .option('--l0_names <names>', 'Level-0 names with commas, @file, or - for standard input (short: -l0)', nameList)
    .option('--start <time>', 'start of the sensing interval, UTC, e.g. 2024-03-01T00:00:00Z (short: -t0)')
    .option('--stop <time>', 'stop of the sensing interval, UTC (short: -t1)')
    .option('--fail-on-empty', 'exit code 9 when the service knows no Level-0 product for the request', false);
}

interface FetchFlags extends Omit<RunFlags, 'downloadLimit'> {
  user?: string;
  password?: string;
  download?: boolean;
  budgetGb?: number;
  budgetFiles?: number;
  quotaRun?: number;
  quotaPause?: number;
  stallTimeout?: number;
  frozen?: string;
  strictL0?: boolean;
}

const FETCH_EXAMPLES = `
Examples:
  auxflow fetch -m S3OLCI -su A -pt L2LFR -t0 2024-02-29T23:59:59Z -t1 2024-03-02T00:00:00Z
  auxflow fetch -m S3OLCI -su A -pt L2LFR -l0 @names.txt -d FALSE`;

function addFetch(program: Command, terminal: Terminal, finish: Finish): void {
  const fetchWith = async (flags: FetchFlags, mode: 'fetch' | 'list' | 'plan'): Promise<void> => {
    const { fetchCampaign } = await import('./commands/fetch');
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

/** What needs a lock and no service; and the verb that no user types. */
function addLockVerbs(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('verify <folder|lock>')
    .description('prove offline that a folder holds what its auxflow.lock.json says')
    .option('--json', 'events as JSON Lines on standard output', false)
    .action(async (place: string, flags: { json: boolean }) => {
      const { verify } = await import('./commands/verify');
      finish(await verify(place, surroundingsOf(terminal, flags)));
    });

  program
    .command('export <folder|lock>')
    .description('write a lock for another tool; links are those of $value, which want a token')
    .addOption(new Option('--format <format>').choices(EXPORT_FORMATS).makeOptionMandatory())
    .action(async (place: string, { format }: { format: ExportFormat }) => {
      const { exportLock } = await import('./commands/export');
      finish(await exportLock(place, format, terminal.out));
    });

  program.command(CHILD_VERB, { hidden: true }).action(async () => {
    const { serveParent } = await import('./newman/run-in-child');
    await serveParent();
  });
}

function withCampaign(command: Command): Command {
  return withRequest(withPlaces(command))
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
    .option('--quota-pause <seconds>', 'without any after a run (default: 11)', positiveNumber('--quota-pause'));
}

function wordsOf(flags: RunFlags | FetchFlags): RequestWords {
  const { mission, unit, product_type: productType, l0_names: level0Names, start, stop } = flags;
  return { mission, unit, productType, level0Names, start, stop };
}

function surroundingsOf(terminal: Terminal, { json }: { json: boolean }): Surroundings {
  const { environment, signal } = terminal;
  return { environment, listener: terminal.listener(json), signal, now: () => new Date() };
}

/** Told the exit code when a verb has done its work. */
type Finish = (exitCode: number) => void;

/** The command line: verbs, options and help. */
export function createProgram(terminal: Terminal, finish: Finish): Command {
  const program = new Command('auxflow')
    .description(
      'Baselines and auxiliary data files for Sentinel reprocessing: Postman collections, Newman runs, verified downloads',
    )
    .version(packageVersion())
    .showHelpAfterError(false);
  addRun(program, terminal, finish);
  addFetch(program, terminal, finish);
  addLockVerbs(program, terminal, finish);
  addTutorial(program, terminal, finish);
  addSandbox(program, terminal, finish);
  addGenerate(program, terminal, finish);
  return program;
}

async function runWith(flags: RunFlags, environment: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  const { run } = await import('./commands/run');
  return run({ ...flags, words: wordsOf(flags) }, { ...surroundingsOf(terminal, flags), environment });
}

function addRun(program: Command, terminal: Terminal, finish: Finish): void {
  withRequest(withPlaces(program.command('run')))
    .description("the tutorial's two steps for a request: baseline, checks, reports, and its files, verified")
    .option(
      '--download-limit <n>',
      "files to download (default: all on the sandbox, else the environment's download_limit)",
      wholeNumber('--download-limit', 0),
    )
    .addHelpText('after', RUN_EXAMPLES)
    .action(async (flags: RunFlags) => finish(await runWith(flags, terminal.environment, terminal)));
}

/** `npm start`: the sandbox has its own account, whatever the user has set for production. */
function addTutorial(program: Command, terminal: Terminal, finish: Finish): void {
  withPlaces(program.command('tutorial'))
    .description("the tutorial's own request on the sandbox: what `npm start` does")
    .action(async (flags: RunFlags) => finish(await runWith({ ...flags, ...TUTORIAL }, {}, terminal)));
}

function addSandbox(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('sandbox')
    .description('serve stand-in services on this machine until stopped')
    .option('--port <port>', 'port of the services (default: a free one)', wholeNumber('--port', 0))
    .option('--store-port <port>', 'port of the object store (default: a free one)', wholeNumber('--store-port', 0))
    .option(
      '--scenario <name>',
      'faults and quirks, e.g. truncated-body or expired-token@3+proxy-429 (see docs/sandbox.md)',
    )
    .option('--list-scenarios', 'print the name and effect of every scenario', false)
    .option('--catalogue <folder>', 'serve real names from a folder of lists instead of the built-in ones')
    .addOption(
      new Option('--sizes <sizes>', 'sizes of the files (default: small; tiny with --catalogue)').choices([
        'tiny',
        'small',
        'documented',
      ]),
    )
    .addOption(
      new Option('--dialect <dialect>', 'auxip.svc as recorded, or by the official specification')
        .choices(['adg', 'icd'])
        .default('adg'),
    )
    .addOption(
      new Option('--icd-download <form>', '$value of the official specification')
        .choices(['redirect', 'stream'])
        .default('redirect'),
    )
    .addOption(
      new Option('--gateway <mode>', 'a bad token gets a login page, or 401')
        .choices(['redirect', 'bearer-only'])
        .default('redirect'),
    )
    .addOption(
      new Option('--quota <quota>', 'as the service is configured (no limit met), or as documented')
        .choices(['configured', 'documented'])
        .default('configured'),
    )
    .option('--token-seconds <n>', 'lifetime of access tokens', wholeNumber('--token-seconds', 1))
    .option('--presigned-seconds <n>', 'lifetime of presigned addresses', wholeNumber('--presigned-seconds', 1))
    .action(async (flags: SandboxCommandOptions) => {
      const { sandbox } = await import('./commands/sandbox');
      finish(await sandbox(flags, terminal, terminal));
    });
}

function addGenerate(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('generate')
    .description('write schemas, collections and environments anew from the services’ metadata')
    .option('--check', 'change nothing; fail if anything would change', false)
    .action(async (flags: { check: boolean }) => {
      const { generate } = await import('./commands/generate');
      finish(await generate(flags, terminal.out));
    });
}

/** Parses the words of the command line and runs the verb they name. */
export async function parse(program: Command, words: readonly string[]): Promise<void> {
  await program.parseAsync(withLongOptions(words), { from: 'user' });
}
