import { compareAnswer, compareMetadata, compareToken } from './drift/ask';
import type { Compared } from './drift/change';
import { samplesOf, serviceRoots } from './drift/samples';
import { toError, type AuxflowError } from '../errors/errors';
import { exitCodeOf } from '../errors/exit-codes';
import { plural } from '../lib/format';
import { createApi } from '../services/api';
import { throwIfInterrupted } from '../services/interruption';
import { within } from '../services/time-limit';
import type { Site } from '../services/site';
import { withServices, type Services } from '../session/service-clients';
import { accountFor, withSite, type SiteOptions } from '../session/site-session';
import type { CommandContext } from '../session/context';
import type { Account } from '../services/site';

export interface DriftOptions extends SiteOptions {
  /** Seconds that one answer may take, with all its attempts. */
  readonly timeout: number;
}

/**
 * What the services say and answer now, against schemas/: a diff by resource. Returns 0 where nothing changed, 1 where something
 * did, and the code of the error where something could not be read.
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED, URL_REFUSED, CREDENTIALS_MISSING, INTERRUPTED, and the token's: nothing can be read
 */
export async function drift(options: DriftOptions, surroundings: CommandContext): Promise<number> {
  return withSite(options, async (site) => {
    const { listener, redactor, signal, patience } = surroundings;
    const account = await accountFor(site, surroundings);
    const { allowInsecure } = options;
    const found = await withServices({ site, account, redactor, allowInsecure, patience }, (services) =>
      compareAll({ site, account, services, timeout: options.timeout, signal }),
    );
    throwIfInterrupted(signal);
    const { compared, errors, asked } = found;
    const changed = compared.filter(({ changes }) => changes.length > 0);
    listener({ type: 'drift', environment: site.name, siteUrl: site.siteUrl, changed });
    const all = [...errors, ...changeOf(changed)];
    for (const error of all) listener({ type: 'finding', error });
    const exitCode = exitCodeOf(all);
    const things = `${plural(asked - errors.length, 'answer')} of ${asked}`;
    const sentence =
      all.length === 0
        ? `Nothing changed: ${plural(asked, 'answer')} as schemas/ say.`
        : `Compared ${things}; ${plural(changed.length, 'resource')} changed.`;
    listener({ type: 'run-finished', exitCode, sentence, places: [] });
    return exitCode;
  });
}

interface Comparison {
  readonly site: Site;
  readonly account: Account;
  readonly services: Services;
  readonly timeout: number;
  readonly signal: AbortSignal;
}

async function compareAll({ site, account, services, timeout, signal }: Comparison): Promise<{
  compared: Compared[];
  errors: AuxflowError[];
  asked: number;
}> {
  const { transport, tokens } = services;
  // Without a token nothing can be read, and saying so once is enough.
  await within({ what: 'the token endpoint', seconds: timeout, signal }, () => tokens.token());
  const api = createApi({ transport, tokens, validate: () => [] });
  const works: [what: string, work: (signal: AbortSignal) => Promise<Compared[]>][] = [
    ['the token endpoint', (stop) => compareToken(transport, site, account, stop)],
    ...serviceRoots(site).map((root): (typeof works)[number] => [
      `${root.title} $metadata`,
      (stop) => compareMetadata(api, root, stop),
    ]),
    ...samplesOf(site).map((sample): (typeof works)[number] => [
      sample.resource,
      (stop) => compareAnswer(api, sample, stop),
    ]),
  ];
  const errors: AuxflowError[] = [];
  const compared = await Promise.all(
    works.map(([what, work]) =>
      within({ what, seconds: timeout, signal }, work).catch((error: unknown) => {
        errors.push(toError(error));
        return [];
      }),
    ),
  );
  return { compared: compared.flat(), errors, asked: works.length };
}

function changeOf(changed: readonly Compared[]): AuxflowError[] {
  if (changed.length === 0) return [];
  const changes = changed.reduce((sum, resource) => sum + resource.changes.length, 0);
  return [{ code: 'CONTRACT_CHANGED', changes, resources: changed.length }];
}
