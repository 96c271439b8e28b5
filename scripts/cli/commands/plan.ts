import type { Command } from 'commander';
import type { Finish, Terminal } from '../terminal';
import { fetchWith, withCampaign, type FetchFlags } from './fetch';

export function addPlan(program: Command, terminal: Terminal, finish: Finish): void {
  withCampaign(program.command('plan'))
    .description('Show what fetch would download: files, bytes, disk space, quota, earliest finish')
    .action(async (flags: FetchFlags) => finish(await fetchWith(flags, 'plan', terminal)));
}
