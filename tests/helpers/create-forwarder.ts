import { createTestServer, type Certificate, type RecordedRequest, type TestServer } from './create-test-server';
import { forwardRequest, type ForwardedAnswer } from './forward-request';

export interface TextAnswer extends Omit<ForwardedAnswer, 'body'> {
  body: string;
}

/** What comes back in place of the answer; undefined: the answer as it is. */
export type ChangeAnswer = (request: RecordedRequest, answer: TextAnswer) => TextAnswer | string | undefined;

/**
 * A server that hands every request on to `origin`, and its answer back with a change. Redirects are handed back as they are.
 * With a certificate it speaks TLS.
 */
export async function createForwarder(
  origin: string,
  change: ChangeAnswer = () => undefined,
  certificate?: Certificate,
): Promise<TestServer> {
  return createTestServer((request, response) => {
    void forwardRequest(origin, request).then((forwarded) => {
      const answer = { ...forwarded, body: forwarded.body.toString() };
      const changed = change(request, answer) ?? answer;
      const { status, headers, body } = typeof changed === 'string' ? { ...answer, body: changed } : changed;
      response.writeHead(status, headers).end(body);
    });
  }, certificate);
}
