import { packageVersion } from '../../lib/package-version';
import type { Site } from '../../services/site';
import { visibleText } from '../../lib/visible-text';
import { environmentName } from '../../session/campaign-name';
import type { CampaignLock } from './campaign-lock';

/** What every lock says first: of which campaign it is, by which version, when, and of which site. */
export function lockBeginning(
  campaign: string,
  site: Pick<Site, 'name' | 'siteUrl' | 'auxipRoot' | 'isSandbox'>,
  now: Date,
): Pick<CampaignLock, 'lockVersion' | 'campaign' | 'auxflow' | 'updatedAt' | 'site' | 'contents'> {
  const { siteUrl, auxipRoot, isSandbox } = site;
  return {
    lockVersion: 1,
    campaign,
    auxflow: packageVersion(),
    updatedAt: now.toISOString(),
    site: { environment: visibleText(environmentName(site)).replace(/[\t\n]/g, ' '), siteUrl, auxipRoot },
    ...(isSandbox ? { contents: 'made-up' as const } : {}),
  };
}
