import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { REQUEST_KINDS } from '../../newman/request-kind';
import type { Latency } from '../report/latency';
import { readPlainFile, sizeOfFile } from '../../lib/plain-file';
import { isRecord } from '../../lib/read-json';

/** Runs that are compared with, the latest ones. */
const MAX_RUNS = 10;
/** Reports looked into for them: a folder may hold those of years and of many sites. */
const MAX_REPORTS = 50;
/** Bytes. A report of the whole suite has about one million. */
const MAX_SIZE = 20_000_000;

/** What earlier runs of the same site measured, the latest first. What cannot be read is left out: a run never fails by an old report. */
export async function earlierLatencies(reports: string, siteUrl: string): Promise<(readonly Latency[])[]> {
  const names = (await readdir(reports).catch(() => [])).filter((name) => name.endsWith('-contract'));
  const found: (readonly Latency[])[] = [];
  for (const name of names.sort().reverse().slice(0, MAX_REPORTS)) {
    if (found.length === MAX_RUNS) break;
    const latency = await latencyIn(path.join(reports, name, 'contract.json'), siteUrl).catch(() => undefined);
    if (latency) found.push(latency);
  }
  return found;
}

async function latencyIn(file: string, siteUrl: string): Promise<readonly Latency[] | undefined> {
  if (((await sizeOfFile(file)) ?? Infinity) > MAX_SIZE) return undefined;
  const report: unknown = JSON.parse((await readPlainFile(file)).toString('utf8'));
  if (!isRecord(report) || report.siteUrl !== siteUrl || !Array.isArray(report.latency)) return undefined;
  return report.latency.filter(isLatency);
}

function isLatency(row: unknown): row is Latency {
  return isRecord(row) && REQUEST_KINDS.some((kind) => kind === row.kind) && Number.isFinite(row.median);
}
