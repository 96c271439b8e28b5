import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COLLECTION_VARIABLES } from '../contract-suite/collection-variables';
import type { CaseRequest, ContractCase } from '../contract-suite/contract-case';
import { createRedactor } from '../lib/redact/redact';
import { ROOT } from '../lib/package-root';
import { TUTORIAL_REQUEST } from '../sentinel/known-products';

/** An answer of a service as it was recorded. */
export interface RecordedAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

interface Recording extends RecordedAnswer {
  readonly method: string;
  /** Decoded, from the service's name on. */
  readonly path: string;
}

interface Vector {
  readonly method: string;
  readonly path?: string;
  readonly path_and_query?: string;
  readonly status: number;
  readonly content_type?: string;
  readonly odata_version?: string | null;
  readonly body?: unknown;
  readonly body_raw?: string;
  readonly caller?: string;
}

const FOLDER = path.join(ROOT, 'tests/fixtures/recorded');
/** Of auxip.svc, where a recording says nothing else. */
const USUAL_TYPE = 'application/json;odata.metadata=minimal';
const MAX_CHARACTERS = 600;

let recordings: readonly Recording[] | undefined;

/** The answer that was recorded to a case's request, where there is one of a status that the case expects. */
export function recordedAnswer({ request, expect }: ContractCase): RecordedAnswer | undefined {
  if (request.auth === 'none' || request.headers || request.form || request.body) return undefined;
  recordings ??= [...vectorsOf('auxip-wire-vectors.json', '/auxip.svc'), ...vectorsOf('rdb-wire-vectors.json', '')];
  const pattern = patternOf(request);
  const statuses = [expect.status].flat();
  return recordings.find(
    ({ method, path: asked, status }) =>
      method === (request.method ?? 'GET') && statuses.includes(status) && pattern.test(asked),
  );
}

function vectorsOf(name: string, root: string): Recording[] {
  const file = path.join(FOLDER, name);
  if (!existsSync(file)) throw new Error(`${file}: the recorded answers are missing`);
  const redactor = createRedactor();
  const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };
  return vectors
    .filter(({ caller, body, body_raw: raw }) => /download/.test(caller ?? 'download') && (body ?? raw) !== undefined)
    .map(({ method, path: asked, path_and_query: below = '', status, ...vector }) => ({
      method,
      path: decoded(root + (asked ?? below)),
      status,
      headers: [
        ['Content-Type', vector.content_type ?? USUAL_TYPE],
        ...(vector.odata_version === null ? [] : [['OData-Version', vector.odata_version ?? '4.0'] as const]),
      ],
      body: shortened(redactor.document(vector.body_raw ?? textOf(vector.body))),
    }));
}

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

function shortened(body: string): string {
  return body.length <= MAX_CHARACTERS ? body : `${body.slice(0, MAX_CHARACTERS)} … (${body.length} characters)`;
}

const ROOTS: Readonly<Record<string, string>> = {
  rdb_root_uri: '/rdb.svc',
  auxip_root_uri: '/auxip.svc',
  reprocessing_root_uri: '/reprocessing.svc',
};

const VALUES: Readonly<Record<string, string>> = {
  ...TUTORIAL_REQUEST,
  ...Object.fromEntries(COLLECTION_VARIABLES.map(({ key, value }) => [key, value])),
  ...ROOTS,
};

/** A variable that has no value before the run stands for an id, a name or a time. */
const ANY_VALUE = "[^'(),/?&= ]+";

function patternOf({ url }: CaseRequest): RegExp {
  const parts = url.split(/\{\{(\w+)\}\}/).map((part, index) => {
    if (index % 2 === 0) return escaped(decoded(part));
    const value = VALUES[part];
    return value ? escaped(decoded(value)) : ANY_VALUE;
  });
  return new RegExp(`^${parts.join('')}$`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
