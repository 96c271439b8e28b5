import path from 'node:path';
import { errorsOf, type AuxflowError } from '../../errors/errors';
import { EXIT, exitCodeOf, worstExitCode } from '../../errors/exit-codes';
import type { CommandContext } from '../../session/context';
import { displayPath } from '../../session/display-path';
import { recorded } from '../../session/run-history';
import type { ContractReport } from '../report/contract-report';
import { contractSentence } from './contract-errors';
import { writeContractReport } from './contract-files';

interface Ending {
  /** Of the report. */
  readonly folder: string;
  readonly errors: readonly AuxflowError[];
  /** Exit code of what ended a part of the run, where its errors are not known. */
  readonly ended?: number;
}

/** Writes the report and tells what came of the run. Returns the exit code. */
export async function finishContract(
  report: ContractReport,
  { folder, errors, ended = EXIT.ok }: Ending,
  { listener, redactor, keeping }: CommandContext,
): Promise<number> {
  listener({ type: 'activity', text: 'writing the report' });
  const codeOf = (found: readonly AuxflowError[]): number => worstExitCode([exitCodeOf(found), ended]);
  const told = { ...report, exitCode: codeOf(errors) };
  const unwritten = await errorsOf(recorded(folder, writeContractReport(told, folder, redactor), keeping));
  listener({ type: 'contract-findings', findings: report.findings });
  for (const error of [...errors, ...unwritten]) listener({ type: 'finding', error });
  const exitCode = codeOf([...errors, ...unwritten]);
  const page = { what: 'report', where: displayPath(path.join(folder, 'contract.html')) };
  const places = unwritten.length === 0 ? [page] : [];
  listener({ type: 'run-finished', exitCode, sentence: contractSentence(report), places });
  return exitCode;
}
