/** Spans and numbers for a collector, by OTLP as JSON over HTTP. Its packages are optional, and loaded only where a collector is named. */
import type { Context, Span as OtelSpan, Tracer } from '@opentelemetry/api';
import type { MeterProvider } from '@opentelemetry/sdk-metrics';
import { codeOf } from '../../errors/target-failure';
import { packageVersion } from '../../lib/package-version';
import type { CommandContext } from '../context';
import { askedSignals, secretHeaders, type AskedSignals } from './asked-signals';
import { NO_TELEMETRY, type Attributes, type Meter, type Reading, type Span, type Telemetry } from './telemetry';

/** Milliseconds that a run waits at its end for a collector. */
const LAST_MOMENT = 1000;
const PACKAGES = [
  '@opentelemetry/api',
  '@opentelemetry/sdk-trace-base',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/resources',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/exporter-metrics-otlp-http',
];

/** Never throws: a campaign does not depend on who watches it. What keeps it from being watched is a note. */
export async function startTelemetry(
  { environment, listener, redactor }: Pick<CommandContext, 'environment' | 'listener' | 'redactor'>,
  attributes: Attributes = {},
): Promise<Telemetry> {
  const asked = askedSignals(environment);
  if (!asked.traces && !asked.metrics) return NO_TELEMETRY;
  for (const secret of secretHeaders(environment)) redactor.add(secret);
  try {
    return await start(asked, attributes, environment);
  } catch (error) {
    listener({ type: 'note', text: `No telemetry is sent: ${reasonOf(error)}` });
    return NO_TELEMETRY;
  }
}

function reasonOf(error: unknown): string {
  if (['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(codeOf(error)))
    return `packages are not installed; npm install ${PACKAGES.join(' ')}`;
  return error instanceof Error ? error.message : String(error);
}

async function loadPackages() {
  const [api, trace, metrics, resources, traceExporter, metricExporter] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/sdk-metrics'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/exporter-metrics-otlp-http'),
  ]);
  return { api, trace, metrics, resources, traceExporter, metricExporter };
}

type Packages = Awaited<ReturnType<typeof loadPackages>>;

async function start(asked: AskedSignals, attributes: Attributes, environment: NodeJS.ProcessEnv): Promise<Telemetry> {
  const packages = await loadPackages();
  const resource = resourceOf(packages, attributes);
  const { api, trace, metrics, traceExporter, metricExporter } = packages;
  const spans = asked.traces
    ? new trace.BasicTracerProvider({
        resource,
        spanProcessors: [new trace.BatchSpanProcessor(new traceExporter.OTLPTraceExporter())],
      })
    : undefined;
  const numbers = asked.metrics
    ? new metrics.MeterProvider({
        resource,
        readers: [
          new metrics.PeriodicExportingMetricReader({
            exporter: new metricExporter.OTLPMetricExporter(),
            ...intervalOf(environment),
          }),
        ],
      })
    : undefined;
  const tracer = spans?.getTracer('auxflow', packageVersion());
  return {
    isOn: true,
    span: (name, of, options) => (tracer ? rootSpan(api, tracer, name, of, options) : NO_TELEMETRY.span(name)),
    meters: (list) => (numbers ? addMeters(numbers, list) : undefined),
    async close() {
      const closing = Promise.allSettled([spans?.shutdown(), numbers?.shutdown()]);
      let timer: NodeJS.Timeout | undefined;
      const moment = new Promise<void>((resolve) => (timer = setTimeout(resolve, LAST_MOMENT)));
      await Promise.race([closing, moment]);
      clearTimeout(timer);
    },
  };
}

/** The SDK leaves these two to its callers. */
function intervalOf(environment: NodeJS.ProcessEnv): { exportIntervalMillis: number; exportTimeoutMillis: number } {
  const given = (name: string, usual: number): number => {
    const value = Number(environment[name]);
    return value > 0 ? value : usual;
  };
  const exportIntervalMillis = given('OTEL_METRIC_EXPORT_INTERVAL', 60_000);
  const exportTimeoutMillis = Math.min(given('OTEL_METRIC_EXPORT_TIMEOUT', 30_000), exportIntervalMillis);
  return { exportIntervalMillis, exportTimeoutMillis };
}

/** OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME come before ours. */
function resourceOf({ resources }: Packages, attributes: Attributes) {
  const own = { 'service.name': 'auxflow', 'service.version': packageVersion(), ...attributes };
  const given = resources.detectResources({ detectors: [resources.envDetector] });
  return resources.resourceFromAttributes(own).merge(given);
}

function rootSpan(
  api: Packages['api'],
  tracer: Tracer,
  name: string,
  attributes: Attributes = {},
  { startedAt: startTime, linkedTo }: NonNullable<Parameters<Telemetry['span']>[2]> = {},
): Span {
  const context = linkedTo === undefined ? undefined : spanContextOf(linkedTo);
  const links = context ? [{ context }] : [];
  const root = api.ROOT_CONTEXT;
  return wrapped(api, tracer, root, tracer.startSpan(name, { attributes: { ...attributes }, startTime, links }, root));
}

function wrapped(api: Packages['api'], tracer: Tracer, context: Context, span: OtelSpan): Span {
  const within = api.trace.setSpan(context, span);
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    reference: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
    set: (attributes) => void span.setAttributes({ ...attributes }),
    child: (name, attributes = {}) =>
      wrapped(api, tracer, within, tracer.startSpan(name, { attributes: { ...attributes } }, within)),
    end(error) {
      if (error) {
        span.setAttribute('error.type', error.code);
        span.setStatus({ code: api.SpanStatusCode.ERROR, message: error.code });
      }
      span.end();
    },
  };
}

function spanContextOf(reference: string): { traceId: string; spanId: string; traceFlags: number } | undefined {
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(reference) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) };
}

function addMeters(provider: MeterProvider, list: readonly Meter[]): void {
  const meter = provider.getMeter('auxflow', packageVersion());
  for (const { name, description, unit, kind, read } of list) {
    const options = { description, unit };
    const instrument =
      kind === 'counter' ? meter.createObservableCounter(name, options) : meter.createObservableGauge(name, options);
    instrument.addCallback(async (result) => {
      // What cannot be read now is left out; the others are sent.
      const readings = await Promise.resolve(read()).catch((): readonly Reading[] => []);
      for (const { value, attributes = {} } of readings) result.observe(value, { ...attributes });
    });
  }
}
