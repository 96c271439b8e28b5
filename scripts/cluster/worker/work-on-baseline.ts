/** One call for baselines: asked, checked as a folder's campaign checks it, its files queued. */
import { createHash } from 'node:crypto';
import { lockedFile } from '../../campaign/campaign-folder';
import type { CampaignFile } from '../../campaign/campaign-file';
import { checkCall } from '../../campaign/completeness/check-completeness';
import { openNotes, unreadNotes } from '../../campaign/completeness/notes';
import { collectManifest } from '../../campaign/manifest';
import { readBaseline } from '../../campaign/read-baseline';
import { resolveFiles } from '../../campaign/resolve-files';
import { asked as requested, Failure, toError, type AuxflowError } from '../../errors/errors';
import { baselineUrl } from '../../services/rdb';
import type { Site } from '../../services/site';
import type { Services } from '../../session/service-clients';
import { knownFiles, recordAnswer, type CallAnswer } from '../queue/answer-store';
import { readPlan } from '../queue/campaign-store';
import type { BaselineJob, TransferQueue } from '../queue/open-queue';
import { queueFiles } from '../queue/queue-files';
import { queueError } from '../redis/connection';
import { ENDS_WORKER, nextDelayOf, type NextStep } from './next-step';

export interface BaselineWork {
  readonly queue: Pick<TransferQueue, 'redis' | 'jobs' | 'address'>;
  readonly site: Pick<Site, 'rdbRoot' | 'auxipRoot' | 'reprocessingRoot'>;
  readonly now: () => Date;
  readonly services: Pick<Services, 'api' | 'auxip'>;
  readonly signal: AbortSignal;
}

interface Asked {
  readonly answer: CallAnswer;
  readonly files: readonly CampaignFile[];
  /** What is wrong with the answer; its codes are in `answer`. */
  readonly errors: readonly AuxflowError[];
  readonly notes: readonly string[];
}

export async function workOnBaseline(job: BaselineJob, work: BaselineWork): Promise<NextStep> {
  let asked: Asked;
  try {
    asked = await ask(job, work);
  } catch (error) {
    const failure = toError(queueError(error, work.queue.address));
    if (ENDS_WORKER.has(failure.code)) return { do: 'stop', error: failure };
    const milliseconds = nextDelayOf(failure, job.tries);
    if (milliseconds !== undefined) return { do: 'delay', milliseconds, isTry: true, error: failure };
    asked = unanswered([failure]);
  }
  return record(job, asked, work);
}

/** A call that killed its workers is not made again, but is one that failed. */
export async function diedStep(job: BaselineJob, deaths: number, work: BaselineWork): Promise<NextStep> {
  return record(job, unanswered([{ code: 'WORKERS_DIED', name: `baseline call ${job.call}`, deaths }]), work);
}

async function record({ campaign, call }: BaselineJob, asked: Asked, { queue }: BaselineWork): Promise<NextStep> {
  const isNews = await recordAnswer(queue.redis, campaign, call, asked);
  // After the record: who dies in between leaves the job, and it is done again.
  const { problems } = await queueFiles(queue, campaign, asked.files);
  return { do: 'done', isNews, errors: asked.errors, problems, notes: asked.notes };
}

function unanswered(errors: readonly AuxflowError[]): Asked {
  return { answer: { level0: [], files: [], problems: errors.map(({ code }) => code) }, files: [], errors, notes: [] };
}

/** @throws Failure of the services; whatever is temporary, of a single file too */
async function ask({ campaign, level0Names, tries }: BaselineJob, work: BaselineWork): Promise<Asked> {
  const { queue, site, services, signal } = work;
  const { head, allowMissing } = await readPlan(queue.redis, campaign);
  const { request, layout = 'flat' } = head;
  const url = baselineUrl(site.rdbRoot, { ...request, level0Names });
  const got = await services.api.get({ url, accept: 'application/json', what: 'the baselines', signal });
  const body = Buffer.from(got.text);
  const mediaType = got.header('content-type')?.split(';')[0]?.trim() ?? '';
  const { baseline, errors } = readBaseline({ method: 'GET', url, status: got.status, mediaType, body });
  if (!baseline) return unanswered(errors.length > 0 ? errors : [unexpected(url, got.status)]);
  const collector = collectManifest(site.auxipRoot);
  collector.add(baseline, url);
  const { level0, files: distinct, refused } = collector.manifest();
  const ids = distinct.map(({ id }) => id);
  const known = await knownFiles(queue.redis, campaign, ids);
  const resolved = await resolveFiles(
    distinct.filter(({ id }) => !known.has(id)),
    services.auxip,
    signal,
  );
  for (const found of resolved)
    if ('error' in found && nextDelayOf(found.error, tries) !== undefined) throw new Failure(found.error);
  const files = [...known.values(), ...resolved.map((found) => lockedFile(found, layout))];
  // A replacement has another id than the baseline's (auxip.md#names-and-replacements), but its name.
  const byName = new Map(files.map(({ id, name }) => [name, id]));
  // In the order of the answer, whatever was known before.
  const named = [...new Set(distinct.flatMap(({ name }) => byName.get(name) ?? []))];
  const placesById = new Map(named.map((id, place) => [id, place]));
  const placeOf = (name: string): number | undefined => placesById.get(byName.get(name) ?? '');
  const sha256 = createHash('sha256').update(body).digest('hex');
  const manifest = { level0, files: distinct };
  const judging = { request: { ...request, level0Names }, manifest, allowMissing };
  const { api, auxip } = services;
  const completeness = await checkCall({ ...judging, site, api, auxip, signal, now: work.now });
  const found = [...errors, ...refused, ...(completeness?.errors ?? [])];
  const answer: CallAnswer = {
    answer: { url, bytes: body.length, sha256 },
    level0: level0.map(({ name, known: isKnown, files: names }) => ({
      name,
      known: isKnown,
      files: names.flatMap((file) => placeOf(file) ?? []),
    })),
    files: named,
    completeness,
    problems: found.map(({ code }) => code),
  };
  return {
    answer,
    files,
    errors: found,
    notes: completeness ? [...unreadNotes(completeness), ...openNotes(completeness.open)] : [],
  };
}

function unexpected(url: string, status: number): AuxflowError {
  return { code: 'STATUS_UNEXPECTED', ...requested('GET', url), status, expected: '200', excerpt: '' };
}
