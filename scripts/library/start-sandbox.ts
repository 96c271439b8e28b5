import type { RecordedRequest } from '../sandbox/recorder';
import type { SandboxOptions as EveryOption } from '../sandbox/sandbox';
import { settle, settleNow, type Result } from './result';

/** Those of `auxflow sandbox`. */
export type SandboxOptions = Pick<
  EveryOption,
  | 'port'
  | 'storePort'
  | 'sizes'
  | 'scenario'
  | 'mutant'
  | 'profile'
  | 'icdDownload'
  | 'gatewayMode'
  | 'tokenSeconds'
  | 'presignedSeconds'
>;

/** Stand-in services on this machine. The account is `user`, `password`. */
export interface Sandbox {
  readonly siteUrl: string;
  readonly storeUrl: string;
  /** What it was asked for, the newest last. */
  readonly requests: readonly RecordedRequest[];
  /** Starts a scenario of faults (docs/sandbox.md), e.g. `truncated-body:2`. USAGE for an unknown one. */
  setScenario(name: string): Result<void>;
  /** Gives the services one defect; `none` cures. USAGE for an unknown one. */
  setMutant(name: string): Result<void>;
  close(): Promise<void>;
}

/** Starts the stand-in services. PORT_IN_USE, USAGE for an unknown scenario or mutant. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Result<Sandbox>> {
  return settle(async () => {
    const { startSandbox: start } = await import('../sandbox/sandbox');
    const { siteUrl, storeUrl, requests, ...running } = await start(options);
    return {
      ...{ siteUrl, storeUrl, requests },
      setScenario: (name) => settleNow(() => running.setScenario(name)),
      setMutant: (name) => settleNow(() => running.setMutant(name)),
      close: () => running.close(),
    };
  });
}
