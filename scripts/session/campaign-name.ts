import { createHash } from 'node:crypto';
import path from 'node:path';
import type { BaselineRequest } from '../services/rdb';
import type { Site } from '../services/site';

/** `sandbox`, `production`, or what another environment file is called. */
export function environmentName({ name }: Pick<Site, 'name'>): string {
  return path.basename(name).replace(/\.postman_environment\.json$|\.json$/, '');
}

/** Site and selection as one word for folders: `sandbox-S3OLCI-A-L2LFR`. */
export function selectionName(site: Pick<Site, 'name'>, { mission, unit, productType }: BaselineRequest): string {
  return [environmentName(site), mission, unit, productType].join('-').replace(/[^A-Za-z0-9._-]/g, '_');
}

/** A word that only the same request to the same site has: selection and interval, or selection and a digest of the names. */
export function campaignName(site: Pick<Site, 'name'>, request: BaselineRequest): string {
  const subject =
    'level0Names' in request
      ? `${request.level0Names.length}-names-${digestOf(request.level0Names)}`
      : `${compact(request.start)}-${compact(request.stop)}`;
  return `${selectionName(site, request)}-${subject}`;
}

/** Of the names in any order. */
function digestOf(names: readonly string[]): string {
  return createHash('sha256')
    .update([...names].sort().join('\n'))
    .digest('hex')
    .slice(0, 8);
}

function compact(time: string): string {
  return time.replace(/[-:]/g, '');
}
