import { Failure } from '../../errors/errors';
import { bytes } from '../../lib/format';
import type { Api } from '../../services/api';
import type { Auxip } from '../../services/auxip';
import type { CatalogueEntry } from '../../services/catalogue-entry';
import type { Site } from '../../services/site';
import type { TokenSource } from '../../services/token';
import type { Transport } from '../../services/transport';
import { checkCertificates } from './certificates';
import type { Checks } from './diagnose';
import type { Seen } from './diagnosis';
import { lookUpHosts } from './host-names';
import { checkQuota, type QuotaFound, type QuotaQuestion } from './quota-check';
import { checkGateway, checkRdb, checkReprocessing, checkRole } from './service-checks';
import { checkStore } from './store-check';

export interface Patient {
  readonly site: Site;
  readonly api: Api;
  readonly auxip: Auxip;
  readonly transport: Transport;
  readonly tokens: Pick<TokenSource, 'token'>;
  /** Why no token can be asked for: no credentials. */
  readonly noAccount?: Failure;
  readonly kept?: QuotaQuestion['kept'];
  /** Whether one file may be asked for, which is charged to the account. */
  readonly asksStore: boolean;
}

/** How each part is looked at, and until when: nine seconds in all. */
export function checksOf(patient: Patient): Checks {
  const { site, api, auxip, transport, asksStore } = patient;
  const urls = [site.siteUrl, site.tokenUrl, site.rdbRoot, site.auxipRoot, site.reprocessingRoot ?? []].flat();
  let token: string | undefined;
  let smallest: CatalogueEntry | undefined;
  let quota: QuotaFound | undefined;
  return {
    dns: { until: 1.5, look: () => lookUpHosts(urls) },
    tls: { needs: ['dns'], until: 3, look: (signal) => checkCertificates(urls, site.network, signal) },
    token: {
      needs: ['tls'],
      until: 5,
      look: async () => {
        token = await tokenOf(patient);
        return { verdict: 'ok', seen: `from ${new URL(site.tokenUrl).host}` };
      },
    },
    gateway: {
      needs: ['tls'],
      after: ['token'],
      until: 7,
      look: (signal) => checkGateway({ site, api, transport, hasToken: token !== undefined }, signal),
    },
    role: { needs: ['token'], until: 9, look: () => Promise.resolve(checkRole(token ?? '')) },
    rdb: { needs: ['token'], until: 9, look: (signal) => checkRdb(site, api, signal) },
    auxip: {
      needs: ['token'],
      until: 7,
      look: async (signal) => {
        smallest = await auxip.smallestEntry(signal);
        if (!smallest) return { verdict: 'unknown', seen: 'the catalogue has no file' };
        return {
          verdict: 'ok',
          seen: `a page of the catalogue; its smallest file has ${bytes(smallest.contentLength)}`,
        };
      },
    },
    reprocessing: { needs: ['token'], until: 9, look: (signal) => checkReprocessing(site, api, signal) },
    quota: {
      needs: ['role', 'auxip'],
      until: 8,
      look: async (signal) => {
        quota = await checkQuota({ auxip, kept: patient.kept, entry: asksStore ? smallest : undefined }, signal);
        return quota.seen;
      },
    },
    store: { needs: ['quota'], until: 9, look: (signal) => lookAtStore(transport, { quota, smallest }, signal) },
  };
}

async function tokenOf({ tokens, noAccount }: Patient): Promise<string> {
  if (noAccount) throw noAccount;
  return tokens.token();
}

async function lookAtStore(
  transport: Transport,
  { quota, smallest }: { quota?: QuotaFound; smallest?: CatalogueEntry },
  signal: AbortSignal,
): Promise<Seen> {
  if (quota?.failed) throw new Failure(quota.failed);
  if (!quota?.location || !smallest) return { verdict: 'unknown', seen: 'not checked: no file was requested' };
  return checkStore(transport, quota.location, smallest, signal);
}
