import type { ContractOptions } from '../contract-suite/run/run-contract';
import type { CaseAssertion } from '../newman/case-step';
import { observe, type RunSummary, type ServiceOptions } from './observe';
import type { Result } from './result';

/** Those of `auxflow contract`, with its defaults. */
export interface RunContractOptions
  extends
    ServiceOptions,
    Partial<Pick<ContractOptions, 'profile' | 'folder' | 'cases' | 'shards' | 'intrusive' | 'pace' | 'bail' | 'seed'>>,
    Partial<Pick<ContractOptions, 'maxSeconds' | 'timeout' | 'reports'>> {}

export interface ContractResult extends RunSummary {
  /** Assertions of the suite by outcome. */
  readonly assertions: Readonly<Record<CaseAssertion['outcome'], number>>;
}

/** Runs the contract test suite against a site and writes its report. */
export async function runContract(options: RunContractOptions = {}): Promise<Result<ContractResult>> {
  const assertions = { ok: 0, failed: 0, skipped: 0 };
  return observe(
    options,
    async (context) => {
      const { contract } = await import('../contract-suite/run/run-contract');
      return contract({ ...DEFAULTS, ...options }, context);
    },
    {
      see: (event) => {
        if (event.type === 'case') for (const { outcome } of event.step.assertions) assertions[outcome]++;
      },
      value: (summary) => ({ ...summary, assertions }),
    },
  );
}

const DEFAULTS: ContractOptions = {
  ...{ env: 'sandbox', profile: 'adg', folder: [], shards: 2, bail: false, maxSeconds: {}, timeout: 120 },
  reports: 'reports',
};
