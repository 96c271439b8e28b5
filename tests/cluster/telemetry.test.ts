/** What a collector of OpenTelemetry is sent by the real command line, and that a campaign does not depend on it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort, HAS_REDIS } from '../helpers/with-redis';
import { startCollector, type Collector, type ReceivedSpan } from '../helpers/collector';
import { runCli, temporaryFolder } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';
import { sharedCampaign } from '../helpers/shared-campaign';
import { lockIn } from '../helpers/campaign';
import { workerSite, type WorkerSite } from '../helpers/worker-site';

describe.skipIf(!HAS_REDIS)('telemetry of a campaign', () => {
  let site: WorkerSite;
  let frozen: string;
  let collector: Collector;
  let folder: string;
  beforeAll(async () => {
    [site, frozen] = await Promise.all([workerSite(), sharedCampaign('small')]);
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    await site.inRedis(({ redis }) => redis.flushall());
    collector = await startCollector();
    folder = temporaryFolder();
  });
  afterEach(() => collector.close());

  const placesOf = (): string[] => ['--site-url', site.sandbox.siteUrl, '--queue', site.server.url];
  const wordsOf = (name: string): string[] => ['--out', path.join(folder, name), '--json', ...placesOf()];

  async function plan(environment: Record<string, string>): Promise<void> {
    const reports = ['--reports', path.join(folder, 'reports')];
    const planned = await runCli(['fetch', '--frozen', frozen, ...wordsOf('plan'), ...reports], { environment });
    expect(planned.exitCode, planned.stdout).toBe(0);
  }

  async function work(environment: Record<string, string>): Promise<string> {
    const done = await runCli(['worker', '--exit-when-done', ...wordsOf('out')], { environment });
    expect(done.exitCode, done.stdout).toBe(0);
    const names = await site.inRedis(({ redis }) => redis.smembers('{auxflow}:campaigns'));
    const { files } = lockIn(path.join(folder, 'out', names[0] ?? ''));
    expect(files.map(({ state }) => state)).toEqual(files.map(() => 'verified'));
    return done.stdout;
  }

  test('each file is a trace of its steps, linked to what planned it, without a secret', async () => {
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20b3BlcmF0b3I',
      OTEL_SERVICE_NAME: 'reprocessing',
    };
    await plan(environment);
    const [planned, ...others] = collector.spans();
    expect([planned?.name, others]).toEqual(['auxflow.campaign', []]);
    await work(environment);

    const { files, campaign } = lockIn(frozen);
    const spans = collector.spans();
    const roots = spans.filter(({ name }) => name === 'auxflow.file');
    expect(roots.map(({ attributes }) => attributes['auxflow.file.name']).sort()).toEqual(
      files.map(({ name }) => name).sort(),
    );
    for (const root of roots) {
      expect(root.links?.map(({ traceId, spanId }) => [traceId, spanId])).toEqual([
        [planned?.traceId, planned?.spanId],
      ]);
      expect(root.attributes).toMatchObject({ 'auxflow.campaign': campaign, 'auxflow.file.step': 'settle' });
      expect(stepsOf(root, spans)).toEqual(['auxflow.grant', 'auxflow.publish', 'auxflow.transfer', 'auxflow.verify']);
    }
    expect(collector.points()).toContainEqual({
      name: 'auxflow.files',
      value: files.length,
      attributes: { 'auxflow.result': 'verified' },
    });
    expect(new Set(collector.resources().map((resource) => resource['service.name']))).toEqual(
      new Set(['reprocessing']),
    );
    expect(new Set(collector.requests.map(({ authorization }) => authorization))).toEqual(
      new Set(['Basic b3BlcmF0b3I']),
    );
    for (const body of collector.bodies) expect(body).not.toMatch(/X-Amz|Signature|Bearer|"password|\?|b3BlcmF0b3I/i);
  });

  test('a file that fails says why, and another signal may be off', async () => {
    const environment = {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/own/path`,
      OTEL_METRICS_EXPORTER: 'none',
    };
    await plan(environment);
    const { campaign, files } = lockIn(frozen);
    const [inTheWay] = files;
    mkdirSync(path.join(folder, 'out', campaign), { recursive: true });
    writeFileSync(path.join(folder, 'out', campaign, inTheWay?.path ?? ''), 'another');
    const done = await runCli(['worker', '--exit-when-done', ...wordsOf('out')], { environment });
    expect(done.exitCode, done.stdout).toBe(6);
    const settled = collector.spans().filter(({ attributes }) => attributes['auxflow.file.step'] === 'settle');
    const failed = settled.filter(({ status }) => status?.code === 2);
    expect(failed.map(({ attributes }) => [attributes['auxflow.file.id'], attributes['error.type']])).toEqual([
      [inTheWay?.id, 'FILE_IN_THE_WAY'],
    ]);
    expect(settled).toHaveLength(files.length);
    expect(new Set(collector.requests.map(({ path: place }) => place))).toEqual(new Set(['/own/path']));
  });

  test('collectors that are dead, silent or switched off change nothing', async () => {
    const silent = await startCollector({ isSilent: true });
    try {
      await plan({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}` });
      await work({ OTEL_EXPORTER_OTLP_ENDPOINT: silent.url });
      expect(silent.requests.length).toBeGreaterThan(0);
    } finally {
      silent.close();
    }
    await plan({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SDK_DISABLED: 'true' });
    expect(collector.requests).toEqual([]);
  });
});

describe('telemetry of fetch without a queue', () => {
  test('is one trace: the campaign, below it each file with its steps, without a secret', async () => {
    const [collector, { siteUrl }, frozen] = await Promise.all([
      startCollector(),
      withSandbox(),
      sharedCampaign('small'),
    ]);
    const folder = temporaryFolder();
    const { files, campaign } = lockIn(frozen);
    const fetch = async (): Promise<ReceivedSpan[]> => {
      const known = collector.spans().length;
      const places = [
        '--site-url',
        siteUrl,
        '--out',
        path.join(folder, 'out'),
        '--reports',
        path.join(folder, 'reports'),
      ];
      const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
      const { exitCode, stdout } = await runCli(['fetch', '--frozen', frozen, ...places], { environment });
      expect(exitCode, stdout).toBe(0);
      return collector.spans().slice(known);
    };
    try {
      const spans = await fetch();
      const [root, ...others] = spans.filter(({ name }) => name === 'auxflow.campaign');
      expect([root?.attributes['auxflow.campaign'], others]).toEqual([campaign, []]);
      const ofFiles = spans.filter(({ name }) => name === 'auxflow.file');
      expect(stepsOf(root!, spans)).toEqual(files.map(() => 'auxflow.file'));
      expect(ofFiles.map(({ attributes }) => attributes['auxflow.file.id']).sort()).toEqual(
        files.map(({ id }) => id).sort(),
      );
      for (const file of ofFiles)
        expect(stepsOf(file, spans)).toEqual([
          'auxflow.grant',
          'auxflow.publish',
          'auxflow.transfer',
          'auxflow.verify',
        ]);
      const again = (await fetch()).filter(({ name }) => name === 'auxflow.file');
      expect(again.map(({ attributes }) => attributes['auxflow.file.status'])).toEqual(files.map(() => 'already-here'));
      for (const body of collector.bodies) expect(body).not.toMatch(/X-Amz|Signature|Bearer|"password|\?/i);
    } finally {
      collector.close();
    }
  });
});

/** Names of the spans below it. */
function stepsOf(root: ReceivedSpan, spans: readonly ReceivedSpan[]): string[] {
  return spans
    .filter(({ parentSpanId, traceId }) => parentSpanId === root.spanId && traceId === root.traceId)
    .map(({ name }) => name)
    .sort();
}
