import { createHash } from 'node:crypto';
import path from 'node:path';
import type { BaselineRequest } from '../services/rdb';
import type { Site } from '../services/site';

/** `sandbox`, `production`, or what another environment file is called. */
export function environmentName({ name }: Pick<Site, 'name'>): string {
  return path.basename(name).replace(/\.postman_environment\.json$|\.json$/, '');
}

/** Site and selection as one word for folders: `sandbox-S3OLCI-A-L2LFR`. */
export function selectionName(
  site: Pick<Site, 'name'>,
  { mission, unit, productType }: Pick<BaselineRequest, 'mission' | 'unit' | 'productType'>,
): string {
  return [environmentName(site), mission, unit, productType].join('-').replace(/[^A-Za-z0-9._-]/g, '_');
}

/** A word that only the same request to the same site has: selection and interval, or selection and a digest of the names. */
export function campaignName(site: Pick<Site, 'name'>, request: BaselineRequest): string {
  const subject =
    'level0Names' in request
      ? subjectOfNames([...request.level0Names].sort())
      : `${compact(request.start)}-${compact(request.stop)}`;
  return `${selectionName(site, request)}-${subject}`;
}

/** The same for names that are too many to be held: sorted, each once, in groups. */
export async function campaignNameOfMany(
  site: Pick<Site, 'name'>,
  selection: Pick<BaselineRequest, 'mission' | 'unit' | 'productType'>,
  sorted: AsyncIterable<readonly string[]>,
): Promise<string> {
  const subject = nameDigest();
  for await (const group of sorted) for (const name of group) subject.add(name);
  return `${selectionName(site, selection)}-${subject.text()}`;
}

function subjectOfNames(sorted: readonly string[]): string {
  const subject = nameDigest();
  for (const name of sorted) subject.add(name);
  return subject.text();
}

function nameDigest(): { add(name: string): void; text(): string } {
  const hash = createHash('sha256');
  let count = 0;
  return {
    add(name) {
      hash.update(count++ === 0 ? name : `\n${name}`);
    },
    text: () => `${count}-names-${hash.digest('hex').slice(0, 8)}`,
  };
}

function compact(time: string): string {
  return time.replace(/[-:]/g, '');
}
