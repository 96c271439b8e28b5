import type { AuxflowError } from '../errors/errors';
import type { RunStep } from '../newman/run-step';
import { causeOfSilence, failedChecks } from '../newman/step-errors';

/**
 * What went wrong in a run of a collection that is not ours: which answers are right, its own checks say. First what has a cause of its
 * own, then the failed checks as one error. A run without a check is not a good one.
 */
export function errorsOfCollection(steps: readonly RunStep[]): AuxflowError[] {
  const sent = steps.filter(({ skipped }) => !skipped);
  const checks = steps.flatMap(({ assertions }) => assertions);
  const failed = checks.filter(({ ok }) => !ok).length;
  const causes = sent.flatMap((step) => causeOf(step) ?? []);
  if (failed > 0)
    return [...causes, { code: 'CHECKS_FAILED', failed, total: checks.length, checks: failedChecks(checks) }];
  if (sent.length === 0) return [...causes, { code: 'NOTHING_TESTED', reason: 'no request was sent' }];
  if (checks.length === 0) return [...causes, { code: 'NOTHING_TESTED', reason: 'no check was made' }];
  return causes;
}

function causeOf(step: RunStep): AuxflowError | undefined {
  const { name, fault } = step;
  return (
    causeOfSilence(step) ?? (fault === undefined ? undefined : { code: 'SCRIPT_FAILED', step: name, reason: fault })
  );
}
