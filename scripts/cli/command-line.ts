/** Arguments in, exit code out. Nothing else ends the process, and nothing else prints errors. */
import { setMaxListeners } from 'node:events';
import { CommanderError } from 'commander';
import { Failure, toError, type AuxflowError } from '../errors/errors';
import { EXIT, exitCodeOf } from '../errors/exit-codes';
import { loadDotEnv } from './settings/dotenv';
import { createRedactor, type Redactor } from '../lib/redact/redact';
import { ownWords } from './arguments';
import { createProgram, parse } from './program';
import type { Terminal } from './terminal';
import { chooseListener } from './output/choose-listener';
import { logFile, type LogFile } from './output/log-file';
import { jsonLines } from './output/listeners';
import { annotationOf, errorCommand } from './output/github';
import { errorText } from './output/error-text';
import { stopWhenLost, type LostOutput } from './output/standard-output';

async function main(words: readonly string[], interruption: AbortController): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interruption.abort(new Failure({ code: 'INTERRUPTED', signal })));
  }
  const redactor = createRedactor([]);
  let log: LogFile | undefined;
  const terminal: Terminal = {
    out: process.stdout,
    err: process.stderr,
    environment: process.env,
    signal: interruption.signal,
    redactor,
    notes: [],
    listener: (feedback) => {
      log = feedback.logFile === undefined ? undefined : logFile(feedback.logFile);
      return chooseListener(process.stdout, feedback, log?.listener);
    },
  };
  let exitCode: number = EXIT.ok;
  const program = createProgram(terminal, (code) => (exitCode = code));
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  }
  try {
    loadDotEnv(process.env);
    for (const name of SECRET_VARIABLES) {
      const secret = process.env[name];
      if (secret) redactor.add(secret);
    }
    await parse(program, words);
    return exitCode;
  } catch (thrown) {
    // Help and version end the parsing like an error, with code 0.
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT.ok;
    return tell(thrown instanceof CommanderError ? misused(thrown, words) : toError(thrown), thrown, {
      words,
      redactor,
      log,
    });
  }
}

const SECRET_VARIABLES = ['ADG_PASSWORD', 'ADG_PASSW', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

function misused(thrown: CommanderError, words: readonly string[]): AuxflowError {
  const isUnknown = thrown.code === 'commander.unknownCommand';
  const verb = isUnknown ? undefined : words.find((word) => !word.startsWith('-'));
  const problem = thrown.code === 'commander.help' ? 'No command is given.' : thrown.message.replace(/^error: /, '');
  return { code: 'USAGE', problem, next: `See auxflow ${verb ? `${verb} ` : ''}--help.` };
}

function tell(
  error: AuxflowError,
  thrown: unknown,
  { words, redactor, log }: { words: readonly string[]; redactor: Redactor; log: LogFile | undefined },
): number {
  const shown = redactor.shown(error);
  if (ownWords(words).includes('--json')) jsonLines(process.stdout)({ type: 'finding', error: shown });
  const text = errorText(shown);
  process.stderr.write(`${text}\n`);
  log?.write(text);
  if (process.env.GITHUB_ACTIONS === 'true') process.stderr.write(`${errorCommand(annotationOf(shown))}\n`);
  if (process.env.AUXFLOW_DEBUG && thrown instanceof Error)
    process.stderr.write(`${redactor.text(thrown.stack ?? '')}\n`);
  return exitCodeOf([error]);
}

const OUTPUTS = [process.stdout, process.stderr];

/** What is written to a pipe stays in this process until the reader takes it, and would be lost with it. */
function taken(output: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => void output.write('', () => resolve()));
}

/** The exit code, once all that was told is out. */
async function settled(exitCode: number, lost: LostOutput): Promise<number> {
  await Promise.all(OUTPUTS.map(taken));
  const problem = lost.problem();
  if (!problem) return exitCode;
  process.stderr.write(`${errorText(problem)}\n`);
  await taken(process.stderr);
  return exitCodeOf([problem]);
}

const interruption = new AbortController();
// Whatever runs listens to it, and there may be any number of requests at once.
setMaxListeners(0, interruption.signal);
const lost = stopWhenLost(process.stdout, interruption);
// There is nowhere left to tell of it; the exit code does.
process.stderr.on('error', () => undefined);

void main(process.argv.slice(2), interruption).then(async (exitCode) => {
  process.exitCode = await settled(exitCode, lost);
  process.exit();
});
