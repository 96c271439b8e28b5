/**
 * Newman in a process of its own: what it keeps of a run (every answer, docs/newman.md#memory) is given back to the machine with the
 * process, so that memory stays flat over any number of runs; runs side by side have a core each; and it can be ended in the middle.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../lib/package-root';
import { Failure } from '../errors/errors';
import { inTarget } from '../errors/target-failure';
import type { Redactor } from '../lib/redact/redact';
import { interruption } from '../services/interruption';
import type { ChildOrder, ChildReport, CollectionOrder, SuiteOrder } from './child-messages';
import type { CollectionRunOptions } from './run-collection';
import type { RunStep } from './run-step';
import type { SuiteRunOptions } from './run-suite';
import { onlyFolders } from './suite';

/** MiB. Newman copies every answer several times: with V8's usual 16 the copies grow old before they are looked at. */
const YOUNG_COPIES = '--max-semi-space-size=4';
/** The other core is another shard's, or the transfers': threads of the collector only get in their way. */
const OWN_CORE = '--single-threaded-gc';
/** Node 24 warns of what Newman's own code does, which whoever runs auxflow cannot change. */
const NO_DEPRECATION = '--no-deprecation';

/** As built, also where this runs from the sources (tests, benches). */
const START = path.join(ROOT, 'dist', 'cli', 'newman-child.js');

interface Parent {
  readonly signal: AbortSignal;
  /** Is told what the child's learns. */
  readonly redactor: Pick<Redactor, 'learn'>;
}

type CollectionInChild = Omit<CollectionOrder, 'run'> &
  Pick<CollectionRunOptions, 'onBegin' | 'onStep' | 'onAnswer' | 'onValue'> &
  Parent;

/**
 * Like `runCollection`.
 * @throws Failure INTERRUPTED, SCRIPT_ENDLESS; NEWMAN_ENDED when the child dies of itself
 */
export function runCollectionInChild({
  onBegin,
  onStep,
  onAnswer,
  onValue,
  signal,
  redactor,
  ...order
}: CollectionInChild): Promise<void> {
  return carriedOut({ run: 'collection', ...order }, { signal, redactor }, (report) => {
    if (report.type === 'begun') onBegin?.(report.step);
    else if (report.type === 'step') onStep(inOwnTime(report));
    else if (report.type === 'answer') onAnswer({ ...report.answer, body: Buffer.from(report.answer.body) });
    else if (report.type === 'value') onValue?.(report.value);
  });
}

export type SuiteInChild = Omit<SuiteOrder, 'run'> & Pick<SuiteRunOptions, 'onStep' | 'onValue'> & Parent;

/**
 * Like `runSuite`.
 * @throws Failure INTERRUPTED; NEWMAN_ENDED when the child dies of itself
 */
export function runSuiteInChild({ onStep, onValue, signal, redactor, ...order }: SuiteInChild): Promise<void> {
  const collection = onlyFolders(order.collection, order.folders);
  return carriedOut({ run: 'suite', ...order, collection }, { signal, redactor }, (report) => {
    if (report.type === 'case') onStep(report.step);
    else if (report.type === 'value') onValue?.(report.value);
  });
}

/** @throws Failure DISK_FULL, TARGET_UNWRITABLE of the folder for temporary files, too */
async function carriedOut(order: ChildOrder, parent: Parent, onReport: (report: ChildReport) => void): Promise<void> {
  const temporary = await inTarget(tmpdir(), () => mkdtemp(path.join(tmpdir(), 'auxflow-newman-')), 'TMPDIR');
  try {
    await untilEnded(startChild(temporary), { order, ...parent, onReport });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

interface Carried extends Parent {
  readonly order: ChildOrder;
  readonly onReport: (report: ChildReport) => void;
}

function untilEnded(child: ChildProcess, { order, signal, redactor, onReport }: Carried): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => void child.kill('SIGKILL');
    let end: (() => void) | undefined;
    child.on('message', (report: ChildReport) => {
      if (report.type === 'done') end = resolve;
      else if (report.type === 'failed') end = () => reject(new Failure(report.error));
      else if (report.type === 'secret') redactor.learn(report.secret);
      else onReport(report);
    });
    child.on('exit', (code, killedBy) => {
      signal.removeEventListener('abort', stop);
      const reason = `Newman's process ended with ${killedBy ?? `code ${code}`}`;
      if (signal.aborted) reject(interruption(signal));
      else if (end) end();
      else reject(new Failure({ code: 'NEWMAN_ENDED', reason }));
    });
    child.on('error', reject);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    else child.send(order);
  });
}

/**
 * Secrets go over the channel: arguments and environments can be seen by others.
 * @param temporary a folder that this process removes: a child that is killed leaves what it has there
 */
function startChild(temporary: string): ChildProcess {
  return fork(START, [], {
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    execArgv: [...process.execArgv, YOUNG_COPIES, OWN_CORE, NO_DEPRECATION],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

/** Monotonic clocks of two processes begin at different times. */
function inOwnTime({ step, timeOrigin }: Extract<ChildReport, { type: 'step' }>): RunStep {
  return { ...step, startedAt: step.startedAt + timeOrigin - performance.timeOrigin };
}
