import { createTestServer, type RecordedRequest, type TestServer } from './create-test-server';

export interface ForwardedAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What comes back in place of the answer; undefined: the answer as it is. */
export type ChangeAnswer = (request: RecordedRequest, answer: ForwardedAnswer) => ForwardedAnswer | string | undefined;

/** A server that hands every request on to `origin`, and its answer back with a change. Redirects are handed back as they are. */
export async function createForwarder(origin: string, change: ChangeAnswer = () => undefined): Promise<TestServer> {
  return createTestServer((request, response) => {
    void forward(origin, request).then((answer) => {
      const changed = change(request, answer) ?? answer;
      const { status, headers, body } = typeof changed === 'string' ? { ...answer, body: changed } : changed;
      response.writeHead(status, headers).end(body);
    });
  });
}

async function forward(origin: string, { method, url, headers, body }: RecordedRequest): Promise<ForwardedAnswer> {
  const kept = ['accept', 'authorization', 'content-type', 'x-auxflow-sandbox'].flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  const answer = await fetch(`${origin}${url}`, {
    method,
    headers: Object.fromEntries(kept),
    redirect: 'manual',
    ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
  });
  const passed = ['content-type', 'location', 'www-authenticate'].flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { status: answer.status, headers: Object.fromEntries(passed), body: await answer.text() };
}
