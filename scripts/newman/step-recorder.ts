import type { EventEmitter } from 'node:events';
import type { Item, Request, Response } from 'postman-collection';
import { classifyResponse } from '../services/classify-response';
import type { Redactor } from '../lib/redact/redact';
import { learnExchange } from './learn-exchange';
import type { RunStep, StepBeginning } from './run-step';
import { withoutQuery } from '../lib/without-query';

/** An answer as it came over the wire. Its URL is the one that was sent, without secrets. */
export interface Answer {
  readonly step: string;
  /** Of the run's rows, from 0. */
  readonly iteration: number;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly mediaType: string;
  readonly body: Buffer;
}

interface Cursor {
  item: Item;
  cursor: { iteration: number };
}
interface RequestEvent extends Cursor {
  request?: Request;
  response?: Response;
}
interface AssertionEvent extends Cursor {
  assertion?: string;
  skipped?: boolean;
}

interface Listeners {
  readonly redactor: Redactor;
  /** A request is being sent. */
  readonly onBegin?: (step: StepBeginning) => void;
  readonly onStep: (step: RunStep) => void;
  readonly onAnswer: (answer: Answer) => void;
}

type Draft = { -readonly [Key in keyof RunStep]: RunStep[Key] } & { assertions: RunStep['assertions'][number][] };

/** Of a body: a login form and a message stand near its beginning. */
const MAX_SEARCHED_BYTES = 1024 * 1024;

/** Turns Newman's events into one RunStep per request, and hands on each answer. Register it before redactRun. */
export function stepRecorder(emitter: EventEmitter, { redactor, onBegin, onStep, onAnswer }: Listeners): void {
  let draft: Draft | undefined;

  emitter.on('beforeItem', (_error: unknown, { item, cursor }: Cursor) => {
    draft = newDraft(item, cursor.iteration);
  });
  emitter.on('beforeRequest', () => {
    if (!draft) return;
    draft.startedAt = performance.now();
    onBegin?.({ folder: draft.folder, name: draft.name });
  });
  emitter.on('request', (error: Error | null, event: RequestEvent) => {
    if (!draft) return;
    learnExchange(event, redactor);
    draft.skipped = false;
    if (event.request) readRequest(draft, event.request, redactor);
    if (error) draft.fault = redactor.text(error.message);
    if (event.response) onAnswer(readResponse(draft, event.response, redactor));
  });
  emitter.on('assertion', (error: Error | null, { assertion = '', skipped }: AssertionEvent) => {
    if (skipped) return;
    draft?.assertions.push({
      name: redactor.text(assertion),
      ok: error === null,
      ...(error ? { message: redactor.text(error.message) } : {}),
    });
  });
  emitter.on('script', (error: Error | null) => {
    // Scripts also run, and break, after a request that got no answer: that is no cause of its own.
    if (error && draft) draft.fault ??= redactor.text(`script: ${error.message}`);
  });
  emitter.on('item', () => {
    if (draft) onStep(draft);
    draft = undefined;
  });
}

function newDraft(item: Item, iteration: number): Draft {
  const parent = item.parent();
  return {
    name: item.name,
    iteration,
    folder: parent && 'name' in parent && typeof parent.name === 'string' ? parent.name : '',
    method: item.request.method,
    url: '',
    reason: '',
    startedAt: performance.now(),
    milliseconds: 0,
    bytes: 0,
    assertions: [],
    skipped: true,
  };
}

function readRequest(draft: Draft, request: Request, redactor: Redactor): void {
  draft.method = request.method;
  draft.url = redactor.text(request.url.toString());
}

function readResponse(draft: Draft, response: Response, redactor: Redactor): Answer {
  const body = Buffer.from(response.stream ?? []);
  const mediaType = (header(response, 'Content-Type').split(/[;,]/)[0] ?? '').trim().toLowerCase();
  draft.status = response.code;
  draft.mediaType = mediaType;
  draft.milliseconds = response.responseTime;
  draft.bytes = body.length;
  const location = header(response, 'Location');
  if (location !== '') draft.location = redactor.text(withoutQuery(location));
  draft.kind = classifyResponse({
    status: response.code,
    location,
    wwwAuthenticate: header(response, 'WWW-Authenticate'),
    text: mediaType === 'text/html' || response.code >= 400 ? body.toString('utf8', 0, MAX_SEARCHED_BYTES) : '',
  });
  draft.reason = redactor.text(shortReason(mediaType, body));
  return {
    step: draft.name,
    iteration: draft.iteration,
    method: draft.method,
    url: draft.url,
    status: response.code,
    mediaType,
    body,
  };
}

function header(response: Response, name: string): string {
  const value: unknown = response.headers.get(name);
  return typeof value === 'string' ? value : '';
}

/** `error` of the token endpoint, message of OData, or nothing: never a whole body. */
function shortReason(mediaType: string, body: Buffer): string {
  if (mediaType !== 'application/json' || body.length > 10_000) return '';
  try {
    const { error } = JSON.parse(body.toString()) as { error?: string | { message?: string | null } };
    return typeof error === 'string' ? error : (error?.message ?? '');
  } catch {
    return '';
  }
}
