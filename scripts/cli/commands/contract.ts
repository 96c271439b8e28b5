import { Option, type Command } from 'commander';
import { REQUEST_KINDS } from '../../newman/request-kind';
import { secondsByKind, shard, wholeNumber } from '../arguments';
import type { ContractOptions } from '../../contract-suite/run/run-contract';
import type { Feedback } from '../output/choose-listener';
import { withFeedback } from '../options/feedback-options';
import { withKeeping } from '../options/keeping-options';
import type { ReportKeeping } from '../../session/report-keeping';
import { withReports, withSiteOptions, type SiteFlags } from '../options/site-options';
import { contextOf, type Finish, type Terminal } from '../terminal';

type ContractFlags = ContractOptions & ReportKeeping & SiteFlags & Feedback & { list: boolean };

const EXAMPLES = `
Examples:
  auxflow contract
  auxflow contract --list --grep subscription
  auxflow contract --cases cases/ --folder own
  auxflow contract --folder "auxip.svc queries" --site-url http://127.0.0.1:8080
  ADG_USER=… ADG_PASSWORD=… auxflow contract --env production`;

export function addContract(program: Command, terminal: Terminal, finish: Finish): void {
  withKeeping(withFeedback(withReports(withSiteOptions(program.command('contract')))))
    .description('Run the contract test suite: response formats, errors, and whether the data are correct')
    .addOption(
      new Option('--profile <profile>', 'test against recorded behaviour (adg) or the AUXIP specification (icd)')
        .choices(['adg', 'icd'])
        .default('adg'),
    )
    .option('--folder <names...>', 'run only folders with these names or prefixes')
    .option('--cases <folder>', 'also run the cases in this folder or file, in YAML or JSON (docs/own-cases.md)')
    .option('--grep <text>', 'run only cases with this text in their id or name, and the cases they depend on')
    .option('--list', 'list the cases and what each costs a real service, without sending anything', false)
    .option('--shards <n>', 'Newman processes to run in parallel', wholeNumber('--shards', 1), 2)
    .option(
      '--shard <i/n>',
      'run the i-th of n parts, each on a machine of its own (see merge-reports)',
      shard('--shard'),
    )
    .option('--pace <n>', 'maximum requests per second (default: 5, no limit on a sandbox)', wholeNumber('--pace', 1))
    .option('--intrusive', 'also send requests that burden a real service: counts, failed logins, exceptions')
    .option('--no-intrusive', 'send a sandbox only the requests that a real service would get')
    .option('--bail', 'stop at the first broken case (uses one shard)', false)
    .option('--seed <n>', 'random seed for sampling the catalogue (default: the date)', wholeNumber('--seed', 0))
    .addOption(
      new Option(
        '--max-seconds <kind=seconds>',
        `report slower responses as findings; repeatable; kinds: ${REQUEST_KINDS.join(', ')}`,
      )
        .argParser(secondsByKind('--max-seconds', REQUEST_KINDS))
        .default({}, 'no limit'),
    )
    .option('--timeout <seconds>', 'maximum time for one response', wholeNumber('--timeout', 1), 120)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Omit<ContractFlags, 'folder'> & { folder?: string[] }) => {
      const options = { ...flags, folder: flags.folder ?? [] };
      const context = contextOf(terminal, flags);
      if (flags.list) {
        const { listCases } = await import('../../contract-suite/run/list-cases');
        finish(await listCases(options, context));
        return;
      }
      const { contract } = await import('../../contract-suite/run/run-contract');
      finish(await contract(options, context));
    });
}
