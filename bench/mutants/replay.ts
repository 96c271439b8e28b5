/**
 * Where a mutant shows: the requests that the suite sends to a healthy sandbox are sent to one with the mutant, without Newman, and
 * the folders in which an answer is another come first. A hint for the order, no verdict: forms, the store and the clock are not
 * sent again, and what an answer leads to is not asked again.
 */
import { Pool, type Dispatcher } from 'undici';
import type { RecordedRequest } from '../../scripts/sandbox/recorder';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import { tokenAt } from '../sign-in';
import { inSandbox, type Dialect } from './mutant-sandbox';

/** Requests in the order in which they were sent. */
export type Recording = readonly { readonly folder: string; readonly request: RecordedRequest }[];

export function isReplayable({ origin, method, url }: RecordedRequest): boolean {
  return origin === 'site' && method !== 'POST' && method !== 'PUT' && !url.startsWith('/sandbox/');
}

/** Folders by the number of answers that differ; those without any are left out. */
export type Differing = (mutant: string) => Promise<string[]>;

export function differing(recording: Recording, profile: Dialect): Differing {
  const look = (mutant?: string): Promise<string[]> =>
    inSandbox({ profile, mutant }, (sandbox) => answersTo(recording, sandbox));
  let healthy: Promise<(string | undefined)[]> | undefined;
  return async (mutant) => {
    healthy ??= stableOf(look);
    const expected = await healthy;
    const came = await look(mutant);
    const counts = new Map<string, number>();
    for (const [index, { folder }] of recording.entries()) {
      if (expected[index] === undefined || came[index] === expected[index]) continue;
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    return [...counts].sort(([, a], [, b]) => b - a).map(([folder]) => folder);
  };
}

/** An answer that is another the second time tells nothing. */
async function stableOf(look: () => Promise<string[]>): Promise<(string | undefined)[]> {
  const [first, second] = [await look(), await look()];
  return first.map((answer, index) => (answer === second[index] ? answer : undefined));
}

async function answersTo(recording: Recording, sandbox: Sandbox): Promise<string[]> {
  const token = await tokenAt(sandbox, 'user');
  const pool = new Pool(sandbox.siteUrl, { connections: 1 });
  const answers: string[] = [];
  try {
    for (const { request } of recording) {
      const answer = await answerTo(request, pool, token);
      answers.push(answer.replaceAll(sandbox.siteUrl, 'site'));
    }
  } finally {
    await pool.destroy();
  }
  return answers;
}

async function answerTo({ method, url, headers }: RecordedRequest, pool: Pool, token: string): Promise<string> {
  const { accept, authorization } = headers;
  const sent = {
    ...(accept === undefined ? {} : { accept }),
    // Other tokens than the suite's own are broken ones, and stay as they are.
    ...(authorization === undefined
      ? {}
      : { authorization: authorization.replace(/^Bearer eyJ\S+$/, `Bearer ${token}`) }),
  };
  try {
    const answer = await pool.request({ method, path: url, headers: sent });
    const text = await answer.body.text();
    const body = url.includes(FUNCTION) ? inOrder(text) : text;
    return JSON.stringify([answer.statusCode, lasting(answer.headers), body]);
  } catch (error) {
    return String(error);
  }
}

const FUNCTION = 'getReprocessingDataBaseline(';

/** Entries of a baseline come in any order (rdb.md#entries). */
function inOrder(text: string): string {
  const entries = text.split('{"Level0"').map((entry) => entry.replace(/[\]},]+$/, ''));
  return entries.sort().join('');
}

/** Without what is another in every answer. */
function lasting({ location, ...headers }: Dispatcher.ResponseData['headers']): object {
  return {
    ...headers,
    date: '',
    'set-cookie': '',
    location: String(location).replace(/[?].*/, ''),
  };
}
