import { describe, expect, test } from 'vitest';
import type { ResponseClass } from '../../scripts/services/classify-response';
import { nextDelay, RETRY_POLICY, retryAfterDelay, retryClassOf, type Outcome } from '../../scripts/services/retry';

const NOW = Date.parse('2024-03-01T12:00:00Z');
const answer = (kind: ResponseClass, retryAfter?: string): Outcome => ({ kind, status: 0, form: '', retryAfter });

describe('what is worth another attempt', () => {
  const cases: [string, Outcome, ReturnType<typeof retryClassOf>][] = [
    ...(['success', 'redirect', 'login', 'role-missing', 'unknown-id', 'refused'] as const).map(
      (kind): [string, Outcome, undefined] => [kind, answer(kind), undefined],
    ),
    ['the quota', answer('quota'), 'quota'],
    ['busy', answer('busy'), 'busy'],
    ['a fault', answer('fault'), 'fault'],
    ['connection reset', { broken: 'ECONNRESET' }, 'broken'],
    ['name not resolved', { broken: 'ENOTFOUND' }, 'broken'],
    ['expired certificate', { broken: 'CERT_HAS_EXPIRED' }, undefined],
    ['self-signed certificate', { broken: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, undefined],
  ];
  test.each(cases)('%s', (_name, seen, wanted) => expect(retryClassOf(seen)).toBe(wanted));
});

describe('Retry-After', () => {
  const cases: [string, string | undefined, number | undefined][] = [
    ['absent', undefined, undefined],
    ['empty', '', undefined],
    ['seconds', '7', 7000],
    ['blanks around', ' 7 ', 7000],
    ['zero', '0', 0],
    ['fraction', '1.5', undefined],
    ['negative', '-3', undefined],
    ['words', 'soon', undefined],
    ['HTTP date', 'Fri, 01 Mar 2024 12:00:30 GMT', 30_000],
    ['RFC 850 date', 'Friday, 01-Mar-24 12:00:30 GMT', 30_000],
    ['date in the past', 'Fri, 01 Mar 2024 11:00:00 GMT', 0],
  ];
  test.each(cases)('%s', (_name, header, wanted) => expect(retryAfterDelay(header, NOW)).toBe(wanted));
});

describe('the wait before the next attempt', () => {
  const wait = (seen: Outcome, attempt: number, random = 0) => nextDelay(seen, attempt, { now: NOW, random });

  test('grows from one attempt to the next', () => {
    expect([1, 2, 3, 4, 5].map((attempt) => wait(answer('busy'), attempt))).toEqual([1000, 2000, 4000, 8000, 16000]);
  });
  test('chance adds up to a half and never takes away', () => {
    expect(wait(answer('busy'), 1, 0.999)).toBeCloseTo(1499.5);
  });
  test('for the quota is always more than 10 s (auxip.md#quota)', () => {
    expect([1, 2].map((attempt) => wait(answer('quota'), attempt))).toEqual([11_000, 11_000]);
  });
  test('is as long as the server asks, when that is longer', () => {
    expect(wait(answer('busy', '60'), 1)).toBe(60_000);
    expect(wait(answer('busy', '0'), 1)).toBe(1000);
  });
  test('ends when the server asks for more than the longest wait', () => {
    expect(wait(answer('busy', '3600'), 1)).toBeUndefined();
  });
  test('ends with the last attempt', () => {
    expect(wait(answer('busy'), RETRY_POLICY.busy.attempts)).toBeUndefined();
    expect(wait(answer('fault'), 1)).toBeDefined();
    expect(wait(answer('fault'), 2)).toBeUndefined();
  });
  test('is not there for what no attempt can cure', () => {
    expect(wait(answer('refused'), 1)).toBeUndefined();
    expect(wait(answer('unknown-id'), 1)).toBeUndefined();
  });
});
