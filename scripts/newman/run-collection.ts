import type { EventEmitter } from 'node:events';
import path from 'node:path';
import type { NewmanRunOptions } from 'newman';
import { withOfflineTemplate } from './offline-template';
import type { Redactor } from '../lib/redact/redact';
import { redactRun, type BodyLimits } from './redact-run';
import type { RunStep } from './run-step';
import { stepRecorder, type Answer } from './step-recorder';

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
  readonly redactor: Redactor;
  readonly onStep: (step: RunStep) => void;
  /** Every answer as it came, before anything is redacted: to be validated and saved. */
  readonly onAnswer: (answer: Answer) => void;
}

export const NEWMAN_PAGE = 'newman.html';

/** `newman.html`, `newman-2.html`, … */
export function numbered(name: string, number: number): string {
  return number === 1 ? name : name.replace('.', `-${number}.`);
}

/** A cold baseline may take minutes (rdb.md §6.5); a request that is silent longer is lost. Milliseconds. */
const REQUEST_TIMEOUT = 180_000;

/**
 * Runs a collection with Newman and writes its page, redacted, below `reports`. Failed checks are data (`onStep`), not
 * errors; the promise rejects only when Newman itself cannot run.
 */
export async function runCollection(options: CollectionRunOptions): Promise<void> {
  const { default: newman } = await import('newman');
  await withOfflineTemplate(
    (template) =>
      new Promise<void>((resolve, reject) => {
        const emitter: EventEmitter = newman.run(newmanOptions(options, template), (error) => {
          if (error) reject(error);
          else resolve();
        });
        // In this order: the recorder reads the real answers, everyone after redactRun sees redacted copies.
        stepRecorder(emitter, options);
        redactRun(emitter, options.redactor, options.bodyLimits);
      }),
  );
}

function newmanOptions(options: CollectionRunOptions, template: string): NewmanRunOptions {
  const file = (name: string): string => path.join(options.reports, numbered(name, options.number ?? 1));
  return {
    collection: structuredClone(options.collection),
    environment: { values: Object.entries(options.variables).map(([key, value]) => ({ key, value, enabled: true })) },
    iterationData: [...options.rows],
    ...(options.folders ? { folder: [...options.folders] } : {}),
    timeoutRequest: REQUEST_TIMEOUT,
    reporters: ['htmlextra'],
    reporter: {
      htmlextra: {
        export: file(NEWMAN_PAGE),
        template,
        title: options.title,
        browserTitle: options.title,
        timezone: 'UTC',
      },
    },
  };
}
