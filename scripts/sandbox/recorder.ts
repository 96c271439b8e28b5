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

/** The newest are kept: enough for a campaign's assertions, bounded for a sandbox that runs for days. */
const MAX_REQUESTS = 50_000;
/** bytes of their heads, some 4.5 KB each with a token; whoever sends heads of 64 KB has fewer kept. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Keeps every request for assertions. */
export class Recorder {
  private readonly kept: RecordedRequest[] = [];
  /** bytes of the head of each that is kept. */
  private readonly sizes: number[] = [];
  private bytes = 0;
  /** Exceptions behind 500s that the sandbox did not mean to answer: mistakes of its own. */
  readonly defects: unknown[] = [];

  get requests(): readonly RecordedRequest[] {
    return this.kept;
  }

  clear(): void {
    this.forget(this.kept.length);
  }

  record(
    origin: RecordedRequest['origin'],
    { method, path, query, headers, headBytes }: WireRequest,
    { status, defect }: Reply,
  ): void {
    const url = query === undefined ? path : `${path}?${query}`;
    this.kept.push({ origin, method, url, headers, status });
    this.sizes.push(headBytes);
    this.bytes += headBytes;
    if (this.kept.length > MAX_REQUESTS || this.bytes > MAX_BYTES) this.forget(Math.ceil(this.kept.length / 10));
    if (defect !== undefined) this.defects.push(defect);
  }

  /** The oldest. Many at once: to take them one by one would move all others each time. */
  private forget(count: number): void {
    this.kept.splice(0, count);
    for (const size of this.sizes.splice(0, count)) this.bytes -= size;
  }
}
