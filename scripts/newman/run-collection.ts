import type { EventEmitter } from 'node:events';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { NewmanRunOptions } from 'newman';
import { MAX_RUN_ANSWER_BYTES, MAX_RUN_ANSWER_SECONDS } from './answer-limit';
import { boundedAgents } from './bounded-agents';
import { boundUnpacking } from './bounded-unpacking';
import { useCompiledTemplate } from './compiled-template';
import { withOfflineTemplate } from './offline-template';
import type { Redactor } from '../lib/redact/redact';
import { redactRun, type BodyLimits } from './redact-run';
import { Failure } from '../errors/errors';
import { targetFailure } from '../errors/target-failure';
import { temporaryName } from '../lib/write-file-atomic';
import type { RunStep, StepBeginning } from './run-step';
import { stepRecorder, type Answer } from './step-recorder';
import { recordValues, type AskedValue } from './value-recorder';
import type { Network } from '../services/network';

export interface CollectionRunOptions {
  /** A collection as the generator writes it. */
  readonly collection: object;
  /** Environment variables by name; secrets among them are known to the redactor. */
  readonly variables: Readonly<Record<string, string>>;
  /** One iteration per row; its columns come before the environment's variables. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** Names of the folders to run; all when absent. */
  readonly folders?: readonly string[];
  readonly title: string;
  readonly reports: string;
  /** Of several runs with reports in one folder, from 1; default 1. */
  readonly number?: number;
  /** What the page shows of the answers; Newman and htmlextra hold it several times over. */
  readonly bodyLimits?: BodyLimits;
  /** Default: what Node trusts. */
  readonly network?: Network;
  readonly redactor: Redactor;
  /** A request is being sent. */
  readonly onBegin?: (step: StepBeginning) => void;
  readonly onStep: (step: RunStep) => void;
  /** Every answer as it came, before anything is redacted: to be validated and saved. */
  readonly onAnswer: (answer: Answer) => void;
  /** Every `$value` that was charged, or may have been. */
  readonly onValue?: (value: AskedValue) => void;
}

export const NEWMAN_PAGE = 'newman.html';

/** `newman.html`, `newman-2.html`, … */
export function numbered(name: string, number: number): string {
  return number === 1 ? name : name.replace('.', `-${number}.`);
}

/** A cold baseline may take minutes (rdb.md#cold-start); a request that is silent longer is lost. Milliseconds. */
const REQUEST_TIMEOUT = 180_000;

/**
 * Runs a collection with Newman and writes its page, redacted, below `reports`. Failed checks are data (`onStep`), not
 * errors.
 * @throws Failure DISK_FULL, TARGET_UNWRITABLE, SCRIPT_ENDLESS; what keeps Newman from running
 */
export async function runCollection(options: CollectionRunOptions): Promise<void> {
  const page = path.join(options.reports, numbered(NEWMAN_PAGE, options.number ?? 1));
  // htmlextra writes to the name it is given, whole or not.
  const written = temporaryName(page);
  const unbound = boundUnpacking(MAX_RUN_ANSWER_BYTES);
  try {
    await withOfflineTemplate((template) => runNewman(options, { template, page: written }));
    await rename(written, page);
  } catch (error) {
    await rm(written, { force: true });
    throw isFileSystemError(error) ? targetFailure(error, options.reports) : error;
  } finally {
    unbound();
  }
}

interface PageFiles {
  readonly template: string;
  readonly page: string;
}

async function runNewman(options: CollectionRunOptions, files: PageFiles): Promise<void> {
  const { default: newman } = await import('newman');
  useCompiledTemplate();
  let step = '';
  await new Promise<void>((resolve, reject) => {
    const emitter: EventEmitter = newman.run(newmanOptions(options, files), (error) => {
      if (error) reject(isScriptTimeout(error) ? new Failure({ code: 'SCRIPT_ENDLESS', step }) : error);
      else resolve();
    });
    for (const event of ['beforePrerequest', 'beforeTest'])
      emitter.on(event, (_error: unknown, { item }: { item?: { name: string } }) => (step = item?.name ?? ''));
    // In this order: the recorder reads the real answers, everyone after redactRun sees redacted copies.
    stepRecorder(emitter, options);
    if (options.onValue) recordValues(emitter, options.onValue);
    redactRun(emitter, options.redactor, options.bodyLimits);
  });
}

/** Newman gives a script half a minute. */
function isScriptTimeout({ message }: Error): boolean {
  return message.includes('Script execution timed out');
}

/** Of all that may end a run of Newman, only its exports touch the disk: requests that fail are data. */
function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function newmanOptions(options: CollectionRunOptions, { template, page }: PageFiles): NewmanRunOptions {
  return {
    collection: structuredClone(options.collection),
    environment: { values: Object.entries(options.variables).map(([key, value]) => ({ key, value, enabled: true })) },
    iterationData: [...options.rows],
    ...(options.folders ? { folder: [...options.folders] } : {}),
    timeoutRequest: REQUEST_TIMEOUT,
    requestAgents: boundedAgents(
      { bytes: MAX_RUN_ANSWER_BYTES, seconds: MAX_RUN_ANSWER_SECONDS },
      options.network ?? {},
    ),
    reporters: ['htmlextra'],
    reporter: {
      htmlextra: {
        export: page,
        template,
        title: options.title,
        browserTitle: options.title,
        timezone: 'UTC',
      },
    },
  };
}
