import type { Command } from 'commander';
import { withPlaces } from '../options/request-options';
import { TUTORIAL_VERB } from '../settings/setting-option';
import type { Finish, Terminal } from '../terminal';
import { runWith, type RunFlags } from './run';

/** The tutorial's request: one day of S3OLCI, unit A, for L2LFR. */
const TUTORIAL = {
  mission: 'S3OLCI',
  unit: 'A',
  product_type: 'L2LFR',
  start: '2024-02-29T23:59:59Z',
  stop: '2024-03-02T00:00:00Z',
};

/** `npm start`: the sandbox has its own account, whatever the user has set for production. */
export function addTutorial(program: Command, terminal: Terminal, finish: Finish): void {
  withPlaces(program.command(TUTORIAL_VERB))
    .description("Run the tutorial's own request on the sandbox (the same as npm start)")
    .action(async (flags: RunFlags) =>
      finish(await runWith({ ...flags, ...TUTORIAL }, { ...terminal, environment: {} })),
    );
}
