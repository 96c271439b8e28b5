import { checksOf } from './doctor/checks';
import { diagnose } from './doctor/diagnose';
import type { Diagnosis } from './doctor/diagnosis';
import { ONE_ATTEMPT } from './doctor/service-checks';
import { Failure } from '../errors/errors';
import { EXIT, exitCodeOf } from '../errors/exit-codes';
import type { Site } from '../services/site';
import { quotaOf } from '../download/quota-settings';
import { withServices } from '../session/service-clients';
import { accountFor } from '../session/account';
import { withSite, type SiteOptions } from '../session/site-session';
import type { CommandContext } from '../session/context';
import type { Account } from '../services/site';

export interface DoctorOptions extends SiteOptions {
  /** Whether one file may be asked for: it is charged to the account's quota. */
  readonly store: boolean;
}

/**
 * Which part of the services is failing, in at most ten seconds: a table, and the exit code of the first part that is.
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED, URL_REFUSED (environment), INTERRUPTED
 */
export async function doctor(options: DoctorOptions, context: CommandContext): Promise<number> {
  return withSite(options, async (site) => {
    const { environment, listener, redactor, signal } = context;
    const { account, noAccount } = await accountOrNone(site, context);
    const { allowInsecure } = options;
    const kept = noAccount ? undefined : quotaOf({}, site, account, environment);
    const parts = await withServices(
      { site, account, redactor, allowInsecure, patience: ONE_ATTEMPT },
      async (services) => diagnose(checksOf({ ...services, site, noAccount, kept, asksStore: options.store }), signal),
    );
    const exitCode = exitCodeOfParts(parts);
    listener({ type: 'diagnosis', environment: site.name, siteUrl: site.siteUrl, parts });
    listener({ type: 'run-finished', exitCode, sentence: sentenceOf(parts), places: [] });
    return exitCode;
  });
}

/** Without credentials there is still much to look at. */
async function accountOrNone(site: Site, context: CommandContext): Promise<{ account: Account; noAccount?: Failure }> {
  try {
    return { account: await accountFor(site, context) };
  } catch (error) {
    if (!(error instanceof Failure) || error.detail.code !== 'CREDENTIALS_MISSING') throw error;
    return { account: { username: '', password: '' }, noAccount: error };
  }
}

/** The first failing part is the cause of what comes after it. */
function exitCodeOfParts(parts: readonly Diagnosis[]): number {
  const first = parts.find(({ error }) => error !== undefined)?.error;
  return first ? exitCodeOf([first]) : EXIT.ok;
}

function sentenceOf(parts: readonly Diagnosis[]): string {
  const namesOf = (wanted: Diagnosis['verdict']): string =>
    parts
      .filter(({ verdict }) => verdict === wanted)
      .map(({ part }) => part)
      .join(', ');
  const [failing, unknown] = [namesOf('failing'), namesOf('unknown')];
  const rest = unknown ? ` Not known: ${unknown}.` : '';
  return `${failing ? `Failing: ${failing}.` : 'Nothing is failing.'}${rest}`;
}
