import { request as send } from 'node:http';
import type { RecordedAnswer, RecordedRequest } from '../lib/recorded-pair';

/** Milliseconds without any answer after which a service is taken to hang; the sandbox answers in a few. */
const PATIENCE = 3000;

/** Sends a request whose target goes over the wire as it is: no client normalises it. Status 0: nothing came. */
export function ask(
  origin: string,
  { method, path, headers, body }: RecordedRequest,
  authorization?: string,
): Promise<RecordedAnswer> {
  const { hostname, port } = new URL(origin);
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const all = { ...(authorization === undefined ? {} : { Authorization: authorization }), ...headers, ...length };
  return new Promise((resolve, reject) => {
    const sent = send({ hostname, port, path, method, headers: all, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const told = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(told) as Record<string, string>,
          body,
          length: body.length,
        });
      });
    });
    sent.setTimeout(PATIENCE, () => {
      resolve({ status: 0, headers: {} });
      sent.destroy();
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
