import { compareAnswer, compareMetadata, compareToken } from './drift/ask';
import type { Compared } from './drift/change';
import { samplesOf, serviceRoots, type Sample, type ServiceRoot } from './drift/samples';
import { recordedApi } from './record/recorded-api';
import { Failure, toError, type AuxflowError } from '../errors/errors';
import { exitCodeOf } from '../errors/exit-codes';
import { plural } from '../lib/format';
import { createApi, type Api } from '../services/api';
import { throwIfInterrupted } from '../services/interruption';
import { within } from '../services/time-limit';
import { underRoot } from '../services/service-url';
import { readSite, type Site } from '../services/site';
import { withServices, type Services } from '../session/service-clients';
import { accountFor } from '../session/account';
import { withSite, type SiteOptions } from '../session/site-session';
import type { CommandContext } from '../session/context';
import type { Account } from '../services/site';

export interface DriftOptions extends SiteOptions {
  /** Seconds that one answer may take, with all its attempts. */
  readonly timeout: number;
  /** Folder of pairs that `auxflow record` wrote, to look at instead of the site. */
  readonly recorded?: string;
}

/**
 * What the services say and answer now, against schemas/: a diff by resource. Returns 0 where nothing changed, 1 where something
 * did, and the code of the error where something could not be read.
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED, URL_REFUSED, CREDENTIALS_MISSING, INTERRUPTED, and the token's: nothing can be read
 */
export async function drift(options: DriftOptions, context: CommandContext): Promise<number> {
  const { recorded } = options;
  if (recorded !== undefined) return driftOfPairs(recorded, options, context);
  return withSite(options, async (site) => {
    const { redactor, signal, patience } = context;
    const account = await accountFor(site, context);
    const { allowInsecure } = options;
    const found = await withServices({ site, account, redactor, allowInsecure, patience }, (services) =>
      compareLive({ site, account, services, timeout: options.timeout, signal }),
    );
    throwIfInterrupted(signal);
    return conclude(site, found, context);
  });
}

/** Offline: what was not recorded is said. */
async function driftOfPairs(folder: string, options: DriftOptions, context: CommandContext): Promise<number> {
  const site = readSite(options.env, options);
  const { api, has } = await recordedApi(folder, site);
  const roots = serviceRoots(site).filter(({ root }) => has(underRoot(root, '$metadata')));
  const samples = samplesOf(site).filter(({ url }) => has(url));
  const all = serviceRoots(site).length + samplesOf(site).length;
  const left = all - roots.length - samples.length;
  const { signal, listener } = context;
  if (left > 0) listener({ type: 'note', text: `${folder} has no answer to ${left} of the ${all} requests of drift.` });
  if (left === all) throw new Failure({ code: 'NOTHING_TESTED', reason: `${folder} has none of the answers of drift` });
  const found = await compareAll(worksOf(api, roots, samples), { timeout: options.timeout, signal });
  return conclude(site, found, context);
}

interface Found {
  readonly compared: readonly Compared[];
  readonly errors: readonly AuxflowError[];
  readonly asked: number;
}

function conclude(site: Site, { compared, errors, asked }: Found, { listener }: CommandContext): number {
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
}

interface Comparison {
  readonly site: Site;
  readonly account: Account;
  readonly services: Services;
  readonly timeout: number;
  readonly signal: AbortSignal;
}

type Work = readonly [what: string, work: (signal: AbortSignal) => Promise<Compared[]>];

async function compareLive({ site, account, services, timeout, signal }: Comparison): Promise<Found> {
  const { transport, tokens } = services;
  // Without a token nothing can be read, and saying so once is enough.
  await within({ what: 'the token endpoint', seconds: timeout, signal }, () => tokens.token());
  const api = createApi({ transport, tokens, validate: () => [] });
  const token: Work = ['the token endpoint', (stop) => compareToken(transport, site, account, stop)];
  return compareAll([token, ...worksOf(api, serviceRoots(site), samplesOf(site))], { timeout, signal });
}

function worksOf(api: Api, roots: readonly ServiceRoot[], samples: readonly Sample[]): Work[] {
  return [
    ...roots.map((root): Work => [`${root.title} $metadata`, (stop) => compareMetadata(api, root, stop)]),
    ...samples.map((sample): Work => [sample.resource, (stop) => compareAnswer(api, sample, stop)]),
  ];
}

async function compareAll(
  works: readonly Work[],
  { timeout, signal }: { timeout: number; signal: AbortSignal },
): Promise<Found> {
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
