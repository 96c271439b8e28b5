import { createRequire } from 'node:module';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import { createTestServer } from './create-test-server';
import { forwardRequest } from './forward-request';

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
    void forwardRequest(sandbox.storeUrl, request).then((answer) => {
      if (hook.store?.(request, answer, state, response) !== 'handled') send(response, answer);
    });
  });
  const site = await createTestServer((request, response) => {
    if (hook.site?.(request, response)) return;
    void forwardRequest(sandbox.siteUrl, request).then((answer) => {
      const { location } = answer.headers;
      if (location !== undefined) answer.headers.location = location.replace(sandbox.storeUrl, store.origin);
      answer.body = Buffer.from(answer.body.toString().replaceAll(sandbox.siteUrl, site.origin));
      send(response, hook.answer?.(request, answer, state) ?? answer);
    });
  });
  return site.origin;
}

function send(response: ServerResponse, { status, headers, body }: MeanAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
}
