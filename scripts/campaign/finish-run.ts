import { exitCodeOf } from '../errors/exit-codes';
import type { Redactor } from '../lib/redact/redact';
import { verdictOf } from '../reports/run/verdict';
import type { Place } from '../session/run-events';
import { reportOf, writeReport, type RunResult } from './run-report-files';
import type { CommandContext } from '../session/context';

/** How every run ends: report written, errors and verdict told, the exit code they come to. */
export async function concludeRun(
  result: Omit<RunResult, 'exitCode' | 'finishedAt'>,
  { redactor, places, surroundings }: { redactor: Redactor; places: readonly Place[]; surroundings: CommandContext },
): Promise<number> {
  const { listener, now } = surroundings;
  const exitCode = exitCodeOf(result.errors);
  const report = reportOf({ ...result, exitCode, finishedAt: now() });
  await writeReport(report, result.folders.reports, redactor);
  for (const error of result.errors) listener({ type: 'finding', error });
  listener({ type: 'run-finished', exitCode, sentence: verdictOf(report).sentence, places });
  return exitCode;
}
