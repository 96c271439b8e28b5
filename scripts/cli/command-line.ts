/** Arguments in, exit code out. Nothing else ends the process, and nothing else prints errors. */
import { CommanderError } from 'commander';
import { Failure, toError, type AuxflowError } from '../errors/errors';
import { EXIT, exitCodeOf } from '../errors/exit-codes';
import { createRedactor, type Redactor } from '../lib/redact/redact';
import { ownWords } from './arguments';
import { createProgram, parse } from './program';
import type { Terminal } from './commands/terminal';
import { chooseListener } from './output/choose-listener';
import { errorText } from './output/error-text';

async function main(words: readonly string[]): Promise<number> {
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interruption.abort(new Failure({ code: 'INTERRUPTED', signal })));
  }
  const { ADG_PASSWORD = '', ADG_PASSW = '' } = process.env;
  const redactor = createRedactor([ADG_PASSWORD, ADG_PASSW]);
  const terminal: Terminal = {
    out: process.stdout,
    err: process.stderr,
    environment: process.env,
    signal: interruption.signal,
    redactor,
    listener: (feedback) => chooseListener(process.stdout, feedback),
  };
  let exitCode: number = EXIT.ok;
  const program = createProgram(terminal, (code) => (exitCode = code));
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  }
  try {
    await parse(program, words);
    return exitCode;
  } catch (thrown) {
    // Help and version end the parsing like an error, with code 0.
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT.ok;
    return tell(thrown instanceof CommanderError ? misused(thrown, words) : toError(thrown), thrown, {
      words,
      redactor,
    });
  }
}

function misused(thrown: CommanderError, words: readonly string[]): AuxflowError {
  const verb = words.find((word) => !word.startsWith('-'));
  const problem = thrown.code === 'commander.help' ? 'No command is given.' : thrown.message.replace(/^error: /, '');
  return { code: 'USAGE', problem, next: `See auxflow ${verb ? `${verb} ` : ''}--help.` };
}

function tell(
  error: AuxflowError,
  thrown: unknown,
  { words, redactor }: { words: readonly string[]; redactor: Redactor },
): number {
  const shown = redactor.shown(error);
  if (ownWords(words).includes('--json'))
    process.stdout.write(`${JSON.stringify({ type: 'finding', error: shown })}\n`);
  process.stderr.write(`${errorText(shown)}\n`);
  if (process.env.AUXFLOW_DEBUG && thrown instanceof Error)
    process.stderr.write(`${redactor.text(thrown.stack ?? '')}\n`);
  return exitCodeOf([error]);
}

const OUTPUTS = [process.stdout, process.stderr];

// A reader that goes away (`auxflow run … | head`) is no fault.
for (const output of OUTPUTS) output.on('error', () => process.exit());

/** What is written to a pipe stays in this process until the reader takes it, and would be lost with it. */
function taken(output: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => void output.write('', () => resolve()));
}

void main(process.argv.slice(2)).then(async (exitCode) => {
  process.exitCode = exitCode;
  await Promise.all(OUTPUTS.map(taken));
  process.exit();
});
