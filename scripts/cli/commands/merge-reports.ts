import type { Command } from 'commander';
import type { MergeOptions } from '../../contract-suite/run/merge-reports';
import type { ReportKeeping } from '../../session/report-keeping';
import { withSignalsAsUsualThroughout } from '../../errors/signals-as-usual';
import { withFeedback } from '../options/feedback-options';
import { withKeeping } from '../options/keeping-options';
import { withReports } from '../options/site-options';
import type { Feedback } from '../output/choose-listener';
import { contextOf, type Finish, type Terminal } from '../terminal';

export function addMergeReports(program: Command, terminal: Terminal, finish: Finish): void {
  withKeeping(withFeedback(withReports(program.command('merge-reports <folders...>'))))
    .description('Merge the reports of all `contract --shard` parts of a run into the report of the whole, offline')
    .option('--out <folder>', 'folder of the merged report (default: a new one in --reports)')
    .action(async (places: string[], flags: MergeOptions & ReportKeeping & Feedback) => {
      const { mergeReports } = await import('../../contract-suite/run/merge-reports');
      // As `report`: nothing is asked, and what is read is still there.
      finish(await withSignalsAsUsualThroughout(() => mergeReports(places, flags, contextOf(terminal, flags))));
    });
}
