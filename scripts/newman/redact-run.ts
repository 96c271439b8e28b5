import { isUtf8 } from 'node:buffer';
import type { EventEmitter } from 'node:events';
import type { NewmanRunSummary } from 'newman';
import type { Request, Response, ResponseDefinition } from 'postman-collection';
import { MASK } from '../lib/redact/known-secrets';
import type { Redactor } from '../lib/redact/redact';

/** Bodies that reports keep, in bytes: each, and all of a run. Newman holds every body in memory until the run ends. */
export interface BodyLimits {
  each: number;
  run: number;
}

const BODY_LIMITS: BodyLimits = { each: 1_000_000, run: 16_000_000 };

/** What the events of a run carry (newman/lib/run/index.js, `runtimeEvents`), as far as it can hold a secret. */
interface RunEvent {
  request?: Request;
  response?: Response;
  cookies?: readonly { value?: string }[];
  history?: object;
  messages?: unknown[];
  assertion?: string;
  error?: Error;
}

type BodyKeeper = (stream: Uint8Array | undefined) => Buffer;

const EVENTS_WITH_ERRORS = [
  ...['iteration', 'item', 'prerequest', 'request', 'test', 'script', 'assertion'],
  ...['beforeIteration', 'beforeItem', 'beforePrerequest', 'beforeRequest', 'beforeTest', 'beforeScript', 'exception'],
];

/**
 * Takes the secrets out of everything that a Newman run shows to its reporters and leaves in its summary.
 *
 * Newman hands one event object to all listeners, and its summary and its reporters listen only after newman.run() has
 * returned. So a listener registered right then comes first, and can put redacted copies into the event: scripts and the
 * requests on the wire keep the real thing, everybody after this sees the copy. Whoever needs the real answers registers
 * before. In the end the summary is redacted in place: environment, globals and collection included.
 *
 * The collection and environment must be given to newman.run() as definitions or files: an SDK object that several runs
 * share would be redacted under the others' feet.
 */
export function redactRun(emitter: EventEmitter, redactor: Redactor, limits: BodyLimits = BODY_LIMITS): void {
  const keepBody = bodyKeeper(redactor, limits);
  for (const name of EVENTS_WITH_ERRORS) {
    emitter.on(name, (error: unknown, event?: RunEvent) => {
      redactError(error, redactor);
      redactError(event?.error, redactor);
    });
  }
  emitter.on('beforeRequest', (_error: unknown, event: RunEvent) => {
    if (event.request) event.request = redactedRequest(event.request, redactor);
  });
  emitter.on('request', (_error: unknown, event: RunEvent) => {
    if (event.request) event.request = redactedRequest(event.request, redactor);
    if (event.response) event.response = redactedResponse(event.response, redactor, keepBody);
    if (event.cookies) event.cookies = event.cookies.map((cookie) => ({ ...cookie, value: MASK }));
    if (event.history) redactor.scrub(event.history);
  });
  emitter.on('assertion', (_error: unknown, event: RunEvent) => {
    if (event.assertion !== undefined) event.assertion = redactor.text(event.assertion);
  });
  emitter.on('console', (_error: unknown, event: RunEvent) => {
    if (event.messages) redactor.scrub(event.messages);
  });
  emitter.on('beforeDone', (_error: unknown, event: { summary: NewmanRunSummary }) => {
    redactSummary(event.summary, redactor);
  });
  emitter.on('done', (error: unknown, summary: NewmanRunSummary) => {
    redactError(error, redactor);
    redactSummary(summary, redactor);
  });
}

/** The variables first: what they hold under a secret name is then known wherever else it stands. */
function redactSummary(summary: NewmanRunSummary, redactor: Redactor): void {
  for (const { values } of [summary.environment, summary.globals]) if (values) redactor.scrub(values);
  redactor.scrub(summary);
}

/** Message and stack of an Error are not enumerable: a walk would miss them. */
function redactError(error: unknown, redactor: Redactor): void {
  if (typeof error !== 'object' || error === null) return;
  redactor.scrub(error);
  for (const key of ['message', 'stack']) {
    const value: unknown = Reflect.get(error, key);
    if (typeof value === 'string') Reflect.set(error, key, redactor.text(value));
  }
}

function redactedRequest(request: Request, redactor: Redactor): Request {
  const copy = request.clone();
  redactor.scrub(copy);
  return copy;
}

function redactedResponse(response: Response, redactor: Redactor, keepBody: BodyKeeper): Response {
  const Copy = response.constructor as new (definition: ResponseDefinition) => Response;
  const copy = new Copy({
    code: response.code,
    responseTime: response.responseTime,
    header: response.headers.all().map(({ key, value }) => ({ key, value })),
  });
  Object.assign(copy, { id: response.id, status: response.status });
  redactor.scrub(copy);
  // Sizes stay those of the real answer.
  const size = response.size();
  Object.defineProperty(copy, 'size', { value: () => size });
  return Object.assign(copy, { responseSize: response.responseSize, stream: keepBody(response.stream) });
}

/** A body as it may be shown: its text redacted, or a note where it is binary or too large. Always a Buffer (docs/newman.md#memory). */
function bodyKeeper(redactor: Redactor, limits: BodyLimits): BodyKeeper {
  let kept = 0;
  return (stream) => {
    const { buffer, byteOffset, byteLength } = stream ?? Buffer.alloc(0);
    const body = Buffer.from(buffer, byteOffset, byteLength);
    const note = (reason: string): Buffer => Buffer.from(`[${body.length} bytes, not shown: ${reason}]`);
    if (body.length > limits.each) return note(`more than ${limits.each} bytes`);
    if (!isUtf8(body) || body.includes(0)) return note('binary');
    const redacted = Buffer.from(redactor.text(body.toString()));
    if (kept + redacted.length > limits.run) return note(`the report keeps ${limits.run} bytes of all answers`);
    kept += redacted.length;
    return redacted;
  };
}
