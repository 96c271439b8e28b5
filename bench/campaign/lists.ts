/**
 * What a campaign does without a network, on made-up rows and in a process of its own, started by campaign.ts:
 *   lists.ts <rows> <work folder>
 * Prints a line of JSON per step.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exported, EXPORT_FORMATS } from '../../scripts/campaign/export/export-formats';
import { resolveFiles, type ResolvedFile } from '../../scripts/campaign/resolve-files';
import { openCampaignFolder } from '../../scripts/campaign/campaign-folder';
import { makePlan } from '../../scripts/campaign/plan/make-plan';
import { reportOf, writeReport } from '../../scripts/campaign/report/run-report-files';
import { lockAt } from '../../scripts/campaign/lock/find-lock';
import { verify } from '../../scripts/campaign/lock/verify-folder';
import type { Outcome } from '../../scripts/download/download-all';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { startMemoryTrimmer, tidyMemory } from '../../scripts/lib/gc-tuning';
import { asFromTheWire, indexOf, manifestOf, nameOf, REQUEST, SITE } from '../made-up-manifest';

export interface Step {
  readonly what: string;
  readonly seconds: number;
  /** Resident set after it, MB. */
  readonly megabytes: number;
}

const BODY = Buffer.from('content');
const MD5 = createHash('md5').update(BODY).digest('hex');
const PUBLISHED = '2021-03-04T11:44:30.18Z';
const CATALOGUE = {
  catalogueEntry: (id: string) =>
    Promise.resolve(
      asFromTheWire({
        ...{ id, name: nameOf(indexOf(id)), contentLength: BODY.length },
        ...{ md5: MD5, publicationDate: PUBLISHED },
      }),
    ),
  entriesByName: () => Promise.resolve([]),
};

async function main(rows: number, work: string): Promise<void> {
  if (process.env.AUXFLOW_BENCH_LOW_MEMORY === '1') startMemoryTrimmer();
  else tidyMemory();
  const [folder, reports] = [path.join(work, 'files'), path.join(work, 'reports')];
  for (const made of [folder, reports]) mkdirSync(made);
  const signal = new AbortController().signal;
  const now = (): Date => new Date();

  const manifest = await step('manifest', () => manifestOf(rows));
  const resolved = await resolveFiles(manifest.files, CATALOGUE, signal);
  const target = await openCampaignFolder({
    folder,
    campaign: 'bench',
    site: SITE,
    request: REQUEST,
    layout: 'flat',
    now,
  });
  const level0 = manifest.level0;
  await step('lock', () => target.begin({ answers: [], complete: true, level0, resolved }));
  await step('plan', () => makePlan({ manifest, resolved, folder, layout: 'flat', quota: undefined, signal }));
  for (const { name } of manifest.files) writeFileSync(path.join(folder, name), BODY);
  const outcomes = resolved.map(outcomeOf);
  await step('outcomes', async () => {
    for (const outcome of outcomes) {
      target.settle(outcome);
      await new Promise(setImmediate);
    }
  });
  await step('MD5SUMS, manifests, lock', () => target.finish());
  await step('report', () => {
    const control = { steps: [], repeated: [], answers: [], runs: 1, errors: [] };
    const data = { outcomes, errors: [], evictions: new Map<string, string>() };
    const folders = { reports, answers: path.join(reports, 'answers'), downloads: folder };
    const times = { startedAt: now(), finishedAt: now(), beganAt: 0 };
    const result = {
      command: 'fetch' as const,
      site: SITE,
      request: REQUEST,
      folders,
      ...times,
      control,
      manifest,
      data,
      waits: { retries: [], pauses: [] },
      errors: [],
      exitCode: 0,
    };
    return writeReport(reportOf(result), { folder: reports, redactor: createRedactor() });
  });
  await step('plan, all here', () =>
    makePlan({ manifest, resolved, folder, layout: 'flat', quota: undefined, signal }),
  );
  await step('verify', () =>
    verify(folder, { environment: {}, listener: () => undefined, redactor: createRedactor(), signal, now }),
  );
  const { lock } = await lockAt(folder);
  for (const format of EXPORT_FORMATS) await step(`export ${format}`, () => [...exported(lock, format)].length);
}

async function step<Result>(what: string, work: () => Result | Promise<Result>): Promise<Result> {
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  console.log(JSON.stringify({ what, seconds, megabytes: process.memoryUsage().rss / 1e6 } satisfies Step));
  return result;
}

function outcomeOf({ file: { id, name } }: ResolvedFile): Outcome {
  return {
    status: 'verified',
    id,
    name,
    seconds: 0,
    place: name,
    bytes: BODY.length,
    md5: MD5,
    received: 0,
  };
}

void main(Number(process.argv[2]), process.argv[3]!);
