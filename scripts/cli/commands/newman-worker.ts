import type { Command } from 'commander';
import { CHILD_VERB } from '../../newman/child-messages';

/** The verb that no user types: the process in which Newman runs (newman/run-in-child.ts). */
export function addNewmanWorker(program: Command): void {
  program.command(CHILD_VERB, { hidden: true }).action(async () => {
    const { runNewmanWorker } = await import('../../newman/newman-worker');
    await runNewmanWorker();
  });
}
