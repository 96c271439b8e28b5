import type { Command } from 'commander';
import { withSignalsAsUsualThroughout } from '../../errors/signals-as-usual';
import type { Finish, Terminal } from '../terminal';

export function addReport(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('report <folder>')
    .description('Rebuild the pages of a report folder offline from what was saved in it')
    .action(async (folder: string) => {
      const { rebuildReport } = await import('../rebuild-report');
      // Nothing is asked and the old pages stay: large reports need not be waited for.
      finish(await withSignalsAsUsualThroughout(() => rebuildReport(folder, terminal.out)));
    });
}
