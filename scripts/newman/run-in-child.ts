/**
 * Newman in a process of its own: what it keeps of a run (every answer, newman-facts §2) is given back to the machine with the
 * process, so that memory stays flat over any number of runs; and it can be ended in the middle.
 */
import { fork } from 'node:child_process';
import path from 'node:path';
import { Failure, toError, type AuxflowError } from '../errors';
import { interruption } from '../services/interruption';
import { tidyMemory } from '../tidy-memory';
import { CHILD_VERB } from './child-verb';
import { createRedactor } from './redact';
import { runCollection, type CollectionRunOptions } from './run-collection';
import type { RunStep } from './run-step';
import type { Answer } from './step-recorder';

export interface ChildRunOptions extends CollectionRunOptions {
  /** Known beforehand, for the redactor of the child. */
  readonly secrets: readonly string[];
  /** Only answers whose URL has this text are handed over; others may hold tokens. */
  readonly answersOf: string;
  readonly signal: AbortSignal;
}

type Order = Omit<ChildRunOptions, 'redactor' | 'onStep' | 'onAnswer' | 'signal'>;

type Report =
  | { readonly type: 'step'; readonly step: RunStep; readonly timeOrigin: number }
  | { readonly type: 'answer'; readonly answer: Answer }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly error: AuxflowError };

/** MiB. Newman copies every answer several times: with V8's usual 16 the copies grow old before they are looked at. */
const YOUNG_COPIES = '--max-semi-space-size=4';

const START = path.join(__dirname, '..', 'auxflow.js');

/**
 * Like `runCollection`.
 * @throws Failure INTERRUPTED, INTERNAL when the child dies of itself
 */
export function runInChild(options: ChildRunOptions): Promise<void> {
  const { signal, onStep, onAnswer } = options;
  return new Promise((resolve, reject) => {
    // Secrets go over the channel: arguments and environments can be seen by others.
    const child = fork(START, [CHILD_VERB], {
      execArgv: [...process.execArgv, YOUNG_COPIES],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const stop = (): void => void child.kill('SIGKILL');
    let end: (() => void) | undefined;
    child.on('message', (report: Report) => {
      if (report.type === 'step') onStep(inOwnTime(report));
      else if (report.type === 'answer') onAnswer({ ...report.answer, body: Buffer.from(report.answer.body) });
      else if (report.type === 'done') end = resolve;
      else end = () => reject(new Failure(report.error));
    });
    child.on('exit', (code, killedBy) => {
      signal.removeEventListener('abort', stop);
      const reason = `Newman's process ended with ${killedBy ?? `code ${code}`}`;
      if (signal.aborted) reject(interruption(signal));
      else if (end) end();
      else reject(new Failure({ code: 'INTERNAL', reason }));
    });
    child.on('error', reject);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    else child.send(orderOf(options));
  });
}

/** What can be sent: no functions. */
function orderOf(order: Order): Order {
  const { collection, variables, rows, folders, title, reports, number, bodyLimits, secrets, answersOf } = order;
  return { collection, variables, rows, folders, title, reports, number, bodyLimits, secrets, answersOf };
}

/** Monotonic clocks of two processes begin at different times. */
function inOwnTime({ step, timeOrigin }: Extract<Report, { type: 'step' }>): RunStep {
  return { ...step, startedAt: step.startedAt + timeOrigin - performance.timeOrigin };
}

/** The child's side: waits for its order, carries it out and reports. Ends when the parent does. */
export async function serveParent(): Promise<void> {
  tidyMemory();
  const order = await new Promise<Order>((resolve, reject) => {
    process.once('message', (message) => resolve(message as Order));
    process.once('disconnect', () => reject(new Failure({ code: 'INTERRUPTED', signal: 'SIGTERM' })));
  });
  const orphaned = new Promise<never>((_resolve, reject) => {
    process.once('disconnect', () => reject(new Failure({ code: 'INTERRUPTED', signal: 'SIGTERM' })));
  });
  await Promise.race([carryOut(order), orphaned]);
}

async function carryOut(order: Order): Promise<void> {
  try {
    await runCollection({
      ...order,
      redactor: createRedactor(order.secrets),
      onStep: (step) => void report({ type: 'step', step, timeOrigin: performance.timeOrigin }),
      onAnswer: (answer) => {
        if (answer.url.includes(order.answersOf)) void report({ type: 'answer', answer });
      },
    });
    await report({ type: 'done' });
  } catch (error) {
    await report({ type: 'failed', error: toError(error) });
  }
}

function report(message: Report): Promise<void> {
  return new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });
}
