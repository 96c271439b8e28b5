/** A verified campaign folder without a service: baselines as the sandbox chooses them, files of some bytes, and a lock that fits. */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lockText, LOCK_NAME, type CampaignLock } from '../../scripts/campaign/lock/campaign-lock';
import { builtinCatalogue } from '../../scripts/sandbox/catalogue/builtin';
import { baselineEntries } from '../../scripts/sandbox/rdb/baseline';
import { parseAdfName } from '../../scripts/sentinel/adf-name';

export interface MadeUp {
  readonly folder: string;
  readonly mission: string;
  readonly productType: string;
  readonly level0: readonly string[];
  /** Types left out of the baselines, and types whose files are in the lock and not in the folder. */
  readonly without?: readonly string[];
  readonly notHere?: readonly string[];
  readonly changes?: Partial<CampaignLock>;
}

let catalogue: ReturnType<typeof builtinCatalogue> | undefined;

export function makeUpCampaign({ folder, mission, productType, level0, ...rest }: MadeUp): CampaignLock {
  const { without = [], notHere = [], changes } = rest;
  catalogue ??= builtinCatalogue();
  const unit = level0[0]?.charAt(2) ?? 'A';
  const entries = baselineEntries({ mission, unit, productType, level0: [...level0] }, catalogue).map((entry) => ({
    name: entry.level0,
    adfs: entry.adfs.filter(({ type }) => !without.includes(type.longName)),
  }));
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const adfs = [...new Map(entries.flatMap((entry) => entry.adfs).map((adf) => [adf.name, adf])).values()];
  mkdirSync(folder, { recursive: true });
  const files = adfs.map(({ id, name }): CampaignLock['files'][number] => {
    writeFileSync(path.join(folder, name), name);
    const md5 = createHash('md5').update(name).digest('hex');
    const type = parseAdfName(name)?.type ?? 'UNKNOWN';
    return {
      id,
      name,
      type,
      path: name,
      bytes: name.length,
      md5,
      publicationDate: '2024-03-02T00:00:00Z',
      state: 'verified',
    };
  });
  for (const { name, type } of files) if (notHere.includes(type)) rmSync(path.join(folder, name));
  const places = new Map(adfs.map(({ name }, place) => [name, place]));
  const lock: CampaignLock = {
    ...{ lockVersion: 1, campaign: 'made-up', auxflow: '0.1.0', updatedAt: '2024-03-02T00:00:00Z' },
    site: { environment: 'sandbox', siteUrl: 'http://127.0.0.1:1', auxipRoot: 'http://127.0.0.1:1/auxip.svc' },
    request: { mission, unit, productType, level0Names: [...level0] },
    ...{ complete: true, answers: [], files },
    level0: entries.map((entry) => ({
      ...{ name: entry.name, known: true },
      files: entry.adfs.map(({ name }) => places.get(name) ?? 0),
    })),
    ...changes,
  };
  writeFileSync(path.join(folder, LOCK_NAME), [...lockText(lock)].join(''));
  return lock;
}
