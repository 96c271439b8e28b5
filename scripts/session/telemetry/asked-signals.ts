/** Which signals the standard variables of OpenTelemetry ask for. */

export interface AskedSignals {
  readonly traces: boolean;
  readonly metrics: boolean;
}

/** One that has no endpoint of its own or of all, or whose exporter is `none`, is not sent; with OTEL_SDK_DISABLED none is. */
export function askedSignals(environment: NodeJS.ProcessEnv): AskedSignals {
  const isSent = (signal: 'TRACES' | 'METRICS'): boolean => {
    const endpoint = environment[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`] ?? environment.OTEL_EXPORTER_OTLP_ENDPOINT;
    return Boolean(endpoint?.trim()) && environment[`OTEL_${signal}_EXPORTER`]?.trim().toLowerCase() !== 'none';
  };
  if (environment.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return { traces: false, metrics: false };
  return { traces: isSent('TRACES'), metrics: isSent('METRICS') };
}

/** Values of headers are credentials of the collector, most of the time. */
export function secretHeaders(environment: NodeJS.ProcessEnv): string[] {
  const lists = ['', '_TRACES', '_METRICS'].map((signal) => environment[`OTEL_EXPORTER_OTLP${signal}_HEADERS`] ?? '');
  return lists.flatMap((list) => list.split(',').flatMap((pair) => decoded(pair.split('=').slice(1).join('=').trim())));
}

function decoded(value: string): string[] {
  if (value === '') return [];
  try {
    return [decodeURIComponent(value)];
  } catch {
    return [value];
  }
}
