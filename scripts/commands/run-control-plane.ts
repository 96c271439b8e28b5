import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BatchRow } from '../campaign/batches';
import { saveAnswer, type RawAnswer } from '../campaign/saved-answers';
import type { BaselineAnswer } from '../contract/types/BaselineAnswer';
import { ROOT } from '../contract/services';
import type { AuxflowError } from '../errors';
import type { Redactor } from '../newman/redact';
import { runCollection } from '../newman/run-collection';
import type { RunStep } from '../newman/run-step';
import { interruption } from '../services/interruption';
import type { Site } from '../services/site';
import type { Listener } from '../terminal/run-events';
import { shown } from './run';
import type { RunFolders } from './run-folders';
import type { Account } from './with-site';

export interface ControlPlane {
  readonly site: Site;
  readonly account: Account;
  readonly rows: readonly BatchRow[];
  readonly folders: RunFolders;
  readonly redactor: Redactor;
  readonly listener: Listener;
  readonly signal: AbortSignal;
}

export interface ControlPlaneResult {
  readonly steps: readonly RunStep[];
  readonly baselines: readonly BaselineAnswer[];
  /** What the strict check outside Newman found. */
  readonly errors: readonly AuxflowError[];
}

const COLLECTION = path.join(ROOT, 'collections', 'reprocessing-workflow.postman_collection.json');
const FUNCTION = 'getReprocessingDataBaseline(';

/** Runs the workflow collection, saves every baseline answer as it came, and checks it strictly. */
export async function controlPlane(plane: ControlPlane): Promise<ControlPlaneResult> {
  const { site, account, rows, folders, redactor, listener } = plane;
  const steps: RunStep[] = [];
  const raw: RawAnswer[] = [];
  const running = runCollection({
    collection: JSON.parse(readFileSync(COLLECTION, 'utf8')) as object,
    variables: { ...site.variables, ...account },
    // Folder 2 looks at sample files once, not once per batch: each look is charged to the quota.
    rows: rows.map((row, index) => (index === 0 ? row : { ...row, download_limit: '0' })),
    title: 'auxflow: reprocessing workflow',
    reports: folders.reports,
    redactor,
    onStep: (step) => {
      steps.push(step);
      listener({ type: 'step', step });
    },
    onAnswer: (answer) => {
      if (answer.url.includes(FUNCTION)) raw.push(answer);
    },
  });
  await orInterrupted(running, plane.signal);

  const saved = await Promise.all(raw.map((answer, index) => saveAnswer(answer, folders.answers, index + 1)));
  for (const { path: file, baseline } of saved) {
    if (baseline)
      listener({
        type: 'answer-saved',
        path: shown(file),
        level0: baseline.value.length,
        references: referencesOf(baseline),
      });
  }
  return {
    steps,
    baselines: saved.flatMap(({ baseline }) => baseline ?? []),
    errors: saved.flatMap(({ errors }) => errors),
  };
}

function referencesOf(baseline: BaselineAnswer): number {
  return baseline.value.reduce((sum, entry) => sum + entry.AuxDataFiles.length, 0);
}

/** Newman cannot be stopped in the middle; the wait for it can. */
async function orInterrupted(running: Promise<void>, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => reject(interruption(signal));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    running.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
