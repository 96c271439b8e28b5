import type { Command } from 'commander';
import { Failure } from '../../errors/errors';
import { wholeNumber } from '../arguments';

/** Where CI finds the report of a verb that writes one, and how many are kept. */
export function withKeeping(command: Command): Command {
  return command
    .option('--report-name <name>', 'name of a link, in the reports folder, to the latest report', reportName)
    .option('--keep-reports <n>', 'keep only this many of the newest reports', wholeNumber('--keep-reports', 1));
}

function reportName(text: string): string {
  if (/^(?!\d{8}T)[A-Za-z0-9][\w.-]*$/.test(text) && !/^(history\.jsonl|index\.html)$/.test(text)) return text;
  throw new Failure({
    code: 'USAGE',
    problem: `--report-name cannot be ${JSON.stringify(text)}.`,
    next: 'Use letters, digits, dots, dashes and underscores, as in nightly.',
  });
}
