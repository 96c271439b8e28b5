import type { Command } from 'commander';
import { manPage } from '../cli/completion/man-page';
import { verbTable } from '../cli/completion/verb-table';
import { createProgram } from '../cli/program';
import { createRedactor } from '../lib/redact/redact';

/** The command line with all its options, to be read and not to be run. */
export function describedProgram(): Command {
  return createProgram(
    {
      out: process.stdout,
      err: process.stderr,
      environment: {},
      signal: new AbortController().signal,
      redactor: createRedactor([]),
      notes: [],
      listener: () => () => undefined,
    },
    () => undefined,
  );
}

/** man/auxflow.1, from the options of the command line. */
export function manFiles(): Map<string, string> {
  const program = describedProgram();
  return new Map([['man/auxflow.1', manPage(program.description(), verbTable(program))]]);
}
