import path from 'node:path';
import { baselineRequest } from './request/baseline-request';
import { campaignName } from '../session/campaign-name';
import { acquireFolderLock } from '../download/folder-lock/folder-lock';
import type { Site } from '../services/site';
import { foldersFor, makeFolder, type RunFolders } from '../session/run-folders';
import { beginRun } from './begin-run';
import { quotaOf } from '../download/quota-settings';
import { lockOfObjects } from './object-lists';
import { openS3 } from '../target/open-s3';
import { isS3Address } from '../target/s3-address';
import { frozenCampaign } from './lock/frozen-campaign';
import { accountFor } from '../session/account';
import { withSite } from '../session/site-session';
import type { CommandContext } from '../session/context';
import { withCampaignSpan } from '../session/telemetry/campaign-span';
import { NO_SPAN, type Span } from '../session/telemetry/telemetry';
import type { Account } from '../services/site';
import type { FetchOptions } from './fetch-options';
import { runCampaign, type Objects } from './run-campaign';

/**
 * Downloads and verifies every auxiliary file of a request, and writes the lists and the lock that prove it. Returns the exit code
 * (errors/exit-codes.ts); errors go to the listener and into the report.
 * @throws Failure for what is wrong before anything was sent, for what concerns all files, and INTERRUPTED
 */
export async function fetchCampaign(options: FetchOptions, context: CommandContext): Promise<number> {
  const frozen =
    options.frozen === undefined
      ? undefined
      : await frozenCampaign(options.frozen, options.words, options.allowMissing);
  const request = frozen ? frozen.request : baselineRequest(options.words);
  const archives = options.unpack === true || frozen?.unpack === true;
  return withSite({ ...options, sandbox: { ...options.sandbox, archives } }, async (site) => {
    const account = await accountOf(options, site, context);
    const name = campaignName(site, request);
    frozen?.refuseOtherCampaign(name);
    const folders = placesFor(options, name, context.now());
    const objects = await objectsOf(options, name);
    await makeFolder(folders.answers);
    const unlock = await acquireFolderLock(folders.downloads);
    try {
      const quota = quotaOf(options, site, account, context.environment);
      const run = (span: Span): Promise<number> =>
        runCampaign({
          ...{ name, request, frozen, options, site, account, folders, objects, quota, span },
          ...beginRun(context),
        });
      // A plan that is queued has a span of its own.
      const isTraced = options.mode === 'fetch' && !options.enqueue;
      return await (isTraced ? withCampaignSpan(name, context, run) : run(NO_SPAN));
    } finally {
      await unlock();
    }
  });
}

/** Before anything is sent. @throws Failure LOCK_FOREIGN, BUCKET_UNUSABLE, STORE_UNREACHABLE */
async function objectsOf(options: FetchOptions, name: string): Promise<Objects | undefined> {
  const { out = '', enqueue, mode } = options;
  if (!isS3Address(out) || enqueue) return undefined;
  const target = await openS3(out, options, mode === 'fetch');
  return { target, lock: await lockOfObjects(target, name) };
}

/** What is queued, or becomes objects, is not in a folder here: plan and lists are kept with the report. */
function placesFor(options: FetchOptions, name: string, now: Date): RunFolders {
  const isElsewhere = options.enqueue !== undefined || isS3Address(options.out ?? '');
  const folders = foldersFor(isElsewhere ? { reports: options.reports } : options, name, now);
  return isElsewhere ? { ...folders, downloads: path.join(folders.reports, 'plan') } : folders;
}

const PASSWORD_SEEN =
  'other users of this machine can see a password that is given as an argument; set ADG_PASSWORD in its place';

async function accountOf({ password }: FetchOptions, site: Site, context: CommandContext): Promise<Account> {
  if (password !== undefined) context.listener({ type: 'note', text: PASSWORD_SEEN });
  const environment = {
    ...context.environment,
    ...(password === undefined ? {} : { ADG_PASSWORD: password }),
  };
  return accountFor(site, { ...context, environment });
}
