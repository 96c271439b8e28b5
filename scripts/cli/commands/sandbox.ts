import { Option, type Command } from 'commander';
import { port, wholeNumber } from '../arguments';
import type { SandboxCommandOptions } from '../serve-sandbox';
import type { Finish, Terminal } from '../terminal';

type SandboxFlags = Omit<SandboxCommandOptions, 'command'> & { dialect?: 'adg' | 'icd' };

const EXAMPLES = `
Examples:
  auxflow sandbox --port 8080
  auxflow sandbox -- auxflow doctor
  auxflow sandbox --scenario proxy-502 -- sh -c 'curl "$AUXFLOW_SITE_URL/auxip.svc/Products"'`;

export function addSandbox(program: Command, terminal: Terminal, finish: Finish): void {
  withFaults(program.command('sandbox'))
    .argument('[command...]', 'after --: run this command with AUXFLOW_SITE_URL set, then stop; exit with its code')
    .usage('[options] [-- command...]')
    .description('Run stand-in services on this machine until stopped, or while a command runs')
    .option('--port <port>', 'port of the services (default: a free one)', port('--port'))
    .option('--store-port <port>', 'port of the object store (default: a free one)', port('--store-port'))
    .option('--catalogue <folder>', 'serve real names from a folder of lists instead of the built-in ones')
    .option(
      '--deltas <file>',
      'seconds by which ADF types widen the sensing time: `published`, or a JSON file (see docs/sandbox.md)',
    )
    .addOption(
      new Option('--sizes <sizes>', 'sizes of the files (default: small; tiny with --catalogue)').choices([
        'tiny',
        'small',
        'documented',
      ]),
    )
    .option(
      '--archives',
      'serve real archives under names of archives, for fetch --unpack (default: made-up bytes)',
      false,
    )
    .addOption(
      new Option('--profile <profile>', 'auxip.svc as recorded (adg) or by the AUXIP specification (icd)')
        .choices(['adg', 'icd'])
        .default('adg'),
    )
    // The name of --profile up to 0.1.0.
    .addOption(new Option('--dialect <profile>').choices(['adg', 'icd']).hideHelp())
    .addOption(
      new Option('--icd-download <form>', 'how $value answers under the AUXIP specification')
        .choices(['redirect', 'stream'])
        .default('redirect'),
    )
    .addOption(
      new Option('--gateway <mode>', 'response to an invalid token: redirect to a login page, or 401')
        .choices(['redirect', 'bearer-only'])
        .default('redirect'),
    )
    .addOption(
      new Option('--quota <quota>', 'quota limits as configured (never reached) or as documented')
        .choices(['configured', 'documented'])
        .default('configured'),
    )
    .option(
      '--connection-seconds <n>',
      'wait for a database connection in the scenario count-leak (default: 30)',
      wholeNumber('--connection-seconds', 0),
    )
    .option('--token-seconds <n>', 'lifetime of access tokens', wholeNumber('--token-seconds', 1))
    .option('--presigned-seconds <n>', 'lifetime of presigned addresses', wholeNumber('--presigned-seconds', 1))
    .addHelpText('after', EXAMPLES)
    .action(async (command: string[], { dialect, ...flags }: SandboxFlags) => {
      const { sandbox } = await import('../serve-sandbox');
      finish(await sandbox({ ...flags, ...(dialect && { profile: dialect }), command }, terminal, terminal));
    });
}

/** What is wrong with the services. */
function withFaults(command: Command): Command {
  return command
    .option(
      '--scenario <name>',
      'inject faults, e.g. truncated-body or expired-token@3+proxy-429 (see docs/sandbox.md)',
    )
    .option('--list-scenarios', 'print the name and effect of every scenario', false)
    .option('--mutant <name>', 'inject one defect into the services, to evaluate a test suite')
    .option('--list-mutants', 'print group, name and defect of every mutant', false);
}
