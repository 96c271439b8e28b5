import type { IncomingHttpHeaders } from 'node:http';
import type { Reply } from './http/reply';
import type { WireRequest } from './http/request';

/** One request as it was answered. */
export interface RecordedRequest {
  readonly origin: 'site' | 'store';
  readonly method: string;
  /** As sent in the request line. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly status: number;
}

/** The newest are kept, some 4.5 KB each: enough for a campaign's assertions, bounded for a sandbox that runs for days. */
const LIMIT = 50_000;

/** Keeps every request for assertions. */
export class Recorder {
  private readonly kept: RecordedRequest[] = [];
  /** Exceptions behind 500s that the sandbox did not mean to answer: mistakes of its own. */
  readonly defects: unknown[] = [];

  get requests(): readonly RecordedRequest[] {
    return this.kept;
  }

  clear(): void {
    this.kept.length = 0;
  }

  record(
    origin: RecordedRequest['origin'],
    { method, path, query, headers }: WireRequest,
    { status, defect }: Reply,
  ): void {
    const url = query === undefined ? path : `${path}?${query}`;
    this.kept.push({ origin, method, url, headers, status });
    if (this.kept.length > LIMIT) this.kept.splice(0, LIMIT / 10);
    if (defect !== undefined) this.defects.push(defect);
  }
}
