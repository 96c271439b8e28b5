import type { RecordedRequest } from './create-test-server';

export interface ForwardedAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

const SENT = ['accept', 'authorization', 'content-type', 'range', 'x-auxflow-sandbox'];
const PASSED = ['content-type', 'location', 'www-authenticate', 'content-range'];

/** Sends a request to `origin` in place of the server that it came to. Redirects are not followed. */
export async function forwardRequest(
  origin: string,
  { method, url, headers, body }: RecordedRequest,
): Promise<ForwardedAnswer> {
  const sent = SENT.flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  const answer = await fetch(`${origin}${url}`, {
    method,
    headers: Object.fromEntries(sent),
    redirect: 'manual',
    ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
  });
  const passed = PASSED.flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return {
    status: answer.status,
    headers: Object.fromEntries(passed),
    body: Buffer.from(await answer.arrayBuffer()),
  };
}
