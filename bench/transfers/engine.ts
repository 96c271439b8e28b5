/**
 * Our transfers in a process of its own, started by transfers.ts: engine.ts <folder> <list of files, one JSON a line>.
 * They are begun as `auxflow fetch` begins them, with manifest and lock of a campaign in memory. Catalogue and redirect are answered
 * from the list, so that what is measured is the way from the store to the checked file. Prints the seconds from the first question to the last file.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { NO_SPAN } from '../../scripts/session/telemetry/telemetry';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { resolveFiles } from '../../scripts/campaign/resolve-files';
import { fetchFiles } from '../../scripts/campaign/fetch-files';
import { openCampaignFolder } from '../../scripts/campaign/campaign-folder';
import { makePlan } from '../../scripts/campaign/plan/make-plan';
import { createTransport } from '../../scripts/services/transport';
import { startMemoryTrimmer, tidyMemory } from '../../scripts/lib/gc-tuning';
import { indexOf, manifestOf, REQUEST, SITE } from '../made-up-manifest';
import { openStoredFiles, type StoredFiles } from './stored-files';

async function main(target: string, list: string): Promise<void> {
  if (process.env.AUXFLOW_BENCH_LOW_MEMORY === '1') startMemoryTrimmer();
  else tidyMemory();
  const stored = openStoredFiles(list);
  const manifest = manifestOf(stored.count);
  const signal = new AbortController().signal;
  const now = (): Date => new Date();
  const auxip = servicesOf(stored);
  const resolved = await resolveFiles(manifest.files, auxip, signal);
  const layout = 'flat';
  const folder = await openCampaignFolder({
    folder: target,
    campaign: 'bench',
    site: SITE,
    request: REQUEST,
    layout,
    now,
  });
  await folder.begin({ answers: [], complete: true, level0: manifest.level0, resolved });
  const plan = await makePlan({ manifest, resolved, folder: target, layout, quota: undefined, signal });

  const transport = createTransport({ tokenUrl: 'http://127.0.0.1:1/', apiRoots: [] });
  forgetPeak();
  const began = performance.now();
  const context = { environment: {}, listener: () => undefined, redactor: createRedactor(), signal, now };
  const { errors } = await fetchFiles(resolved, {
    ...{ folder, target, plan, services: { auxip, transport }, quota: undefined, parallel: 5 },
    ...{ span: NO_SPAN, context },
  });
  console.log((performance.now() - began) / 1000);
  await transport.close();
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  if (folder.lock().level0.length !== manifest.level0.length) throw new Error('the lock lacks Level-0 products');
}

/** The highest resident set is that of the transfers from now on, not of what went before (proc(5), clear_refs). Linux only. */
function forgetPeak(): void {
  if (existsSync('/proc/self/clear_refs')) writeFileSync('/proc/self/clear_refs', '5');
}

function servicesOf(stored: StoredFiles) {
  return {
    catalogueEntry(id: string) {
      const { name, bytes, md5 } = stored.at(indexOf(id));
      return Promise.resolve({ id, name, contentLength: bytes, md5, publicationDate: '2021-03-04T11:44:30.18Z' });
    },
    entriesByName: () => Promise.resolve([]),
    productLocation: (id: string) => Promise.resolve(stored.at(indexOf(id)).url),
  };
}

void main(process.argv[2]!, process.argv[3]!);
