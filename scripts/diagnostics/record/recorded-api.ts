/** Recorded pairs in the place of a site: what drift can look at years later, and without an account. */
import { stat } from 'node:fs/promises';
import { Failure } from '../../errors/errors';
import { unreadable } from '../../errors/read-input';
import { codeOf } from '../../errors/target-failure';
import { readPairs, type RecordedPair } from '../../lib/recorded-pair';
import { createApi, type Api } from '../../services/api';
import { ONE_ATTEMPT } from '../doctor/service-checks';
import type { Site } from '../../services/site';
import type { Answer } from '../../services/transport';
import { recordedPath } from './recorded-path';

export interface RecordedApi {
  /** Answers as the site did. */
  readonly api: Api;
  /** Whether the address was asked for. */
  readonly has: (url: string) => boolean;
}

/** @throws Failure FILE_UNREADABLE, FILE_MALFORMED */
export async function recordedApi(folder: string, site: Site): Promise<RecordedApi> {
  const pairs = await pairsOf(folder);
  const answers = new Map<string, RecordedPair['answer'][]>();
  for (const { request, answer } of pairs) {
    if (request.method !== 'GET' || request.user === undefined || answer.status === 0) continue;
    const key = keyOf(request.path, request.headers.Accept);
    answers.set(key, [...(answers.get(key) ?? []), answer]);
  }
  const find = (url: string, accept: string): RecordedPair['answer'] | undefined =>
    answers.get(keyOf(recordedPath(site, url) ?? '', accept))?.[0];
  return {
    has: (url) => ['application/json', '*/*'].some((accept) => find(url, accept) !== undefined),
    api: createApi({
      transport: {
        get: ({ url, accept }) => {
          const answer = find(url, accept);
          return answer ? Promise.resolve(answerOf(answer)) : Promise.reject(notRecorded(folder, url));
        },
      },
      tokens: { token: () => Promise.resolve('recorded'), renew: () => Promise.resolve('recorded') },
      validate: () => [],
      patience: ONE_ATTEMPT,
    }),
  };
}

const keyOf = (path: string, accept = '*/*'): string => `${accept} ${path}`;

function answerOf({ status, headers, body = '', length = body.length }: RecordedPair['answer']): Answer {
  return { status, header: (name) => headers[name.toLowerCase()], text: body, truncated: length > body.length };
}

function notRecorded(folder: string, url: string): Failure {
  const problems = [`it has no answer to ${new URL(url).pathname}`];
  return new Failure({ code: 'FILE_MALFORMED', path: folder, what: 'folder of recorded pairs', problems });
}

async function pairsOf(folder: string): Promise<RecordedPair[]> {
  try {
    await stat(folder);
    return await readPairs(folder);
  } catch (error) {
    const what = 'folder of recorded pairs';
    if (codeOf(error) !== '') throw unreadable(folder, what, error);
    const problem = error instanceof Error ? error.message : String(error);
    throw new Failure({ code: 'FILE_MALFORMED', path: folder, what, problems: [problem] }, { cause: error });
  }
}
