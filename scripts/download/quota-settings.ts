import { openGrantLedger, stateFolder, type GrantLedger } from './grant-ledger';
import { budgetOf, DOCUMENTED_RULES, type QuotaRules } from './quota';
import { Failure } from '../errors/errors';
import { isLoopback } from '../services/service-url';
import type { Site } from '../services/site';
import type { Account } from '../services/site';

export interface QuotaOptions {
  /** 10^9 bytes that the account may be granted in 8 days. */
  readonly budgetGb?: number;
  /** Files, likewise. */
  readonly budgetFiles?: number;
  /** `$value` in a run. */
  readonly quotaRun?: number;
  /** Seconds without one after a run. */
  readonly quotaPause?: number;
}

export interface Quota {
  readonly rules: QuotaRules;
  readonly ledger: GrantLedger;
}

export const UNLIMITED: QuotaRules = { inARun: Infinity, pause: 0, files: Infinity, bytes: Infinity };

/** The quota to keep; undefined on the sandbox, which has none, unless one is asked for. */
export function quotaOf(
  options: QuotaOptions,
  site: Site,
  account: Account,
  environment: NodeJS.ProcessEnv,
): Quota | undefined {
  const rules = quotaRulesOf(options, site);
  const { username } = account;
  return rules && { rules, ledger: openGrantLedger(stateFolder(environment), { siteUrl: site.siteUrl, username }) };
}

/** The same rules whatever ledger keeps them. */
export function quotaRulesOf(
  { budgetGb, budgetFiles, quotaRun, quotaPause }: QuotaOptions,
  site: Site,
): QuotaRules | undefined {
  const isSandbox = site.name === 'sandbox' && isLoopback(site.siteUrl);
  const asked = [budgetGb, budgetFiles, quotaRun, quotaPause].some((value) => value !== undefined);
  if (isSandbox && !asked) return undefined;
  const usual = isSandbox ? UNLIMITED : DOCUMENTED_RULES;
  const paced = quotaRun === undefined && quotaPause === undefined ? usual : DOCUMENTED_RULES;
  return {
    inARun: quotaRun ?? paced.inARun,
    pause: quotaPause ?? paced.pause,
    files: budgetFiles ?? usual.files,
    bytes: budgetGb === undefined ? usual.bytes : budgetGb * 1e9,
  };
}

/** @throws Failure BUDGET_IMPOSSIBLE: better said before anything is charged than after a wait */
export function refuseImpossibleBudget(
  files: readonly { readonly name: string; readonly bytes: number }[],
  rules: QuotaRules,
): void {
  const [largest] = [...files].sort((a, b) => b.bytes - a.bytes);
  if (!largest || (rules.files >= 1 && largest.bytes <= rules.bytes)) return;
  const needs = { files: 1, bytes: largest.bytes };
  throw new Failure({ code: 'BUDGET_IMPOSSIBLE', name: largest.name, needs, budget: budgetOf(rules) });
}
