/** The child process of run-in-child.ts: receives an order, runs it and reports. Exits with its parent. */
import { Failure, toError } from '../errors/errors';
import { tidyMemory } from '../lib/gc-tuning';
import type { ChildOrder, ChildReport, CollectionOrder, SuiteOrder } from './child-messages';
import { createRedactor, type Redactor } from '../lib/redact/redact';

export async function runNewmanWorker(): Promise<void> {
  tidyMemory();
  hideProxiesFromNewman();
  const order = await new Promise<ChildOrder>((resolve, reject) => {
    process.once('message', (message) => resolve(message as ChildOrder));
    process.once('disconnect', () => reject(new Failure({ code: 'INTERRUPTED', signal: 'SIGTERM' })));
  });
  const orphaned = new Promise<never>((_resolve, reject) => {
    process.once('disconnect', () => reject(new Failure({ code: 'INTERRUPTED', signal: 'SIGTERM' })));
  });
  await Promise.race([carryOut(order), orphaned]);
}

async function carryOut(order: ChildOrder): Promise<void> {
  try {
    await (order.run === 'suite' ? suite(order) : collection(order));
    await report({ type: 'done' });
  } catch (error) {
    await report({ type: 'failed', error: toError(error) });
  }
}

async function collection(order: CollectionOrder): Promise<void> {
  const { runCollection } = await import('./run-collection');
  await runCollection({
    ...order,
    redactor: redactorOf(order),
    onBegin: (step) => void report({ type: 'begun', step }),
    onStep: (step) => void report({ type: 'step', step, timeOrigin: performance.timeOrigin }),
    onAnswer: (answer) => {
      if (answer.url.includes(order.answersOf)) void report({ type: 'answer', answer });
    },
    onValue: (value) => void report({ type: 'value', value }),
  });
}

async function suite(order: SuiteOrder): Promise<void> {
  const { runSuite } = await import('./run-suite');
  await runSuite({
    ...order,
    redactor: redactorOf(order),
    onStep: (step) => void report({ type: 'case', step }),
    onValue: (value) => void report({ type: 'value', value }),
  });
}

/** Secrets are reported to the parent before any message that contains them. */
function redactorOf({ secrets }: ChildOrder): Redactor {
  return createRedactor(secrets, { onLearned: (secret) => void report({ type: 'secret', secret }) });
}

function report(message: ChildReport): Promise<void> {
  return new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });
}

/**
 * Newman's own proxy support would bypass the bounded agents, which use the proxies themselves. Newman reads NO_PROXY first, our rules
 * (proxy-from-env) read no_proxy first.
 */
function hideProxiesFromNewman(): void {
  const { no_proxy: lower, NO_PROXY: upper } = process.env;
  process.env.no_proxy = lower || upper || 'invalid';
  process.env.NO_PROXY = '*';
}
