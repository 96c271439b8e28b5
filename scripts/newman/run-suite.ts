import type { EventEmitter } from 'node:events';
import { boundedAgents } from './bounded-agents';
import { boundUnpacking } from './bounded-unpacking';
import { recordCases } from './case-recorder';
import type { CaseStep } from './case-step';
import type { Redactor } from '../lib/redact/redact';
import { recordValues, type AskedValue } from './value-recorder';
import { definedOncePerFolder, onlyFolders, type Suite } from './suite';
import type { Network } from '../services/network';

export interface SuiteRunOptions {
  readonly collection: Suite;
  readonly variables: Readonly<Record<string, string>>;
  /** Names of the folders to run, in the collection's order. */
  readonly folders: readonly string[];
  /** Ends at the first failed check. */
  readonly bail: boolean;
  /** For one request, from connecting to the last byte. */
  readonly seconds: number;
  /** For one script, in which a regular expression of the user's may run for ever; no limit by default. */
  readonly scriptSeconds?: number;
  /** Between two requests, milliseconds; none by default. */
  readonly pause?: number;
  /** Default: what Node trusts. */
  readonly network?: Network;
  readonly redactor: Redactor;
  readonly onStep: (step: CaseStep) => void;
  /** Every `$value` that was charged, or may have been. */
  readonly onValue?: (value: AskedValue) => void;
}

/**
 * The largest answer that the suite asks for is far below; a service that sends more is wrong. Newman takes a hundred times as much
 * memory, and tens of seconds, for a body that its scripts look at (docs/newman.md#large-bodies).
 */
const MAX_BYTES = 4 * 1024 * 1024;

const SCRIPT_TIME = /^Script execution timed out/;

/** Runs folders of the contract suite with Newman, one request after the other. Failed checks are data, not errors. */
export async function runSuite(options: SuiteRunOptions): Promise<void> {
  const { default: newman } = await import('newman');
  const unbound = boundUnpacking(MAX_BYTES);
  const collection: object = definedOncePerFolder(onlyFolders(options.collection, options.folders));
  await new Promise<void>((resolve, reject) => {
    const emitter: EventEmitter = newman.run(
      {
        collection,
        environment: {
          values: Object.entries(options.variables).map(([key, value]) => ({ key, value, enabled: true })),
        },
        bail: options.bail,
        delayRequest: options.pause,
        timeoutRequest: options.seconds * 1000,
        timeoutScript: (options.scriptSeconds ?? 0) * 1000,
        requestAgents: boundedAgents({ bytes: MAX_BYTES, seconds: options.seconds }, options.network ?? {}),
        reporters: [],
      },
      (error) => {
        // A script that took too long: its step has told of it, and the run goes on to its real end.
        if (error && SCRIPT_TIME.test(error.message)) return;
        // With --bail a failed check ends the run as an error; the step has told of it.
        if (error && !options.bail) reject(error);
        else resolve();
      },
    );
    recordCases(emitter, options.redactor, options.onStep);
    if (options.onValue) recordValues(emitter, options.onValue);
    forgetBodies(emitter);
  }).finally(unbound);
}

/** Newman keeps every body in its summary until the run ends (docs/newman.md#memory). */
function forgetBodies(emitter: EventEmitter): void {
  emitter.on('item', () => {
    const { summary } = emitter as EventEmitter & {
      summary?: { run: { executions: { response?: { stream?: Buffer } }[] } };
    };
    const response = summary?.run.executions.at(-1)?.response;
    if (response) response.stream = Buffer.alloc(0);
  });
}
