import { Command, Help, type Option } from 'commander';
import { withLongOptions } from './arguments';
import { packageVersion } from '../lib/package-version';
import { addCheck } from './commands/check';
import { addCompletion } from './commands/completion';
import { addContract } from './commands/contract';
import { addDiff } from './commands/diff';
import { addDoctor } from './commands/doctor';
import { addDrift } from './commands/drift';
import { addExport } from './commands/export';
import { addFetch } from './commands/fetch';
import { addImpact } from './commands/impact';
import { addInit } from './commands/init';
import { addLedger } from './commands/ledger';
import { addMergeReports } from './commands/merge-reports';
import { addPlan } from './commands/plan';
import { addRecord } from './commands/record';
import { addReport } from './commands/report';
import { addRun } from './commands/run';
import { addSandbox } from './commands/sandbox';
import { addStatus } from './commands/status';
import { addTutorial } from './commands/tutorial';
import { addVerify } from './commands/verify';
import { addWorker } from './commands/worker';
import type { Finish, Terminal } from './terminal';

/** The command line: a file of commands/ for each verb; help lists them in this order. */
export function createProgram(terminal: Terminal, finish: Finish): Command {
  const program = new Command('auxflow')
    .description(
      'Baselines and auxiliary data files for Sentinel reprocessing: Postman collections, Newman runs, verified downloads',
    )
    .version(packageVersion())
    .showHelpAfterError(false)
    .configureHelp({ optionDescription });
  for (const add of [
    ...[addRun, addPlan, addFetch, addVerify, addExport, addDiff, addImpact, addReport, addCheck],
    ...[addContract, addMergeReports, addDoctor, addDrift, addRecord],
    ...[addWorker, addLedger, addStatus, addTutorial, addSandbox, addInit, addCompletion],
  ])
    add(program, terminal, finish);
  // Help needs no schema: what checks a config file is loaded for verbs.
  program.hook('preAction', async (_, command) => {
    const { settle } = await import('./settings/settings');
    terminal.notes.push(...settle(command, terminal.environment));
  });
  return program;
}

/** Of an option in help, without the defaults that say nothing: a switch is off, a list is empty. */
function optionDescription(option: Option): string {
  return new Help().optionDescription(option).replace(/ \(default: (false|\[\])\)$/, '');
}

/** Parses the words of the command line and runs the verb they name. */
export async function parse(program: Command, words: readonly string[]): Promise<void> {
  await program.parseAsync(withLongOptions(words), { from: 'user' });
}
