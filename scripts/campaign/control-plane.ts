import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RawAnswer } from './read-baseline';
import { collectManifest, type Manifest } from './manifest';
import { saveAnswer, type SavedAnswer } from './saved-answers';
import type { BaselineAnswer } from '../services/schema/types/BaselineAnswer';
import { ROOT } from '../lib/package-root';
import { Failure, type AuxflowError } from '../errors/errors';
import type { Redactor } from '../lib/redact/redact';
import type { CollectionRunOptions } from '../newman/run-collection';
import { runCollectionInChild } from '../newman/run-in-child';
import type { RunStep } from '../newman/run-step';
import type { AskedValue } from '../newman/value-recorder';
import type { Site } from '../services/site';
import type { CommandContext } from '../session/context';
import type { Listener } from '../session/run-events';
import type { RunFolders } from '../session/run-folders';
import { displayPath } from '../session/display-path';
import type { Account } from '../services/site';
import { secretsOf } from '../session/account';

export interface ControlPlane {
  readonly site: Site;
  readonly account: Account;
  /** One iteration each. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly folders: Pick<RunFolders, 'reports' | 'answers'>;
  /** Names of the collection's folders to run; all when absent. */
  readonly steps?: readonly string[];
  /** Of several runs with reports in one folder, from 1. */
  readonly number?: number;
  /** Of the answers on Newman's page. */
  readonly bodyLimits?: CollectionRunOptions['bodyLimits'];
  /** Of the first answer, from 1. */
  readonly firstAnswer?: number;
  /** Called with each answer that is a baseline, in order; none of them is kept here. */
  readonly onBaseline: (baseline: BaselineAnswer, url: string) => void;
  /** Called with each `$value` that was charged, or may have been; where no folder asks for one, never. */
  readonly onValue?: (value: AskedValue) => void;
  readonly redactor: Redactor;
  readonly listener: Listener;
  readonly signal: AbortSignal;
}

export interface ControlPlaneResult {
  readonly steps: readonly RunStep[];
  /** Of attempts that were asked again: `steps` has the last ones. */
  readonly repeated: readonly RunStep[];
  readonly answers: readonly PlaneAnswer[];
  /** Of Newman; each has a page. */
  readonly runs: number;
  /** What the strict check outside Newman found. */
  readonly errors: readonly AuxflowError[];
}

/** What a control plane asked for, and what came. */
export interface Asked {
  readonly control: ControlPlaneResult;
  readonly manifest: Manifest;
}

export type PlaneAnswer = SavedAnswer & {
  /** Of the rows, from 0. */
  readonly iteration: number;
};

/** Of the workflow. */
export const COLLECTION = path.join(ROOT, 'collections', 'reprocessing-workflow.postman_collection.json');
const FUNCTION = 'getReprocessingDataBaseline(';

/** Lets `ask` run a plane for a campaign, and collects its baselines. */
export async function collectBaselines(
  { site, account, folders, context }: Pick<ControlPlane, 'site' | 'account' | 'folders'> & { context: CommandContext },
  ask: (plane: Omit<ControlPlane, 'rows'>) => Promise<ControlPlaneResult>,
): Promise<Asked> {
  const { redactor, listener, signal } = context;
  const collector = collectManifest(site.auxipRoot);
  const onBaseline: ControlPlane['onBaseline'] = (baseline, url) => collector.add(baseline, url);
  const control = await ask({ site, account, folders, redactor, listener, signal, onBaseline });
  return { control, manifest: collector.manifest() };
}

/** Runs the workflow collection, saves every baseline answer as it came, and checks it strictly. */
export async function controlPlane(plane: ControlPlane): Promise<ControlPlaneResult> {
  const { site, account, rows, folders, redactor, listener, signal } = plane;
  const steps: RunStep[] = [];
  const answers: PlaneAnswer[] = [];
  // One after another: a campaign's answers are many, and large.
  let saving = Promise.resolve();
  let answerCount = 0;
  const options: Omit<CollectionRunOptions, 'redactor'> = {
    collection: JSON.parse(readFileSync(COLLECTION, 'utf8')) as object,
    variables: { ...site.variables, ...account },
    rows,
    folders: plane.steps,
    number: plane.number,
    bodyLimits: plane.bodyLimits,
    title: 'auxflow: reprocessing workflow',
    reports: folders.reports,
    network: site.network,
    onBegin: (step) => listener({ type: 'step-started', ...step }),
    onStep: (step) => {
      steps.push(step);
      listener({ type: 'step', step });
    },
    onAnswer: (answer) => {
      if (!answer.url.includes(FUNCTION)) return;
      const { iteration } = answer;
      const number = (plane.firstAnswer ?? 1) + answerCount++;
      saving = saving.then(async () => void answers.push({ iteration, ...(await save(answer, number, plane)) }));
      // Thrown below: until then Newman goes on, and nobody waits for it.
      saving.catch(() => undefined);
    },
    onValue: plane.onValue,
  };
  const secrets = secretsOf(site, account);
  const ended = await endOf(runCollectionInChild({ ...options, secrets, redactor, answersOf: FUNCTION, signal }));
  await saving;
  const errors = [...ended, ...answers.flatMap((answer) => answer.errors)];
  return { steps, repeated: [], answers, runs: 1, errors };
}

async function save(
  raw: RawAnswer,
  number: number,
  { folders, listener, redactor, onBaseline }: ControlPlane,
): Promise<SavedAnswer> {
  const answer = await saveAnswer(raw, { folder: folders.answers, number, redactor });
  const { baseline, isMasked, ...saved } = answer;
  if (isMasked)
    listener({ type: 'note', text: `the service repeated secrets; they are masked in ${displayPath(saved.path)}` });
  if (!baseline) return saved;
  onBaseline(baseline, raw.url);
  const [level0, references] = [baseline.value.length, referencesOf(baseline)];
  listener({ type: 'answer-saved', path: displayPath(saved.path), level0, references });
  return saved;
}

function referencesOf(baseline: BaselineAnswer): number {
  return baseline.value.reduce((sum, entry) => sum + entry.AuxDataFiles.length, 0);
}

/** A Newman that died of an answer takes its run with it, but not the report. */
async function endOf(running: Promise<void>): Promise<AuxflowError[]> {
  try {
    await running;
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { detail } = error;
    if (detail.code === 'NEWMAN_ENDED') return [detail];
    // Our scripts end, unless an answer is made to hold them.
    if (detail.code === 'SCRIPT_ENDLESS')
      return [{ code: 'NEWMAN_ENDED', reason: `the script of "${detail.step}" did not end` }];
    throw error;
  }
}
