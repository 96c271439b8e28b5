/** What a worker counts, as Prometheus reads it (text format 0.0.4). */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { groupBy } from '../../lib/group-by';
import { Failure } from '../../errors/errors';
import type { Meter, Reading } from '../../session/telemetry/telemetry';
import { inWords } from '../../errors/fault-words';
import { codeOf } from '../../errors/target-failure';

export interface Counters {
  verified: number;
  failed: number;
  /** Of verified files that came over the wire. */
  bytes: number;
  /** Calls for baselines, and those whose answer is wrong. */
  callsAnswered: number;
  callsFailed: number;
  /** Jobs under way. */
  active: number;
  /** Of all that failed for good, and of archives that were not unpacked. */
  readonly exitCodes: Set<number>;
}

export function newCounters(): Counters {
  return { verified: 0, failed: 0, bytes: 0, callsAnswered: 0, callsFailed: 0, active: 0, exitCodes: new Set() };
}

export interface MetricsSources {
  readonly counters: Counters;
  /** Names and values of gauges that others keep; asked for with each reading. */
  readonly gauges: () => Promise<readonly Gauge[]>;
}

export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Gauge: 1 where Redis answers. */
export const QUEUE_UP = 'auxflow_queue_up';

/** `/metrics`, and `/ready`: 200 where Redis answers, else 503. @throws Failure PORT_IN_USE, USAGE */
export async function serveMetrics(
  { host = '127.0.0.1', port = 0 }: { readonly host?: string; readonly port?: number },
  sources: MetricsSources,
): Promise<{ readonly address: string; close(): void }> {
  const server = createServer((request, response) => {
    const write = ANSWERS.get(request.url?.split('?')[0] ?? '');
    if (request.method === 'GET' && write) void write(sources, response);
    else response.writeHead(404).end();
  });
  server.listen(port, host);
  await once(server, 'listening').catch((error: unknown) => {
    if (codeOf(error) === 'EADDRINUSE') throw new Failure({ code: 'PORT_IN_USE', port, option: '--metrics-port' });
    const problem = `No metrics can be served at ${host}, port ${port}: ${inWords(codeOf(error) || String(error))}.`;
    throw new Failure({ code: 'USAGE', problem, next: 'Correct --metrics-host or --metrics-port.' }, { cause: error });
  });
  const bound = server.address() as AddressInfo;
  return { address: `http://${host}:${bound.port}/metrics`, close: () => server.close() };
}

type Write = (sources: MetricsSources, response: ServerResponse) => Promise<void>;

const ANSWERS: ReadonlyMap<string, Write> = new Map<string, Write>([
  [
    '/metrics',
    async (sources, response) => {
      const text = await textOf(sources);
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(text);
    },
  ],
  [
    '/ready',
    async ({ gauges }, response) => {
      const isReady = (await gauges()).some(({ name, value }) => name === QUEUE_UP && value === 1);
      response.writeHead(isReady ? 200 : 503).end();
    },
  ],
]);

export async function textOf({ counters, gauges }: MetricsSources): Promise<string> {
  const { verified, failed, bytes, callsAnswered, callsFailed, active } = counters;
  const calls = [
    { labels: { result: 'answered' }, value: callsAnswered },
    { labels: { result: 'failed' }, value: callsFailed },
  ];
  const own = [
    ...sample('auxflow_files_verified_total', 'counter', 'Files verified by this worker.', [{ value: verified }]),
    ...sample('auxflow_files_failed_total', 'counter', 'Files that failed for good in this worker.', [
      { value: failed },
    ]),
    ...sample('auxflow_received_bytes_total', 'counter', 'Bytes of verified files.', [{ value: bytes }]),
    ...sample('auxflow_baseline_calls_total', 'counter', 'Calls for baselines that this worker made.', calls),
    ...sample('auxflow_files_active', 'gauge', 'Files and calls under way in this worker.', [{ value: active }]),
  ];
  const byName = groupBy(await gauges(), ({ name }) => name);
  const others = [...byName].flatMap(([name, list]) => sample(name, 'gauge', list[0]?.help ?? '', list));
  return `${[...own, ...others].join('\n')}\n`;
}

function sample(
  name: string,
  type: string,
  help: string,
  values: readonly Pick<Gauge, 'labels' | 'value'>[],
): string[] {
  const lines = values.map(({ labels = {}, value }) => {
    const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`);
    return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
}

/** All that the format escapes in the value of a label. */
const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** The same numbers for OpenTelemetry. */
export function metersOf({ counters, gauges }: MetricsSources): Meter[] {
  const counter = (name: string, unit: string, description: string, read: Meter['read']): Meter => {
    return { name, unit, description, kind: 'counter', read };
  };
  const of = (name: string, value: number, result: string) => ({ value, attributes: { [name]: result } });
  const gauge = (name: string, unit: string, description: string, from: string): Meter => {
    const read = async () => (await gauges()).filter((known) => known.name === from).map(readingOf);
    return { name, unit, description, kind: 'gauge', read };
  };
  return [
    counter('auxflow.files', '{file}', 'Files that this worker has settled.', () => [
      of('auxflow.result', counters.verified, 'verified'),
      of('auxflow.result', counters.failed, 'failed'),
    ]),
    counter('auxflow.received', 'By', 'Bytes of verified files.', () => [{ value: counters.bytes }]),
    counter('auxflow.baseline_calls', '{call}', 'Calls for baselines that this worker made.', () => [
      of('auxflow.result', counters.callsAnswered, 'answered'),
      of('auxflow.result', counters.callsFailed, 'failed'),
    ]),
    gauge('auxflow.queue.jobs', '{job}', 'Jobs of the queue by state.', 'auxflow_queue_jobs'),
    gauge('auxflow.account.bytes', 'By', 'Bytes granted in the period.', 'auxflow_account_bytes'),
    gauge('auxflow.account.grants', '{grant}', 'Grants of the period.', 'auxflow_account_grants'),
    gauge('auxflow.account.rest', 's', 'Rest after a 429.', 'auxflow_account_rest_seconds'),
  ];
}

function readingOf({ value, labels = {} }: Gauge): Reading {
  return {
    value,
    attributes: Object.fromEntries(Object.entries(labels).map(([key, text]) => [`auxflow.${key}`, text])),
  };
}
