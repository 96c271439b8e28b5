import path from 'node:path';
import type { Command } from 'commander';
import type { Finish, Terminal } from '../terminal';

export function addInit(program: Command, { out }: Terminal, finish: Finish): void {
  program
    .command('init [folder]')
    .description('Write collections, environments and auxflow.config.json into a folder; overwrites nothing')
    .action(async (given: string | undefined) => {
      const folder = given ?? '.';
      const { initFolder } = await import('../init-folder');
      for (const name of await initFolder(folder)) out.write(`${path.join(folder, name)}\n`);
      out.write(`Next: ${path.normalize(folder) === '.' ? '' : `cd ${folder} && `}auxflow doctor\n`);
      finish(0);
    });
}
