import type { Command } from 'commander';
import type { Finish, Terminal } from './terminal';

export function addGenerate(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('generate')
    .description('write schemas, collections and environments anew from the services’ metadata')
    .option('--check', 'change nothing; fail if anything would change', false)
    .action(async (flags: { check: boolean }) => {
      const { generate } = await import('../commands/generate');
      finish(await generate(flags, terminal.out));
    });
}
