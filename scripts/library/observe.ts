import { toError, type AuxflowError } from '../errors/errors';
import { createRedactor } from '../lib/redact/redact';
import type { NetworkOptions } from '../services/network';
import type { Account } from '../services/site';
import type { CommandContext } from '../session/context';
import { redactingListener } from '../session/redacting-listener';
import type { FileResult, Place, RunEvent } from '../session/run-events';
import { failed, success, type Result } from './result';

/** Options of every call that talks to the services. */
export interface ServiceOptions extends NetworkOptions {
  /** `sandbox` (the default), `production`, or the path of a Postman environment file. */
  readonly env?: string;
  /** In place of the environment's `site_url`, e.g. that of a running sandbox. */
  readonly siteUrl?: string;
  /** Default: ADG_USER and ADG_PASSWORD of the process. Nobody is asked at the terminal. */
  readonly account?: Account;
  /** Is told what happens as it happens; no secret reaches it. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Ends the call; what was verified until then stays. */
  readonly signal?: AbortSignal;
}

/** What every run comes to. */
export interface RunSummary {
  /** The verdict in one sentence. */
  readonly sentence: string;
  /** Where files and reports are. */
  readonly places: readonly Place[];
}

export interface FilesResult extends RunSummary {
  /** Each file of the request, or of the lock, and what became of it. */
  readonly files: readonly FileResult[];
}

/** `observe` for runs that are about files. */
export async function observeFiles(
  options: ServiceOptions,
  work: (context: CommandContext) => Promise<number>,
): Promise<Result<FilesResult>> {
  const files: FileResult[] = [];
  return observe(options, work, {
    see: (event) => {
      if (event.type === 'file') files.push(event);
    },
    value: (summary) => ({ ...summary, files }),
  });
}

/** Runs `work` in a context of its own and gathers what it says; `valueOf` makes a value of that. */
export async function observe<Value>(
  { onEvent, ...options }: ServiceOptions,
  work: (context: CommandContext) => Promise<number>,
  gather: { readonly see: (event: RunEvent) => void; readonly value: (summary: RunSummary) => Value },
): Promise<Result<Value>> {
  const errors: AuxflowError[] = [];
  let summary: RunSummary | undefined;
  const listener = (event: RunEvent): void => {
    if (event.type === 'finding') errors.push(event.error);
    if (event.type === 'run-finished') summary = { sentence: event.sentence, places: event.places };
    gather.see(event);
    onEvent?.(event);
  };
  const context = contextOf(options, listener);
  try {
    await work(context);
  } catch (error) {
    errors.push(context.redactor.shown(toError(error)));
  }
  const value = summary && gather.value(summary);
  if (errors.length === 0 && value !== undefined) return success(value);
  return failed(errors, value);
}

function contextOf({ account, signal }: ServiceOptions, listener: (event: RunEvent) => void): CommandContext {
  const named = account ? { ADG_USER: account.username, ADG_PASSWORD: account.password } : {};
  const environment: NodeJS.ProcessEnv = { ...process.env, ...named };
  const { ADG_PASSWORD = '', ADG_PASSW = '' } = environment;
  const redactor = createRedactor([ADG_PASSWORD, ADG_PASSW]);
  return {
    environment,
    redactor,
    listener: redactingListener(listener, redactor),
    signal: signal ?? new AbortController().signal,
    now: () => new Date(),
    unattended: true,
  };
}
