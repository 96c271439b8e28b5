import type { Command } from 'commander';
import { unlessInterrupted } from '../../services/interruption';
import { withFeedback } from '../options/feedback-options';
import type { Feedback } from '../output/choose-listener';
import { contextOf, type Finish, type Terminal } from '../terminal';

export function addImpact(program: Command, terminal: Terminal, finish: Finish): void {
  withFeedback(program.command('impact <folders|locks...>'))
    .description('List offline the Level-0 products of these campaigns that used an auxiliary file')
    .requiredOption('--adf <names...>', 'names of auxiliary files, with or without extension')
    .action(async (places: string[], flags: Feedback & { adf: string[] }) => {
      const { impact } = await import('../../campaign/history/run-impact');
      finish(await unlessInterrupted(terminal.signal, () => impact(places, flags, contextOf(terminal, flags))));
    });
}
