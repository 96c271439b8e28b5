import { expect, test } from 'vitest';
import { exitCodeOf } from '../../scripts/errors/exit-codes';
import type { RunStep } from '../../scripts/newman/run-step';
import { errorsOfSteps } from '../../scripts/newman/step-errors';

const STEP: RunStep = {
  ...{ name: 'Get a token', folder: '0 Authenticate', iteration: 0, method: 'POST', url: 'http://127.0.0.1:9/token' },
  ...{ reason: '', startedAt: 0, milliseconds: 1, bytes: 1, skipped: false },
  assertions: [{ name: 'Status is 200', ok: false }],
};
const LOGIN: RunStep = { ...STEP, method: 'GET', url: 'http://127.0.0.1:9/rdb.svc', status: 302, kind: 'login' };

test.each<[what: string, token: Partial<RunStep>, exitCode: number, first: string]>([
  ['that is busy', { status: 503, kind: 'busy' }, 5, 'SERVICE_BUSY'],
  ['that gives no answer', { fault: 'ECONNRESET' }, 5, 'NETWORK'],
  ['under maintenance', { status: 302, kind: 'redirect', location: 'http://127.0.0.1:9/soon' }, 5, 'REDIRECTED'],
  [
    'that leads to itself',
    { status: 302, kind: 'login', location: 'http://127.0.0.1:9/auth/realms/x' },
    5,
    'REDIRECTED',
  ],
  ['whose 200 has no token', { status: 200, kind: 'success' }, 1, 'CHECKS_FAILED'],
  ['that refuses', { status: 401, kind: 'role-missing' }, 3, 'TOKEN_REFUSED'],
])('a token endpoint %s is the cause of the login page after it', (_what, token, exitCode, first) => {
  const errors = errorsOfSteps([{ ...STEP, ...token }, LOGIN]);
  expect([exitCodeOf(errors), errors[0]?.code]).toEqual([exitCode, first]);
  expect(errors.map(({ code }) => code)).not.toContain('LOGIN_PAGE');
});

test('a token that was granted and is not accepted: a login page', () => {
  const granted: RunStep = { ...STEP, status: 200, assertions: [{ name: 'Status is 200', ok: true }] };
  expect(exitCodeOf(errorsOfSteps([granted, LOGIN]))).toBe(3);
  // Another row had no token; this row had.
  const busy: RunStep = { ...STEP, iteration: 1, status: 503, kind: 'busy' };
  expect(exitCodeOf(errorsOfSteps([granted, LOGIN, busy]))).toBe(3);
});
