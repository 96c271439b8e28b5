/**
 * What a campaign does without a network, on made-up rows and in a process of its own, started by campaign.ts:
 *   lists.ts <rows> <work folder>
 * Every file is needed by eight Level-0 products, every Level-0 product needs twenty. Prints a line of JSON per step.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exported, EXPORT_FORMATS } from '../../scripts/campaign/export-formats';
import { collectManifest, type Manifest } from '../../scripts/campaign/manifest';
import type { ResolvedFile } from '../../scripts/campaign/resolve-files';
import { openCampaignFolder } from '../../scripts/commands/fetch-folder';
import { makePlan } from '../../scripts/commands/fetch-plan';
import { reportOf, writeReport } from '../../scripts/commands/run-report-files';
import { lockAt, verify } from '../../scripts/commands/verify';
import { FOUND_MESSAGE } from '../../scripts/contract/messages';
import type { BaselineAnswer } from '../../scripts/contract/types/BaselineAnswer';
import type { Outcome } from '../../scripts/download/download-all';
import { createRedactor } from '../../scripts/newman/redact';
import { readSite } from '../../scripts/services/site';
import { giveMemoryBack } from '../../scripts/tidy-memory';

export interface Step {
  readonly what: string;
  readonly seconds: number;
  /** Resident set after it, MB. */
  readonly megabytes: number;
}

const NEEDED_BY_LEVEL0 = 20;
const NEEDING_A_FILE = 8;
const LEVEL0_PER_ANSWER = 18;
const SITE = readSite('sandbox', { siteUrl: 'http://127.0.0.1:1' });
const REQUEST = {
  ...{ mission: 'S2MSI', unit: 'A', productType: 'L1C' },
  ...{ start: '2020-01-01T00:00:00Z', stop: '2020-01-02T00:00:00Z' },
};
const BODY = Buffer.from('content');
const MD5 = createHash('md5').update(BODY).digest('hex');

async function main(rows: number, work: string): Promise<void> {
  giveMemoryBack();
  const [folder, reports] = [path.join(work, 'files'), path.join(work, 'reports')];
  for (const made of [folder, reports]) mkdirSync(made);
  const signal = new AbortController().signal;
  const now = (): Date => new Date();

  const manifest = await step('manifest', () => manifestOf(rows));
  const resolved = manifest.files.map(resolvedFile);
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
  const outcomes = resolved.map((found) => outcomeOf(found, folder));
  await step('outcomes', async () => {
    for (const outcome of outcomes) {
      target.settle(outcome);
      await new Promise(setImmediate);
    }
  });
  await step('MD5SUMS, manifests, lock', () => target.finish());
  await step('report', () => {
    const control = { steps: [], repeated: [], answers: [], runs: 1, errors: [] };
    const data = { outcomes, errors: [], startedAt: new Map(outcomes.map(({ id }, index) => [id, index])) };
    const folders = { reports, answers: path.join(reports, 'answers'), downloads: folder };
    const times = { startedAt: now(), finishedAt: now(), beganAt: 0 };
    const result = {
      site: SITE,
      request: REQUEST,
      folders,
      ...times,
      control,
      manifest,
      data,
      errors: [],
      exitCode: 0,
    };
    return writeReport(reportOf(result), reports, createRedactor());
  });
  await step('plan, all here', () =>
    makePlan({ manifest, resolved, folder, layout: 'flat', quota: undefined, signal }),
  );
  await step('verify', () => verify(folder, { environment: {}, listener: () => undefined, signal, now }));
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

function manifestOf(rows: number): Manifest {
  const collector = collectManifest(SITE.auxipRoot);
  const level0Count = Math.ceil((rows * NEEDING_A_FILE) / NEEDED_BY_LEVEL0);
  for (let first = 0; first < level0Count; first += LEVEL0_PER_ANSWER) {
    const count = Math.min(LEVEL0_PER_ANSWER, level0Count - first);
    const answer = { value: Array.from({ length: count }, (_none, index) => baselineOf(first + index, rows)) };
    // As from the wire: every mention of a name is a text of its own.
    collector.add(JSON.parse(JSON.stringify(answer)) as BaselineAnswer);
  }
  return collector.manifest();
}

function baselineOf(index: number, rows: number): BaselineAnswer['value'][number] {
  const files = Array.from({ length: NEEDED_BY_LEVEL0 }, (_none, place) => (index * NEEDED_BY_LEVEL0 + place) % rows);
  return {
    Level0: `S2A_OPER_MSI_L0__DS_EPAE_${time(index)}_S${time(index)}_N02.09.tar`,
    Message: FOUND_MESSAGE,
    AuxDataFiles: files.map((file) => ({
      Name: `S2A_OPER_GIP_R2DENT_MPC__${time(file)}_V20150622T000000_21000101T000000_B06.TGZ`,
      AuxipLink: `${SITE.auxipRoot}/Products(${String(file).padStart(8, '0')}-0000-4000-8000-000000000000)/$value`,
    })),
  };
}

/** A second after the one of the number before. */
function time(number: number): string {
  return new Date(Date.UTC(2015, 5, 5) + number * 1000).toISOString().replace(/[-:]|[.].*/g, '');
}

function resolvedFile(file: Manifest['files'][number]): ResolvedFile {
  const { id, name } = file;
  const publicationDate = '2021-03-04T11:44:30.18Z';
  return { file, entry: { id, name, contentLength: BODY.length, md5: MD5, publicationDate } };
}

function outcomeOf({ file: { id, name } }: ResolvedFile, folder: string): Outcome {
  return {
    status: 'verified',
    id,
    name,
    seconds: 0,
    path: path.join(folder, name),
    bytes: BODY.length,
    md5: MD5,
    received: 0,
  };
}

void main(Number(process.argv[2]), process.argv[3]!);
