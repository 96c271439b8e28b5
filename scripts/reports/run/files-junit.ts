import { junit, type JunitOutcome } from '../junit/junit';
import { junitRun, type ReportedRun } from './junit-run';
import type { ReportedFile, RunReport } from './run-report';

/**
 * JUnit XML of the auxiliary files, one test case each, to stand beside that of the checks: CI systems count and list them. A file
 * that was left out counts as skipped.
 */
export function filesJunit(report: ReportedRun & Pick<RunReport, 'files'>): string {
  const cases = report.files.map((file) => {
    const { name, type: classname = 'other', seconds = 0 } = file;
    return { classname, name, seconds, outcome: outcomeOf(file) };
  });
  return junit([{ name: 'Auxiliary files', cases }], junitRun(report));
}

function outcomeOf({ name, status, error = 'failed', bytes, md5, neededBy }: ReportedFile): JunitOutcome | undefined {
  if (status === 'not-fetched') return { is: 'skipped', message: 'not fetched' };
  if (status !== 'failed') return undefined;
  const facts = [
    `Size: ${bytes} bytes`,
    md5 === undefined ? [] : `MD5: ${md5}`,
    `Needed by: ${neededBy} Level-0`,
  ].flat();
  return { is: 'failure', type: 'FileFailure', message: error, text: [error, name, ...facts].join('\n') };
}
