import type { AuxflowError } from '../errors/errors';
import { sleep } from '../services/interruption';
import { inGroups } from '../lib/in-groups';
import { nextDelay, type RetryPolicy, type Outcome } from '../services/retry';
import { limitExceeded } from '../newman/answer-limit';
import type { RunStep } from '../newman/run-step';
import { controlPlane, type ControlPlane, type ControlPlaneResult, type PlaneAnswer } from './control-plane';

type Row = ControlPlane['rows'][number];

/** Rows for one process of Newman: some 10 MB of answers, and a page that opens. */
const ROWS_AT_ONCE = 100;

/** Bytes on Newman's page of a process: the answers lie beside it, whole, and the page would hold every one of them again. */
const SHOWN_BODIES = { each: 20_000, run: 500_000 };

/** Only these: folder 2 would be charged to the quota for what the data plane does anyway. */
const BASELINE_FOLDERS = ['0 Authenticate', '1 Data baseline'];

/**
 * Asks for many baselines: in as many processes of Newman as memory wants, and again for the rows that met trouble which another
 * attempt may cure. After a 504 the service works on, so asking again is what helps (rdb.md#cold-start). Steps of an attempt that
 * was asked again stand under `repeated`, its answers are left out; `iteration` is the place among all rows.
 */
export async function fetchBaselines(
  plane: Omit<ControlPlane, 'steps' | 'number' | 'firstAnswer' | 'bodyLimits'> & {
    readonly patience?: RetryPolicy;
  },
): Promise<ControlPlaneResult> {
  const ended: AuxflowError[] = [];
  const result = { steps: [] as RunStep[], repeated: [] as RunStep[], answers: [] as PlaneAnswer[] };
  const places = new Map(plane.rows.map((row, place) => [row, place]));
  let [runs, answersSoFar] = [0, 0];
  let pending: readonly Row[] = plane.rows;
  for (let attempt = 1; pending.length > 0; attempt++) {
    const again: Row[] = [];
    let wait = 0;
    for (const rows of inGroups(pending, ROWS_AT_ONCE)) {
      const control = await controlPlane({
        ...plane,
        rows,
        steps: BASELINE_FOLDERS,
        bodyLimits: SHOWN_BODIES,
        number: ++runs,
        firstAnswer: answersSoFar + 1,
      });
      answersSoFar += control.answers.length;
      ended.push(...control.errors.filter(({ code }) => code === 'NEWMAN_ENDED'));
      const delays = delaysOf(control.steps, attempt, plane.patience);
      wait = Math.max(wait, ...delays.values());
      again.push(...rows.filter((_row, iteration) => delays.has(iteration)));
      for (const step of control.steps) {
        const list = delays.has(step.iteration) ? result.repeated : result.steps;
        list.push({ ...step, iteration: placeIn(places, rows, step.iteration) });
      }
      result.answers.push(...control.answers.filter(({ iteration }) => !delays.has(iteration)));
    }
    pending = again;
    if (pending.length > 0) {
      const seconds = wait / 1000;
      plane.listener({ type: 'retry', name: `${pending.length} of the baseline calls`, reason: 'no answer', seconds });
      await sleep(wait, plane.signal);
    }
  }
  return { ...result, runs, errors: [...ended, ...result.answers.flatMap(({ errors }) => errors)] };
}

function placeIn(places: ReadonlyMap<Row, number>, rows: readonly Row[], iteration: number): number {
  const row = rows[iteration];
  return (row && places.get(row)) ?? iteration;
}

/** Iteration → milliseconds to wait before it is asked again, for those where it may help. */
function delaysOf(steps: readonly RunStep[], attempt: number, patience?: RetryPolicy): Map<number, number> {
  const delays = new Map<number, number>();
  // A password that was refused once is refused again, and accounts are shared with other services.
  if (steps.some(isRefusedLogin)) return delays;
  for (const step of steps) {
    const delay = step.skipped ? undefined : delayOf(step, attempt, patience);
    if (delay !== undefined) delays.set(step.iteration, Math.max(delay, delays.get(step.iteration) ?? 0));
  }
  return delays;
}

function isRefusedLogin({ method, status = 0 }: RunStep): boolean {
  return method === 'POST' && (status === 400 || status === 401 || status === 403);
}

function delayOf(step: RunStep, attempt: number, patience?: RetryPolicy): number | undefined {
  // A token that ended before its time: the next process of Newman gets another one.
  if (step.kind === 'login') return attempt === 1 ? 0 : undefined;
  if (limitExceeded(step.fault) !== undefined) return undefined;
  const { status, kind, fault = 'no answer' } = step;
  const seen: Outcome = status === undefined || !kind ? { broken: fault } : { kind, status, form: '' };
  return nextDelay(seen, attempt, { now: Date.now(), random: Math.random(), patience });
}
