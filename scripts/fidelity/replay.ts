import type { RecordedAnswer, RecordedPair, RecordedRequest } from '../lib/recorded-pair';
import { startSandbox } from '../sandbox/sandbox';
import { ask } from './ask';
import { compare, type Verdict } from './compare';
import type { Recording } from './recordings';

export interface Replayed {
  readonly request: RecordedRequest;
  readonly verdict: Verdict;
}

const TOKEN_PATH = '/auth/realms/reprocessing-preparation/protocol/openid-connect/token';

/** Asks a sandbox with the recording's data for every pair, one after another. */
export async function replay({ pairs, sandbox: options, prepare }: Recording): Promise<Replayed[]> {
  const sandbox = await startSandbox(options);
  try {
    const tokens = new Map<string, string>();
    const put = async (request: RecordedRequest): Promise<RecordedAnswer> =>
      ask(sandbox.siteUrl, request, await authorization(sandbox.siteUrl, request.user, tokens));
    const named = prepare === undefined ? (text: string) => text : await namesAfter(put, prepare);
    const replayed: Replayed[] = [];
    for (const pair of pairs) {
      const request = { ...pair.request, path: named(pair.request.path) };
      if (pair.before !== undefined) await put({ ...pair.before, path: named(pair.before.path) });
      const answer = { ...pair.answer, body: pair.answer.body && named(pair.answer.body) };
      const verdict = await compare({ request, answer }, await put(request), () => wholeList(request, put));
      replayed.push({ request, verdict });
    }
    return replayed;
  } finally {
    await sandbox.close();
  }
}

async function namesAfter(
  put: (request: RecordedRequest) => Promise<RecordedAnswer>,
  { request, id }: NonNullable<Recording['prepare']>,
): Promise<(text: string) => string> {
  const [made] = id.pattern.exec((await put(request)).body ?? '') ?? [];
  if (made === undefined) throw new Error(`${request.method} ${request.path} gave no id`);
  return (text) => text.replaceAll(id.recorded, made);
}

/** The account's token, asked for once: the sandbox's accounts share a password. */
async function authorization(
  origin: string,
  user: string | undefined,
  tokens: Map<string, string>,
): Promise<string | undefined> {
  if (user === undefined) return undefined;
  const known = tokens.get(user);
  if (known !== undefined) return known;
  const form = { grant_type: 'password', client_id: 'reprocessing-preparation', username: user, password: 'password' };
  const { body = '' } = await ask(origin, {
    method: 'POST',
    path: TOKEN_PATH,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  const { access_token: token } = JSON.parse(body) as { access_token: string };
  tokens.set(user, `Bearer ${token}`);
  return `Bearer ${token}`;
}

/** The list of which the request asks a page; undefined when it asks for no page. */
async function wholeList(
  request: RecordedPair['request'],
  put: (request: RecordedRequest) => Promise<RecordedAnswer>,
): Promise<RecordedAnswer | undefined> {
  const [target = '', query = ''] = request.path.split('?');
  const options = query.split('&');
  const kept = options.filter((option) => !/^(?:\$|%24)(?:top|skip|count)=/i.test(option));
  const path = `${target.replace(/,(?:Top|Skip)='\d*'/g, '')}${kept.length > 0 ? `?${kept.join('&')}` : ''}`;
  return path === request.path ? undefined : put({ ...request, path });
}
