import type { EventEmitter } from 'node:events';
import type { Item, Request, Response } from 'postman-collection';
import { withMeaning } from '../errors/fault-words';
import { readProblemMessage } from './assertion-protocol';
import { FACTS, type CaseAssertion, type CaseStep } from './case-step';
import { curlLine } from './curl-line';
import { learnExchange } from './learn-exchange';
import { requestKind } from './request-kind';
import { costsOf } from '../services/request-costs';
import type { Redactor } from '../lib/redact/redact';

interface ItemEvent {
  item: Item;
}
interface RequestEvent extends ItemEvent {
  request?: Request;
  response?: Response;
}
interface AssertionEvent extends ItemEvent {
  assertion?: string;
  skipped?: boolean;
}

interface ConsoleEvent {
  messages?: readonly unknown[];
}

type Draft = { -readonly [Key in keyof CaseStep]: CaseStep[Key] } & { assertions: CaseAssertion[] };

/** Turns Newman's events into one CaseStep per request of the contract suite; bodies are let go of as soon as they were checked. */
export function recordCases(emitter: EventEmitter, redactor: Redactor, onStep: (step: CaseStep) => void): void {
  let draft: Draft | undefined;
  emitter.on('beforeItem', (_error: unknown, { item }: ItemEvent) => {
    draft = { folder: folderOf(item), name: item.name, curl: '', milliseconds: 0, assertions: [], sent: false };
  });
  emitter.on('request', (error: Error | null, { request, response }: RequestEvent) => {
    learnExchange({ request, response }, redactor);
    if (!draft) return;
    draft.sent = true;
    if (request) {
      draft.curl = curlLine(request, redactor);
      draft.kind = requestKind(request.url.toString());
      const location: unknown = response?.headers.get('Location');
      const costs = costsOf({
        url: request.url.toString(),
        status: response?.code,
        location: typeof location === 'string' ? location : undefined,
      });
      if (costs.length > 0) draft.costs = costs;
    }
    if (error) {
      draft.fault = redactor.text(withMeaning(error.message));
      draft.isUnanswered = true;
    }
    if (!response) return;
    draft.status = response.code;
    draft.milliseconds = response.responseTime;
  });
  emitter.on('assertion', (error: Error | null, { assertion = '', skipped }: AssertionEvent) => {
    const outcome = error ? 'failed' : skipped ? 'skipped' : 'ok';
    draft?.assertions.push({
      name: redactor.text(assertion),
      outcome,
      ...(error ? told(error.message, redactor) : {}),
    });
  });
  emitter.on('console', (_error: unknown, { messages }: ConsoleEvent) => {
    const [mark, facts] = messages ?? [];
    if (draft && mark === FACTS && typeof facts === 'string')
      draft.facts = [...(draft.facts ?? []), JSON.parse(facts) as unknown];
  });
  emitter.on('script', (error: Error | null) => {
    if (error && draft) draft.fault = redactor.text(`script: ${error.message}`);
  });
  emitter.on('item', () => {
    if (draft) onStep(draft);
    draft = undefined;
  });
}

function told(text: string, redactor: Redactor): Pick<CaseAssertion, 'message' | 'cause'> {
  const { got, cause } = readProblemMessage(text);
  return { message: redactor.text(got), ...(cause ? { cause } : {}) };
}

/** The topmost folder: the resource. */
function folderOf(item: Item): string {
  const parent = item.parent();
  return parent && 'name' in parent && typeof parent.name === 'string' ? parent.name : '';
}
