import { redirected, type AuxflowError, type FailedCheck } from '../errors/errors';
import { limitExceeded } from './answer-limit';
import type { RunStep } from './run-step';
import { networkFailure } from '../services/network-failure';
import { withoutQuery } from '../lib/without-query';

/** What went wrong in a collection run, as errors with causes; failed checks that have no other cause come as one error. */
export function errorsOfSteps(steps: readonly RunStep[]): AuxflowError[] {
  const sent = steps.filter((step) => !step.skipped);
  const checks = steps.flatMap((step) => step.assertions);
  const failed = checks.filter((check) => !check.ok).length;
  const causes = withoutConsequences(sent).flatMap((step) => causeOf(step) ?? []);
  if (sent.length === 0) return [...causes, { code: 'NOTHING_TESTED', reason: 'every request was skipped' }];
  if (checks.length === 0) return [...causes, { code: 'NOTHING_TESTED', reason: 'no check was made' }];
  return failed > 0
    ? [...causes, { code: 'CHECKS_FAILED', failed, total: checks.length, checks: failedChecks(checks) }]
    : causes;
}

/** Without a token every request leads to the login page: where none was granted, that is what is told. */
function withoutConsequences(sent: readonly RunStep[]): RunStep[] {
  const tokenless = new Set(sent.filter(isWithoutToken).map(({ iteration }) => iteration));
  return sent.filter(
    ({ kind, method, iteration }) => kind !== 'login' || method === 'POST' || !tokenless.has(iteration),
  );
}

function isWithoutToken({ method, status, assertions }: RunStep): boolean {
  return method === 'POST' && (status !== 200 || assertions.some(({ ok }) => !ok));
}

/** Each name once: a campaign of many batches fails the same check in all of them. */
export function failedChecks(checks: RunStep['assertions']): FailedCheck[] {
  const failed = new Map<string, FailedCheck>();
  for (const { name, ok, message } of checks) {
    if (ok) continue;
    const known = failed.get(name);
    failed.set(name, known ? { ...known, times: known.times + 1 } : { name, times: 1, message });
  }
  return [...failed.values()].sort((a, b) => b.times - a.times);
}

/** Why a request has no answer, or one that is too large to be read; undefined where it has one. */
export function causeOfSilence({ method, url, status, fault }: RunStep): AuxflowError | undefined {
  const maxBytes = limitExceeded(fault);
  if (maxBytes !== undefined) return { code: 'ANSWER_OVER_LIMIT', method, url, maxBytes };
  if (status !== undefined) return undefined;
  return networkFailure(fault ?? 'no answer', { method, url: withoutQuery(url), attempts: 1 });
}

function causeOf(step: RunStep): AuxflowError | undefined {
  const { method, url, status, kind } = step;
  const silence = causeOfSilence(step);
  if (silence || status === undefined) return silence;
  if (kind === 'quota' || kind === 'busy')
    return { code: 'SERVICE_BUSY', method, url, status, attempts: 1, form: step.mediaType ?? '' };
  if (method === 'POST' && status >= 400 && status < 500)
    return { code: 'TOKEN_REFUSED', method, url, status, error: step.reason };
  // The token endpoint itself lies next to the login page: a redirect from it leads astray.
  if (kind === 'login' && method !== 'POST') return { code: 'LOGIN_PAGE', method, url, status };
  if (isAstray(step)) return redirected(method, url, status, step.location).detail;
  if (kind === 'role-missing') return { code: 'ROLE_MISSING', method, url, status, role: 'download' };
  if (status === 500 && kind === 'unknown-id') return { code: 'NOT_FOUND', method, url, what: 'The entry' };
  if (step.fault !== undefined) return { code: 'SCRIPT_FAILED', step: step.name, reason: step.fault };
  return undefined;
}

/** A redirect that its checks do not take: the one of `$value` to the store is as it should be. */
function isAstray({ status = 0, location, assertions }: RunStep): boolean {
  return status >= 300 && status < 400 && location !== undefined && assertions.some(({ ok }) => !ok);
}
