import type { Completeness } from '../../scripts/campaign/completeness/judgement';
import { judgeBaselines } from '../../scripts/campaign/completeness/judge-baselines';
import { collectManifest } from '../../scripts/campaign/manifest';
import { baselineRequest, type RequestWords } from '../../scripts/campaign/request/baseline-request';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { baselineUrl } from '../../scripts/services/rdb';
import type { BaselineAnswer } from '../../scripts/services/schema/types/BaselineAnswer';
import { readSite } from '../../scripts/services/site';
import { withServices } from '../../scripts/session/service-clients';

/** How the baselines of a sandbox are judged, asked for in one call without Newman; undefined where there are none. */
export function judgeInProcess(siteUrl: string, words: RequestWords): Promise<Completeness | undefined> {
  const site = readSite('sandbox', { siteUrl });
  const request = baselineRequest(words);
  const { signal } = new AbortController();
  const context = { listener: () => undefined, signal, now: () => new Date() };
  const account = { username: 'user', password: 'password' };
  return withServices({ site, account, redactor: createRedactor() }, async (services) => {
    const collector = collectManifest(site.auxipRoot);
    const url = baselineUrl(site.rdbRoot, request);
    const answer = await services.api.getJson({ url, schema: 'rdb.baseline', what: 'baseline', signal });
    collector.add(answer as BaselineAnswer, url);
    const manifest = collector.manifest();
    const judged = { site, request, manifest, services, allowMissing: undefined, context };
    return (await judgeBaselines(judged))?.completeness;
  });
}
