import path from 'node:path';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { fetchCampaign } from '../../scripts/campaign/fetch-campaign';
import type { FetchOptions } from '../../scripts/campaign/fetch-options';
import { toError } from '../../scripts/errors/errors';
import { exitCodeOf } from '../../scripts/errors/exit-codes';
import type { RunEvent } from '../../scripts/session/run-events';
import { QUICK_PATIENCE } from './quick-patience';

export interface InProcess {
  /** As of `placesIn`. */
  readonly folder: string;
  readonly siteUrl: string;
  readonly options?: Partial<FetchOptions>;
  readonly environment?: NodeJS.ProcessEnv;
  readonly onEvent?: (event: RunEvent) => void;
  readonly signal?: AbortSignal;
}

/** `auxflow fetch` in this process, with waits of milliseconds. Returns the exit code and all that it said. */
export async function fetchInProcess({ folder, siteUrl, options, environment = {}, onEvent, signal }: InProcess) {
  const events: RunEvent[] = [];
  const exitCode = await fetchCampaign(
    {
      ...{ env: 'sandbox', siteUrl, words: {}, mode: 'fetch', failOnEmpty: false, stallTimeout: 1, parallel: 5 },
      ...{ out: path.join(folder, 'out'), reports: path.join(folder, 'reports') },
      ...options,
    },
    {
      environment,
      redactor: createRedactor(),
      listener: (event) => {
        events.push(event);
        onEvent?.(event);
      },
      signal: signal ?? new AbortController().signal,
      now: () => new Date(),
      patience: QUICK_PATIENCE,
    },
  ).catch((error: unknown) => {
    const detail = toError(error);
    events.push({ type: 'finding', error: detail });
    return exitCodeOf([detail]);
  });
  const errors = events.flatMap((event) => (event.type === 'finding' ? [event.error.code] : []));
  return { exitCode, events, errors, output: events.map((event) => JSON.stringify(event)).join('\n') };
}
