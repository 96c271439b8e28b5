/** A collector of OpenTelemetry: keeps what it is sent by OTLP as JSON over HTTP. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status?: { readonly code?: number; readonly message?: string };
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface ReceivedPoint {
  readonly name: string;
  readonly value: number;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Collector {
  readonly url: string;
  /** Paths and `authorization` of all requests. */
  readonly requests: { readonly path: string; readonly authorization?: string }[];
  /** Everything as it came. */
  readonly bodies: string[];
  spans(): ReceivedSpan[];
  /** Of the last sending. */
  points(): ReceivedPoint[];
  /** Attributes of the resources. */
  resources(): Record<string, unknown>[];
  close(): void;
}

/** @param isSilent takes requests and never answers */
export async function startCollector({ isSilent = false } = {}): Promise<Collector> {
  const requests: Collector['requests'] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      requests.push({ path: request.url ?? '', authorization: request.headers.authorization });
      bodies.push(body);
      if (!isSilent) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const of = (key: string): unknown[] => bodies.flatMap((body) => rowsIn(JSON.parse(body), key));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    bodies,
    spans: () =>
      (of('spans') as (Omit<ReceivedSpan, 'attributes'> & { attributes?: Attribute[] })[]).map((span) => ({
        ...span,
        attributes: plain(span.attributes),
      })),
    points() {
      const last = bodies.findLast((body) => body.includes('"resourceMetrics"')) ?? '{}';
      const metrics = rowsIn(JSON.parse(last), 'metrics') as { name: string; [kind: string]: unknown }[];
      return metrics.flatMap(({ name, ...data }) =>
        (rowsIn(data, 'dataPoints') as Point[]).map(({ attributes, asDouble, asInt }) => ({
          name,
          value: Number(asDouble ?? asInt),
          attributes: plain(attributes),
        })),
      );
    },
    resources: () => (of('resource') as { attributes?: Attribute[] }[]).map(({ attributes }) => plain(attributes)),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

interface Point {
  readonly attributes?: Attribute[];
  readonly asDouble?: number;
  readonly asInt?: number | string;
}

/** What stands under a key, wherever that is: rows of a list, or the value. */
function rowsIn(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]): unknown[] => {
    if (name !== key) return rowsIn(inside, key);
    return Array.isArray(inside) ? inside : [inside];
  });
}

function plain(attributes: readonly Attribute[] = []): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
