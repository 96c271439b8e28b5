/** How long answers took, by kind of request, and how long they took in earlier runs against the same site. Times in seconds. */
import type { CaseStep } from '../../newman/case-step';
import { REQUEST_KINDS, type RequestKind } from '../../newman/request-kind';
import { duration, plural } from '../../lib/format';
import { quantile } from '../../lib/quantile';
import { sourceOf, type CaseResult } from './contract-report';

/** Its name among the resources of the report. */
export const LATENCY = 'Latency';

export interface Latency {
  readonly kind: RequestKind;
  /** Answers. */
  readonly count: number;
  readonly min: number;
  readonly median: number;
  /** Nine of ten answers took no longer. */
  readonly p90: number;
  readonly max: number;
  /** Absent when no earlier run has answers of this kind. */
  readonly earlier?: EarlierLatency;
}

export interface EarlierLatency {
  readonly runs: number;
  /** The median of their medians. */
  readonly median: number;
}

/** Longest time allowed for an answer, by kind; kinds that are left out have no limit. */
export type MaxSeconds = Readonly<Partial<Record<RequestKind, number>>>;

/** Of requests that were answered. `earlier`: what earlier runs measured, one list per run. */
export function latencyOf(steps: readonly CaseStep[], earlier: readonly (readonly Latency[])[] = []): Latency[] {
  return REQUEST_KINDS.flatMap((kind) => {
    const times = steps
      .filter((step) => step.kind === kind && step.status !== undefined)
      .map(({ milliseconds }) => milliseconds / 1000);
    if (times.length === 0) return [];
    const at = (share: number): number => quantile(times, share) ?? 0;
    const medians = earlier.flatMap((run) => run.filter((row) => row.kind === kind).map((row) => row.median));
    const before = medians.length === 0 ? {} : { earlier: earlierOf(medians) };
    return [{ kind, count: times.length, min: at(0), median: at(0.5), p90: at(0.9), max: at(1), ...before }];
  });
}

function earlierOf(medians: readonly number[]): EarlierLatency {
  return {
    runs: medians.length,
    median: quantile(medians, 0.5) ?? 0,
  };
}

/** One result per limit: kept, broken by the slowest answer, or untested. They stand in the report like promises of the services. */
export function latencyResults(latency: readonly Latency[], limits: MaxSeconds): CaseResult[] {
  return REQUEST_KINDS.flatMap((kind) => {
    const limit = limits[kind];
    return limit === undefined
      ? []
      : [
          latencyResult(
            kind,
            limit,
            latency.find((row) => row.kind === kind),
          ),
        ];
  });
}

function latencyResult(kind: RequestKind, limit: number, measured: Latency | undefined): CaseResult {
  const isSlow = measured !== undefined && measured.max > limit;
  const promise = `No answer takes longer than ${duration(limit)}`;
  return {
    key: `latency-${kind}`,
    name: `Answers of kind ${kind} come within ${duration(limit)}`,
    folder: LATENCY,
    severity: 'contract',
    source: sourceOf({ basis: 'required', cite: '--max-seconds', says: `${kind}=${limit}` }),
    verdict: measured === undefined ? 'untested' : isSlow ? 'broken' : 'kept',
    held: measured === undefined || isSlow ? 0 : 1,
    problems: isSlow ? [{ promise, got: `the slowest took ${duration(measured.max)}: ${latencyText(measured)}` }] : [],
    ...(measured === undefined ? { reason: 'no such request was answered' } : {}),
    curl: '',
    requests: 0,
    milliseconds: 0,
  };
}

/** `median 0.3 s, 90 % below 0.4 s, slowest 1.2 s of 80; 5 earlier runs: median 0.1 s`. */
export function latencyText({ count, median, p90, max, earlier }: Latency): string {
  const before = earlier ? `; ${plural(earlier.runs, 'earlier run')}: median ${duration(earlier.median)}` : '';
  return `median ${duration(median)}, 90 % within ${duration(p90)}, slowest ${duration(max)} of ${count}${before}`;
}

/** As a step of its own, for those who are told of a run while it goes on. */
export function latencyStep({ folder, name, problems }: CaseResult): CaseStep {
  const assertions = problems.map(({ promise, got }) => ({ name: promise, outcome: 'failed', message: got }) as const);
  return { folder, name, curl: '', milliseconds: 0, assertions, sent: false };
}
