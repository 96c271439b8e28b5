import { asked, Failure, toError } from '../errors/errors';
import { classifyResponse, gatewayAnswer } from './classify-response';
import { parseErrorBody } from './error-body';
import { sleep } from './interruption';
import {
  leftAloneUntil,
  nextDelay,
  RETRY_POLICY,
  retryClassOf,
  wasNeverSent,
  type RetryPolicy,
  type Outcome,
} from './retry';
import type { Answer } from './transport';
import { withoutQuery } from '../lib/without-query';
import { networkFailure } from './network-failure';

export interface RetryOptions {
  method: 'GET' | 'POST';
  url: string;
  patience?: RetryPolicy;
  signal?: AbortSignal;
}

/**
 * Sends, and sends again where retry.ts says that it may help. Returns the first answer that is no trouble.
 * @throws Failure QUOTA_EXHAUSTED, SERVICE_BUSY or NETWORK with the number of attempts; INTERRUPTED
 */
export async function retrying(send: () => Promise<Answer>, options: RetryOptions): Promise<Answer> {
  const { patience = RETRY_POLICY, signal } = options;
  for (let attempt = 1; ; attempt++) {
    const { answer, seen } = await observe(send);
    const delay = nextDelay(seen, attempt, { now: Date.now(), random: Math.random(), patience });
    if (delay !== undefined) {
      await sleep(delay, signal);
    } else if (answer && !retryClassOf(seen)) {
      return answer;
    } else {
      throw givenUp(seen, options, attempt, patience);
    }
  }
}

async function observe(send: () => Promise<Answer>): Promise<{ answer?: Answer; seen: Outcome }> {
  try {
    const answer = await send();
    return { answer, seen: seenAnswer(answer) };
  } catch (error) {
    if (error instanceof Failure && error.detail.code === 'NETWORK') return { seen: { broken: error.detail.reason } };
    throw error;
  }
}

/** An answer as the retry rules see it. Bodies of success are not looked into. */
export function seenAnswer(answer: Pick<Answer, 'status' | 'header' | 'text'>): Outcome {
  const { status, text } = answer;
  const kind = classifyResponse(gatewayAnswer(answer));
  if (status < 400) return { kind, status, form: '' };
  return { kind, status, form: parseErrorBody(text).form, retryAfter: answer.header('retry-after') };
}

/** Whether what was thrown shows that no request can have reached the service. */
export function isUnsent(thrown: unknown): boolean {
  const error = toError(thrown);
  return error.code === 'NETWORK' && wasNeverSent(error.reason);
}

/** The failure after the last attempt. */
export function givenUp(
  seen: Outcome,
  { method, url }: { method: string; url: string },
  attempts: number,
  patience: RetryPolicy = RETRY_POLICY,
): Failure {
  const request = { method, url: withoutQuery(asked(method, url).url) };
  const comeBack = leftAloneUntil(seen, Date.now(), patience);
  if ('broken' in seen) return new Failure(networkFailure(seen.broken, { ...request, attempts }));
  if (retryClassOf(seen) === 'quota') return new Failure({ code: 'QUOTA_EXHAUSTED', ...request, attempts, comeBack });
  return new Failure({ code: 'SERVICE_BUSY', ...request, status: seen.status, attempts, form: seen.form, comeBack });
}
