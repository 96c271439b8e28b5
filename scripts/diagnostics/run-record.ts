import path from 'node:path';
import { createGrantBooker } from '../download/grant-booker';
import { quotaOf } from '../download/quota-settings';
import type { AuxflowError } from '../errors/errors';
import { exitCodeOf } from '../errors/exit-codes';
import { inTarget } from '../errors/target-failure';
import { plural } from '../lib/format';
import type { RecordedPair } from '../lib/recorded-pair';
import type { Redactor } from '../lib/redact/redact';
import { writeTogether } from '../lib/write-file-atomic';
import { throwIfInterrupted } from '../services/interruption';
import { SERVICES } from '../services/services';
import { underRoot } from '../services/service-url';
import type { Account, Site } from '../services/site';
import type { Answer } from '../services/transport';
import type { CommandContext } from '../session/context';
import { displayPath } from '../session/display-path';
import { makeFolder } from '../session/run-folders';
import { withServices, type Services } from '../session/service-clients';
import { accountFor } from '../session/account';
import { withSite, type SiteOptions } from '../session/site-session';
import { askPolitely } from './record/ask-politely';
import { recordedAnswer } from './record/recorded-answer';
import { recordedPath } from './record/recorded-path';
import { recordQuestions, type RecordQuestion } from './record/questions';

export interface RecordOptions extends SiteOptions {
  /** Folder for the pairs. */
  readonly out: string;
  /** Requests per second at most; default: 5, on a sandbox without limit. */
  readonly pace?: number;
  /** Seconds that one answer may take. */
  readonly timeout: number;
  /** Whether to ask also what costs a real service something. */
  readonly intrusive: boolean;
  /** Whether to ask for the smallest file's address, which is charged to the quota. */
  readonly value: boolean;
}

/** Requests per second: few people ask these services, and the outer proxy serves 20 connections in all. */
const REAL_PACE = 5;

/**
 * Asks a site a bounded list of harmless requests and writes what came, without secrets, as pairs that `npm run fidelity` replays and
 * `drift --recorded` compares. Returns 0, or the code of what kept requests from being answered.
 * @throws Failure of the environment, the account and the token; LOGIN_PAGE; INTERRUPTED; TARGET_UNWRITABLE, DISK_FULL
 */
export async function record(options: RecordOptions, context: CommandContext): Promise<number> {
  const folder = path.resolve(options.out);
  await makeFolder(folder);
  return withSite(options, async (site) => {
    const { listener, redactor, signal, patience } = context;
    const account = await accountFor(site, context);
    redactor.add(account.username);
    const questions = recordQuestions(site, options);
    const request = `records the answers to ${plural(questions.length, 'request')}`;
    listener({ type: 'run-started', environment: site.name, siteUrl: site.siteUrl, request });
    const pairs: RecordedPair[] = [];
    const onAnswer = (question: RecordQuestion, answer: Answer): void => {
      const pair = pairOf(site, question, answer, redactor);
      if (pair) pairs.push(pair);
    };
    const { allowInsecure, timeout, pace = site.isSandbox ? Infinity : REAL_PACE } = options;
    const errors = await withServices({ site, account, redactor, allowInsecure, patience }, async (services) => {
      const asking = { ...services, pace, timeout, signal, onAnswer };
      const ended = await askPolitely(questions, asking);
      if (!options.value || ended.length > 0) return ended;
      return askForValue(site, services, (item) => askPolitely([item], asking), { account, ...context });
    });
    throwIfInterrupted(signal);
    await write(pairs, folder);
    return conclude({ pairs, errors, folder }, context);
  });
}

/** One grant, booked as any other. */
async function askForValue(
  site: Site,
  { auxip }: Services,
  ask: (question: RecordQuestion) => Promise<AuxflowError[]>,
  { account, environment, signal, now }: CommandContext & { account: Account },
): Promise<AuxflowError[]> {
  const entry = await auxip.smallestEntry(signal);
  if (!entry) return [];
  const booker = createGrantBooker(quotaOf({}, site, account, environment)?.ledger);
  booker.book({ at: now().getTime(), id: entry.id, bytes: entry.contentLength });
  await booker.done();
  const url = underRoot(site.auxipRoot, `Products(${entry.id})/$value`);
  return ask({ service: 'auxip', url, accept: '*/*', withToken: true });
}

function pairOf(
  site: Site,
  { url, accept, withToken }: RecordQuestion,
  answer: Answer,
  redactor: Redactor,
): RecordedPair | undefined {
  const target = recordedPath(site, url);
  if (target === undefined) return undefined;
  const request = { method: 'GET', path: target, headers: { Accept: accept }, ...(withToken ? { user: 'user' } : {}) };
  return { request, answer: recordedAnswer(answer, redactor) };
}

/** A file per service. @throws Failure TARGET_UNWRITABLE, DISK_FULL */
async function write(pairs: readonly RecordedPair[], folder: string): Promise<void> {
  const files = Object.values(SERVICES).map(({ name, path: root }) => {
    const own = pairs.filter(({ request }) => request.path.startsWith(root));
    const rows = own.map(({ request, answer }) => ({ request, response: answer }));
    return { file: path.join(folder, `${name}.json`), pieces: [`${JSON.stringify(rows, null, 1)}\n`] };
  });
  await inTarget(folder, () => writeTogether(files));
}

function conclude(
  { pairs, errors, folder }: { pairs: readonly RecordedPair[]; errors: readonly AuxflowError[]; folder: string },
  { listener }: CommandContext,
): number {
  for (const error of errors) listener({ type: 'finding', error });
  const exitCode = exitCodeOf(errors);
  const counts = new Map<number, number>();
  for (const { answer } of pairs) counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
  const statuses = [...counts].sort(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`);
  const sentence = `Recorded ${plural(pairs.length, 'answer')} without secrets: ${statuses.join(', ') || 'none'}.`;
  const where = displayPath(folder);
  listener({ type: 'run-finished', exitCode, sentence, places: [{ what: 'pairs', where }] });
  return exitCode;
}
