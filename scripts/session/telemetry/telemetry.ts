/** What a command sends to OpenTelemetry, if that is configured: spans and numbers. Where it is not, it costs nothing. */
import { toError, type AuxflowError } from '../../errors/errors';

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Something that takes time. Attributes are names, counts and codes: no address that is a credential, no text of an answer. */
export interface Span {
  set(attributes: Attributes): void;
  child(name: string, attributes?: Attributes): Span;
  /** Once. */
  end(error?: Pick<AuxflowError, 'code'>): void;
  /** W3C `traceparent`, by which another process links its spans to this one. */
  readonly reference: string | undefined;
}

/** A number that is asked for when it is sent. */
export interface Reading {
  readonly value: number;
  readonly attributes?: Attributes;
}

export interface Meter {
  readonly name: string;
  readonly description: string;
  /** UCUM: `By`, `s`, `{file}`. */
  readonly unit: string;
  /** `counter`: it only grows. */
  readonly kind: 'counter' | 'gauge';
  readonly read: () => readonly Reading[] | Promise<readonly Reading[]>;
}

export interface Telemetry {
  readonly isOn: boolean;
  /** @param startedAt Date; default: now. @param linkedTo the `reference` of a span of another process */
  span(
    name: string,
    attributes?: Attributes,
    options?: { readonly startedAt?: Date; readonly linkedTo?: string },
  ): Span;
  meters(list: readonly Meter[]): void;
  /** Sends what is left, for a moment at most. */
  close(): Promise<void>;
}

export const NO_SPAN: Span = {
  set: () => undefined,
  child: () => NO_SPAN,
  end: () => undefined,
  reference: undefined,
};

export const NO_TELEMETRY: Telemetry = {
  isOn: false,
  span: () => NO_SPAN,
  meters: () => undefined,
  close: () => Promise.resolve(),
};

/** Runs `work` within a span that ends with it, by its error where it throws one. */
export async function withinSpan<Result>(span: Span, work: (span: Span) => Promise<Result>): Promise<Result> {
  try {
    const result = await work(span);
    span.end();
    return result;
  } catch (error) {
    span.end(toError(error));
    throw error;
  }
}
