/**
 * A folder of our suite without Newman: the collection's own scripts, in one world of their own, and the requests that they prepare.
 * Newman copies every variable into each script and back, which takes more than the requests and the scripts together; that both
 * come to the same verdicts is tested (tests/bench/light-runner.test.ts).
 */
import { createHash } from 'node:crypto';
import http from 'node:http';
import vm from 'node:vm';
import ajv6 from 'ajv6';
import { FACTS } from '../../../scripts/newman/case-step';
import { definedOncePerFolder, onlyFolders } from '../../../scripts/newman/suite';
import type { Collection } from '../suite';
import { send, type LightRequest, type LightResponse } from './send';
import { Variables } from './variables';

export interface LightStep {
  readonly folder: string;
  readonly name: string;
  readonly checks: readonly LightCheck[];
  /** False where its script skipped it. */
  readonly sent: boolean;
  /** What its scripts told for the report. */
  readonly facts: readonly unknown[];
  /** A script that threw, or a request without an answer. */
  readonly fault?: string;
}

export interface LightCheck {
  readonly name: string;
  readonly outcome: 'ok' | 'failed' | 'skipped';
  readonly message?: string;
}

interface Event {
  readonly listen: string;
  readonly script: { readonly exec: string | readonly string[] };
}

interface Item {
  readonly id: string;
  readonly name: string;
  readonly event?: readonly Event[];
  readonly request: LightRequest;
}

/** Ends when `onStep` returns false. */
export async function runFolder(
  collection: Collection,
  folder: string,
  environment: Readonly<Record<string, string>>,
  onStep: (step: LightStep) => boolean,
): Promise<void> {
  const suite = definedOncePerFolder(onlyFolders(collection, [folder]));
  const items = (suite.item[0]?.item ?? []) as readonly Item[];
  const before = (suite.event ?? []) as readonly Event[];
  const world = new World(environment);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  try {
    let place = 0;
    for (let item = items[place]; item; item = items[place]) {
      const { step, next } = await world.visit(folder, item, before, agent);
      if (!onStep(step)) return;
      if (next === null) return;
      place = next === undefined ? place + 1 : items.findIndex(({ id, name }) => id === next || name === next);
    }
  } finally {
    agent.destroy();
  }
}

interface Visit {
  readonly step: LightStep;
  /** As given to `setNextRequest`. */
  readonly next: string | null | undefined;
}

/** The globals that scripts share, and the variables of one run. */
class World {
  private readonly variables: Variables;
  private readonly context: vm.Context;
  private visited: OpenVisit | undefined;

  constructor(environment: Readonly<Record<string, string>>) {
    this.variables = new Variables(environment);
    const info = (mark: unknown, facts: unknown): void => {
      if (mark === FACTS && typeof facts === 'string') this.visited?.facts.push(JSON.parse(facts) as unknown);
    };
    this.context = vm.createContext({ CryptoJS: CRYPTO, require: bring, atob, btoa, console: { ...SILENT, info } });
  }

  async visit(folder: string, item: Item, before: readonly Event[], agent: http.Agent): Promise<Visit> {
    const visit = (this.visited = new OpenVisit(folder, item, this.variables));
    try {
      const events = [...before, ...(item.event ?? [])];
      this.run(events, 'prerequest', visit);
      if (!visit.isSkipped) {
        try {
          visit.response = await send(item.request, this.variables, agent);
        } catch (error) {
          visit.fault = String(error);
        }
        this.run(events, 'test', visit);
      }
    } catch (error) {
      visit.fault = `script: ${String(error)}`;
    }
    return visit.result();
  }

  private run(events: readonly Event[], listen: string, visit: OpenVisit): void {
    for (const { listen: when, script } of events) {
      if (when !== listen || visit.isSkipped) continue;
      this.context['pm'] = visit.postman();
      const text = typeof script.exec === 'string' ? script.exec : script.exec.join('\n');
      compiled(text).runInContext(this.context);
    }
  }
}

const SCRIPTS = new Map<string, vm.Script>();

function compiled(text: string): vm.Script {
  const script = SCRIPTS.get(text) ?? new vm.Script(text);
  SCRIPTS.set(text, script);
  return script;
}

const silence = (): void => undefined;
const SILENT = { log: silence, warn: silence, error: silence };

/** What Postman's sandbox brings along, as far as the scripts ask for it. */
function bring(name: string): unknown {
  if (name === 'ajv') return ajv6;
  throw new Error(`the light runner has no ${name}`);
}

/** As much of it as the scripts use. */
const CRYPTO = {
  lib: { WordArray: { create: (bytes: Uint8Array): Uint8Array => bytes } },
  MD5: (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex'),
};

class OpenVisit {
  isSkipped = false;
  response: LightResponse | undefined;
  fault: string | undefined;
  readonly facts: unknown[] = [];
  private next: string | null | undefined;
  private readonly checks: LightCheck[] = [];

  constructor(
    private readonly folder: string,
    private readonly item: Item,
    private readonly variables: Variables,
  ) {}

  /** The part of Postman's API that the scripts of the contract suite use (scripts/workflow/postman-scripts/postman.d.ts). */
  postman(): object {
    const test = Object.assign((name: string, check: () => void) => this.test(name, check), {
      skip: (name: string) => void this.checks.push({ name, outcome: 'skipped' }),
    });
    return {
      environment: this.variables.scope('environment'),
      collectionVariables: this.variables.scope('collection'),
      variables: {
        get: (name: string) => this.variables.get(name),
        replaceIn: (template: string) => this.variables.replaceIn(template),
      },
      request: {
        url: this.variables.replaceIn(this.item.request.url),
        headers: { has: () => false, upsert: () => undefined },
      },
      response: this.response ?? {},
      info: { iteration: 0, requestId: this.item.id, requestName: this.item.name },
      execution: {
        setNextRequest: (name: string | null) => void (this.next = name),
        skipRequest: () => void (this.isSkipped = true),
        location: ['Service contract', this.folder, this.item.name],
      },
      test,
      expect: {
        fail: (message: string) => {
          throw new Error(message);
        },
      },
    };
  }

  result(): Visit {
    const { folder, item, checks, facts, fault, isSkipped } = this;
    const step = {
      folder,
      name: item.name,
      checks,
      sent: !isSkipped,
      facts,
      ...(fault === undefined ? {} : { fault }),
    };
    return { step, next: this.next };
  }

  private test(name: string, check: () => void): void {
    try {
      check();
      this.checks.push({ name, outcome: 'ok' });
    } catch (error) {
      this.checks.push({ name, outcome: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }
}
