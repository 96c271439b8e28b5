import { Argument, type Command } from 'commander';
import { completionScript, SHELLS, type Shell } from '../completion/scripts';
import { verbTable } from '../completion/verb-table';
import type { Finish, Terminal } from '../terminal';

export function addCompletion(program: Command, { out }: Terminal, finish: Finish): void {
  program
    .command('completion')
    .description('Print a completion script for a shell, e.g. for bash: source <(auxflow completion bash)')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .action((shell: Shell) => {
      out.write(completionScript(shell, verbTable(program)));
      finish(0);
    });
}
