/** Asks one question after another, at a pace, and stops where a service is in trouble. */
import { asked, Failure, toError, type AuxflowError } from '../../errors/errors';
import { sleep, throwIfInterrupted } from '../../services/interruption';
import { classifyResponse, gatewayAnswer } from '../../services/classify-response';
import { parseErrorBody } from '../../services/error-body';
import type { ServiceName } from '../../services/services';
import { within } from '../../services/time-limit';
import type { TokenSource } from '../../services/token';
import type { Answer, Transport } from '../../services/transport';
import type { RecordQuestion } from './questions';

export interface AskOptions {
  readonly transport: Pick<Transport, 'get'>;
  readonly tokens: Pick<TokenSource, 'token'>;
  /** Requests per second at most. */
  readonly pace: number;
  /** Seconds that one answer may take. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly onAnswer: (question: RecordQuestion, answer: Answer) => void;
}

/** Troubles of a service one after another, after which it is left alone. */
const MAX_TROUBLES = 3;

/**
 * Returns what kept questions from being answered, each asked once only.
 * @throws Failure LOGIN_PAGE where the token is not taken, INTERRUPTED, and the token's
 */
export async function askPolitely(
  questions: readonly RecordQuestion[],
  { transport, tokens, pace, timeout, signal, onAnswer }: AskOptions,
): Promise<AuxflowError[]> {
  const errors: AuxflowError[] = [];
  const troubles = new Map<ServiceName, number>();
  const tokenLimit = { what: 'the token endpoint', seconds: timeout, signal };
  let next = 0;
  for (const question of questions) {
    const { service, url, accept } = question;
    const before = troubles.get(service) ?? 0;
    if (before === MAX_TROUBLES) continue;
    await sleep(Math.max(0, next - performance.now()), signal);
    next = performance.now() + 1000 / pace;
    const token = question.withToken ? await within(tokenLimit, () => tokens.token()) : undefined;
    try {
      const answer = await within({ what: withoutOrigin(url), seconds: timeout, signal }, (stop) =>
        transport.get({ url, accept, token, signal: stop }),
      );
      checkAnswer(question, answer);
      onAnswer(question, answer);
      troubles.set(service, 0);
    } catch (error) {
      throwIfInterrupted(signal);
      const detail = toError(error);
      if (detail.code === 'LOGIN_PAGE' || !(error instanceof Failure)) throw error;
      errors.push(detail);
      troubles.set(service, before + 1);
    }
  }
  return errors;
}

/** @throws Failure LOGIN_PAGE, SERVICE_BUSY: not an answer of the service */
function checkAnswer({ url, withToken }: RecordQuestion, answer: Answer): void {
  const { status, text } = answer;
  const kind = classifyResponse(gatewayAnswer(answer));
  if (withToken && kind === 'login') throw new Failure({ code: 'LOGIN_PAGE', ...asked('GET', url), status });
  const { form } = parseErrorBody(text);
  if (kind === 'quota' || kind === 'busy')
    throw new Failure({ code: 'SERVICE_BUSY', ...asked('GET', url), status, attempts: 1, form });
}

function withoutOrigin(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
