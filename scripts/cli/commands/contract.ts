import { Option, type Command } from 'commander';
import { REQUEST_KINDS } from '../../newman/request-kind';
import { secondsByKind, wholeNumber } from '../arguments';
import type { ContractOptions } from '../../contract-suite/run/run-contract';
import { withNetwork } from './network-options';
import { surroundingsOf, type Finish, type Terminal } from './terminal';

type ContractFlags = ContractOptions & { json: boolean; list: boolean };

const EXAMPLES = `
Examples:
  auxflow contract
  auxflow contract --list --grep subscription
  auxflow contract --folder "auxip.svc queries" --site-url http://127.0.0.1:8080
  ADG_USER=… ADG_PASSWORD=… auxflow contract --env production`;

export function addContract(program: Command, terminal: Terminal, finish: Finish): void {
  withNetwork(program.command('contract'))
    .description('whether the services keep what they promise: form, errors, and whether the answers are true')
    .option('--env <name>', 'sandbox, production, or an environment file', 'sandbox')
    .option('--site-url <url>', 'another site with the same paths, e.g. a running sandbox')
    .addOption(
      new Option('--profile <profile>', 'measured by what was recorded, or by the official specification')
        .choices(['adg', 'icd'])
        .default('adg'),
    )
    .option('--folder <names...>', 'only these resources, or those that begin so')
    .option('--grep <text>', 'only cases with this in their id or name, and what they build on')
    .option('--list', 'print the cases and what each costs a real service; sends nothing', false)
    .option('--shards <n>', 'runs of Newman side by side', wholeNumber('--shards', 1), 2)
    .option('--pace <n>', 'requests per second at most (5; no limit on a sandbox)', wholeNumber('--pace', 1))
    .option('--intrusive', 'send also what costs a real service something: counts, failed logins, exceptions')
    .option('--no-intrusive', 'ask a sandbox only for what a real service would be asked for')
    .option('--bail', 'stop at the first broken promise (one shard)', false)
    .option('--seed <n>', 'draws what is looked at of the catalogue; the date, when left out', wholeNumber('--seed', 0))
    .option(
      '--max-seconds <kind=seconds>',
      `a slower answer is a finding; kinds: ${REQUEST_KINDS.join(', ')}`,
      secondsByKind('--max-seconds', REQUEST_KINDS),
      {},
    )
    .option('--timeout <seconds>', 'longest wait for one answer', wholeNumber('--timeout', 1), 120)
    .option('--reports <folder>', 'where reports go', 'reports')
    .option('--json', 'events as JSON Lines on standard output', false)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Omit<ContractFlags, 'folder'> & { folder?: string[] }) => {
      const options = { ...flags, folder: flags.folder ?? [] };
      const surroundings = surroundingsOf(terminal, flags);
      if (flags.list) {
        const { listCases } = await import('../../contract-suite/run/list-cases');
        finish(listCases(options, surroundings));
        return;
      }
      const { contract } = await import('../../contract-suite/run/run-contract');
      finish(await contract(options, surroundings));
    });
}
