/**
 * One request to a service and what it answered, as files keep it: written by a recorder, replayed by `npm run fidelity`.
 * A file holds a JSON array of pairs; a folder holds such files (docs/sandbox.md, "Recorded pairs").
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readPlainFile } from './plain-file';
import { isRecord } from './read-json';

export interface RecordedRequest {
  readonly method: string;
  /** The request line's target behind the site's origin, as it went over the wire: percent-encoded, with its query. */
  readonly path: string;
  /** Without Authorization: tokens are secrets. */
  readonly headers: Readonly<Record<string, string>>;
  /** Account of the sandbox whose token stands for the caller's; absent: no token. */
  readonly user?: string;
  readonly body?: string;
}

export interface RecordedAnswer {
  /** 0 when the service had not answered when the caller lost patience. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Absent when it was not recorded. */
  readonly body?: string;
  /** Length of the whole body in characters; `body` may be its beginning only. */
  readonly length?: number;
}

export interface RecordedPair {
  readonly request: RecordedRequest;
  readonly answer: RecordedAnswer;
}

/** The pairs of every `*.json` of a folder, files by name. @throws Error naming the file that holds something else */
export async function readPairs(folder: string): Promise<RecordedPair[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const files = await Promise.all(
    names.map(async (name) => {
      const bytes = await readPlainFile(path.join(folder, name), { follow: true });
      return parsePairs(bytes.toString('utf8'), name);
    }),
  );
  return files.flat();
}

/**
 * The pairs of a file. The answer stands under `real` or `response`; whatever else a pair holds is for people.
 * @throws Error naming `file` and the place
 */
export function parsePairs(text: string, file: string): RecordedPair[] {
  const rows: unknown = JSON.parse(text);
  if (!Array.isArray(rows)) throw new Error(`${file}: a JSON array of pairs is expected`);
  return rows.map((row, index) => {
    const pair = pairOf(row);
    if (pair === undefined) throw new Error(`${file}: no request and response in element ${index}`);
    return pair;
  });
}

function pairOf(row: unknown): RecordedPair | undefined {
  if (!isRecord(row)) return undefined;
  const { request, real, response = real } = row;
  if (!isRecord(request) || !isRecord(response)) return undefined;
  const { method, path: target, headers = {}, user, body } = request;
  const { status, headers: answered = {}, body: text, length } = response;
  if (typeof method !== 'string' || typeof target !== 'string' || typeof status !== 'number') return undefined;
  return {
    request: { method, path: target, headers: texts(headers), user: textOf(user), body: textOf(body) },
    answer: {
      status,
      headers: lowerCase(texts(answered)),
      body: textOf(text),
      length: typeof length === 'number' ? length : undefined,
    },
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function texts(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
