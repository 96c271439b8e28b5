import type { ReportedPause, ReportedRetry } from '../reports/run/run-report';
import type { BaselineRequest } from '../services/rdb';
import type { Site } from '../services/site';
import type { CommandContext } from '../session/context';
import type { Listener, RunEvent } from '../session/run-events';
import { requestPhrase } from './request/baseline-request';

export interface RecordedWaits {
  readonly retries: readonly ReportedRetry[];
  readonly pauses: readonly ReportedPause[];
}

export interface RunBegin {
  readonly startedAt: Date;
  /** The same moment on the monotonic clock, in milliseconds. */
  readonly beganAt: number;
  /** Grows while the run goes on. */
  readonly waits: RecordedWaits;
}

/** The clock of a run starts, and what it waits for is kept: the context that comes back takes the place of the given one. */
export function beginRun(given: CommandContext): { begun: RunBegin; context: CommandContext } {
  const [startedAt, beganAt] = [given.now(), performance.now()];
  const { listener, waits } = recordWaits(given.listener, beganAt);
  return { begun: { startedAt, beganAt, waits }, context: { ...given, listener } };
}

export function runStarted({ name, siteUrl, isSandbox }: Site, request: BaselineRequest): RunEvent {
  const event = { type: 'run-started' as const, environment: name, siteUrl, request: requestPhrase(request) };
  return isSandbox ? { ...event, contents: 'made-up' } : event;
}

/** More go to the listener and are not kept: a store that breaks every transfer breaks it many times. */
const MAX_RETRIES = 10_000;

/** A listener that hands everything on and keeps what the run waited for. */
function recordWaits(listener: Listener, beganAt: number): { listener: Listener; waits: RecordedWaits } {
  const [retries, pauses]: [ReportedRetry[], ReportedPause[]] = [[], []];
  const record: Listener = (event) => {
    const startMilliseconds = Math.round(performance.now() - beganAt);
    if (event.type === 'retry' && retries.length < MAX_RETRIES) {
      const { name, reason, seconds } = event;
      retries.push({ name, reason, startMilliseconds, seconds });
    }
    if (event.type === 'waiting') {
      const seconds = Math.max((Date.parse(event.until) - Date.now()) / 1000, 0);
      pauses.push({ startMilliseconds, until: event.until, seconds });
    }
    listener(event);
  };
  return { listener: record, waits: { retries, pauses } };
}
