import type { Command } from 'commander';

/** How a verb reports what happens: the same on every verb that has events. */
export function withFeedback(command: Command): Command {
  return command
    .option('--json', 'write events to standard output as JSON Lines', false)
    .option('-q, --quiet', 'print errors and requested results only', false)
    .option('--no-color', 'no colors (also with the variable NO_COLOR)')
    .option('--log-file <file>', 'append every line, with the time in UTC and without secrets, to a file');
}
