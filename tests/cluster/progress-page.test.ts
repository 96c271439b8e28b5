import { expect, test } from 'vitest';
import type { CampaignFile } from '../../scripts/campaign/campaign-file';
import type { CampaignLock } from '../../scripts/campaign/lock/campaign-lock';
import { progressPage } from '../../scripts/cluster/writer/progress-page';

const file = (type: string, state: CampaignFile['state'], more: Partial<CampaignFile> = {}): CampaignFile => ({
  ...{ id: 'id', name: `${type}-${state}`, type, bytes: 1000, state },
  ...more,
});
const lockOf = (files: readonly CampaignFile[], more: Partial<CampaignLock> = {}): CampaignLock => ({
  ...{
    lockVersion: 1,
    campaign: 'name',
    auxflow: '0',
    updatedAt: '2026-11-29T00:00:00Z',
    complete: true,
    answers: [],
    level0: [],
  },
  site: { environment: 'sandbox', siteUrl: 'http://127.0.0.1', auxipRoot: 'http://127.0.0.1/auxip.svc' },
  request: { mission: 'S3OLCI', unit: 'A', productType: 'L2LFR' },
  files,
  ...more,
});
const cellsOf = (page: string): string[] =>
  [...page.matchAll(/<tr>(?:(?!<\/tr>)[^])*<\/tr>/g)].map(([row]) =>
    row
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );

test('the page of a campaign under way counts by type and is read again; a finished one is not', () => {
  const done = file('B', 'verified', { unpacked: [{ path: 'b', bytes: 5, md5: '0' }] });
  const refused = file('B', 'verified', { problem: 'ARCHIVE_REFUSED' });
  const files = [
    file('A', 'verified'),
    file('A', 'wanted'),
    file('A', 'failed', { problem: 'NOT_FOUND' }),
    done,
    refused,
  ];
  const page = progressPage(lockOf(files, { unpack: true }));
  expect(page).toContain('<meta http-equiv="refresh" content="10" />');
  expect(page).toContain('3 of 5 files verified');
  expect(page).toContain('1 file; 1 archive not unpacked');
  expect(cellsOf(page)).toEqual([
    ...['file error', 'A-failed NOT_FOUND', 'B-verified ARCHIVE_REFUSED', 'type done verified failed wanted volume'],
    ...['A 33 % 1 1 1 1 kB of 3 kB', 'B 100 % 2 0 0 2 kB of 2 kB'],
  ]);
  const finished = progressPage(lockOf([file('A', 'verified')]));
  expect(finished).not.toContain('http-equiv="refresh"');
  expect(finished).not.toContain('unpacked');
});
