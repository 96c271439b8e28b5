import type { EventEmitter } from 'node:events';
import type { Request, Response } from 'postman-collection';
import { gatewayAnswer, isRefusal } from '../services/classify-response';
import { wasNeverSent } from '../services/retry';
import type { Answer } from '../services/transport';
import { isRecord } from '../lib/read-json';

/** A `$value` that Newman asked for and that was granted, or may have been: it is charged to the account's quota (auxip.md#quota). */
export interface AskedValue {
  /** In the catalogue, lower case. */
  readonly id: string;
  /** Of the file, as its catalogue entry said before; 0 where none did. */
  readonly bytes: number;
  /** When the answer came, epoch milliseconds. */
  readonly at: number;
  /** Presigned: a credential for ten minutes, and for no report. Absent where no redirect came. */
  readonly location?: string;
}

interface RequestEvent {
  request?: Request;
  response?: Response;
}

const VALUE = /\/Products\(([0-9a-f-]{36})\)\/\$value(?:\?.*)?$/i;
const CATALOGUE = /\/Products[(?]/;
/** Entries are small; pages of thousands are not what a file is chosen from. */
const MAX_ENTRY_BYTES = 64 * 1024;

/** Hands on each `$value` as soon as it is answered. Register it before redactRun, which takes the location away. */
export function recordValues(emitter: EventEmitter, onValue: (value: AskedValue) => void): void {
  const sizes = new Map<string, number>();
  emitter.on('request', (error: (Error & { code?: string }) | null, { request, response }: RequestEvent) => {
    const url = request?.url.toString() ?? '';
    const id = VALUE.exec(url)?.[1]?.toLowerCase();
    if (id === undefined) {
      if (response && CATALOGUE.test(url)) for (const [key, bytes] of sizesIn(response)) sizes.set(key, bytes);
    } else if (response ? mayBeGranted(response) : !wasNeverSent(error?.code ?? '')) {
      onValue({ id, bytes: sizes.get(id) ?? 0, at: Date.now(), location: response && locationOf(response, url) });
    }
  });
}

/** Whatever the service may have charged before something on the way lost patience. */
function mayBeGranted(response: Response): boolean {
  return !(response.code >= 400 && response.code < 500) && !isRefusal(gatewayAnswer(answerOf(response)));
}

function answerOf(response: Response): Answer {
  return {
    status: response.code,
    header: (name) => header(response, name),
    text: response.text() ?? '',
    truncated: false,
  };
}

/** As it was sent, for it is judged so. A place on the service itself is not the store. */
function locationOf(response: Response, base: string): string | undefined {
  const location = header(response, 'location');
  if (response.code < 300 || response.code >= 400 || location === undefined) return undefined;
  return URL.canParse(location, base) && new URL(location, base).origin !== new URL(base).origin ? location : undefined;
}

function header(response: Response, name: string): string | undefined {
  const value: unknown = response.headers.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** Id and size of the entries in an answer of the catalogue. */
function sizesIn(response: Response): [id: string, bytes: number][] {
  if (response.code !== 200 || (response.stream?.length ?? 0) > MAX_ENTRY_BYTES) return [];
  try {
    const body: unknown = JSON.parse(response.text() ?? '');
    const rows = isRecord(body) && Array.isArray(body.value) ? (body.value as unknown[]) : [body];
    return rows.flatMap((row) => {
      const { Id: id, ContentLength: bytes } = isRecord(row) ? row : {};
      return typeof id === 'string' && Number(bytes) >= 0 ? [[id.toLowerCase(), Number(bytes)]] : [];
    });
  } catch {
    return [];
  }
}
