import { Command } from 'commander';
import { withLongOptions } from './arguments';
import { packageVersion } from '../lib/package-version';
import { addClusterVerbs } from './commands/cluster';
import { addCompletion } from './commands/completion';
import { addContract, addMergeReports } from './commands/contract';
import { addFetch } from './commands/fetch';
import { addInit } from './commands/init';
import { addLockVerbs } from './commands/lock';
import { addProcessorVerbs } from './commands/processor';
import { addRun, addTutorial } from './commands/run';
import { addSandbox } from './commands/sandbox';
import { addWatchVerbs } from './commands/watch';
import type { Finish, Terminal } from './commands/terminal';

/** The command line: a file of verbs/ for each group of verbs, with its options and help. */
export function createProgram(terminal: Terminal, finish: Finish): Command {
  const program = new Command('auxflow')
    .description(
      'Baselines and auxiliary data files for Sentinel reprocessing: Postman collections, Newman runs, verified downloads',
    )
    .version(packageVersion())
    .showHelpAfterError(false);
  for (const add of [
    ...[addRun, addFetch, addLockVerbs, addProcessorVerbs, addContract, addMergeReports, addWatchVerbs],
    ...[addClusterVerbs, addTutorial, addSandbox, addInit, addCompletion],
  ])
    add(program, terminal, finish);
  // Help needs no schema: what checks a config file is loaded for verbs.
  program.hook('preAction', async (_, command) => {
    const { settle } = await import('./settings/settings');
    terminal.notes.push(...settle(command, terminal.environment));
  });
  return program;
}

/** Parses the words of the command line and runs the verb they name. */
export async function parse(program: Command, words: readonly string[]): Promise<void> {
  await program.parseAsync(withLongOptions(words), { from: 'user' });
}
