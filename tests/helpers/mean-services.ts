import { createRequire } from 'node:module';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import { createTestServer, type RecordedRequest } from './create-test-server';

/** An answer that a hook may change. */
interface MeanAnswer {
  status: number;
  headers: Record<string, string | number>;
  body: Buffer;
}

interface MeanRequest {
  url: string;
  method: string;
  headers: IncomingHttpHeaders;
}

type State = Record<string, Buffer>;

/** What a file of ../shared/cases/hooks exports, as its mean.js calls it. */
interface Hook {
  readonly site?: (request: MeanRequest, response: ServerResponse) => boolean;
  readonly answer?: (request: MeanRequest, answer: MeanAnswer, state: State) => MeanAnswer | undefined;
  readonly store?: (request: MeanRequest, answer: MeanAnswer, state: State, response: ServerResponse) => unknown;
}

/** A site and a store before the sandbox whose answers the hook in that file changes. Returns the site's origin. */
export async function withMeanServices(sandbox: Sandbox, hookFile: string): Promise<string> {
  const hook = createRequire(hookFile)(hookFile) as Hook;
  const state: State = {};
  const store = await createTestServer((request, response) => {
    void forwarded(sandbox.storeUrl, request).then((answer) => {
      if (hook.store?.(request, answer, state, response) !== 'handled') send(response, answer);
    });
  });
  const site = await createTestServer((request, response) => {
    if (hook.site?.(request, response)) return;
    void forwarded(sandbox.siteUrl, request).then((answer) => {
      const { location } = answer.headers;
      if (location !== undefined) answer.headers.location = String(location).replace(sandbox.storeUrl, store.origin);
      answer.body = Buffer.from(answer.body.toString().replaceAll(sandbox.siteUrl, site.origin));
      send(response, hook.answer?.(request, answer, state) ?? answer);
    });
  });
  return site.origin;
}

const SENT = ['accept', 'authorization', 'content-type', 'range'];
const PASSED = ['content-type', 'location', 'www-authenticate', 'content-range', 'content-length'];

async function forwarded(origin: string, { method, url, headers, body }: RecordedRequest): Promise<MeanAnswer> {
  const sent = SENT.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]] as const] : []));
  const form = method === 'POST' ? { body } : {};
  const answer = await fetch(`${origin}${url}`, {
    ...{ method, headers: Object.fromEntries(sent), redirect: 'manual' },
    ...form,
  });
  const passed = PASSED.flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return {
    ...{ status: answer.status, headers: Object.fromEntries(passed) },
    body: Buffer.from(await answer.arrayBuffer()),
  };
}

function send(response: ServerResponse, { status, headers, body }: MeanAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
}
