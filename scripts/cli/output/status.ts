import { bytes, duration, roughly } from '../../lib/format';
import type { RunEvent } from '../../session/run-events';

/** What is under way, as the last line of a terminal and the life sign of a pipe. */
export interface Status {
  /** Takes note of an event; whether the line is another one now. */
  see(event: RunEvent): boolean;
  /** Undefined while nothing is under way. */
  line(): string | undefined;
}

/** @param now monotonic milliseconds */
export function createStatus(now: () => number): Status {
  let text: ((seconds: number) => string) | undefined;
  let since = 0;
  /** Names of cases: one may take several requests. */
  let cases = new Set<string>();
  const begin = (next: (seconds: number) => string): true => {
    [text, since] = [next, now()];
    return true;
  };
  return {
    see(event) {
      switch (event.type) {
        case 'run-started':
          return begin((seconds) => `preparing, ${roughly(seconds)}`);
        case 'step-started':
          return begin((seconds) => waitingFor(event.name, seconds));
        case 'step':
          return begin((seconds) => `checking and saving, ${roughly(seconds)}`);
        case 'activity':
          if (event.done === undefined || event.done === 0) since = now();
          text = (seconds) => activityLine(event, seconds);
          return true;
        case 'suite-started':
          cases = new Set();
          return begin((seconds) => casesLine(cases.size, event.cases, seconds));
        case 'case':
          cases.add(`${event.step.folder}/${event.step.name}`);
          return true;
        case 'downloads-started':
          return begin((seconds) => `waiting for the first file, ${roughly(seconds)}`);
        case 'progress':
          text = () => transferLine(event);
          return true;
        case 'waiting':
          return begin(() => `waiting for the quota until ${event.until.slice(11, 19)} UTC`);
        case 'downloads-finished':
          return begin((seconds) => `finishing, ${roughly(seconds)}`);
        case 'run-finished':
          text = undefined;
          return true;
        default:
          return false;
      }
    },
    line: () => text?.((now() - since) / 1000),
  };
}

/** A baseline that takes longer than this is being computed by a cold service (rdb.md#cold-start). Seconds. */
const COLD = 10;

function waitingFor(step: string, seconds: number): string {
  const cold = step.startsWith('Baseline') && seconds >= COLD ? '; a cold rdb.svc takes minutes' : '';
  return `${step}: waiting for the answer, ${roughly(seconds)}${cold}`;
}

function activityLine({ text, done, total }: Extract<RunEvent, { type: 'activity' }>, seconds: number): string {
  if (done === undefined || total === undefined) return `${text}, ${roughly(seconds)}`;
  return `${text}: ${done}/${total}${timeLeft(done, total, seconds)}`;
}

function casesLine(done: number, total: number, seconds: number): string {
  return `${done}/${total} cases${timeLeft(done, total, seconds)}`;
}

/** Seconds after which the time so far says something of the time to come. */
const MIN_MEASURE = 3;

function timeLeft(done: number, total: number, seconds: number): string {
  if (done === 0 || done >= total || seconds < MIN_MEASURE) return `, ${duration(Math.floor(seconds))} so far`;
  return `, about ${roughly((seconds / done) * (total - done))} left`;
}

/** Received bytes are shown as they are; the count of files moves only when a file is verified. */
function transferLine({ totals }: Extract<RunEvent, { type: 'progress' }>): string {
  const settled = totals.verified + totals.alreadyHere + totals.failed;
  const left = totals.secondsLeft === undefined ? '' : `, about ${roughly(totals.secondsLeft)} left`;
  return `${settled}/${totals.files} files, ${bytes(totals.bytesReceived)}, ${bytes(totals.bytesPerSecond)}/s${left}`;
}
