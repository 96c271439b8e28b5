import { expect, test } from 'vitest';
import type { CampaignFile } from '../../scripts/campaign/campaign-file';
import type { FindingCount } from '../../scripts/cluster/queue/finding-counts';
import { countProgress, progressPage } from '../../scripts/cluster/writer/progress-page';

const file = (type: string, state: CampaignFile['state'], more: Partial<CampaignFile> = {}): CampaignFile => ({
  ...{ id: 'id', name: `${type}-${state}`, type, bytes: 1000, state },
  ...more,
});
const pageOf = (
  files: readonly CampaignFile[],
  unpack?: true,
  { lacking = [], ...more }: { lacking?: readonly FindingCount[]; contents?: 'made-up' } = {},
): string => {
  const progress = countProgress();
  for (const one of files) progress.add(one);
  const head = { campaign: 'name', updatedAt: '2026-11-29T00:00:00Z', unpack, ...more };
  return progressPage(head, progress, { level0: 0, lacking });
};
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
  const page = pageOf(files, true);
  expect(page).toContain('<meta http-equiv="refresh" content="10" />');
  expect(page).toContain('3 of 5 files verified');
  expect(page).toContain('1 file; 1 archive not unpacked');
  expect(cellsOf(page)).toEqual([
    ...['file error', 'A-failed NOT_FOUND', 'B-verified ARCHIVE_REFUSED', 'type done verified failed wanted volume'],
    ...['A 33 % 1 1 1 1 kB of 3 kB', 'B 100 % 2 0 0 2 kB of 2 kB'],
  ]);
  const finished = pageOf([file('A', 'verified')]);
  expect(finished).not.toContain('http-equiv="refresh"');
  expect(finished).not.toContain('unpacked');
});

test('what baselines lack is in the heading, and that a sandbox made the bytes up', () => {
  const lacking = [{ code: 'ADF_TYPE_MISSING' as const, type: 'AX___MA2_AX', level0: 25 }];
  const page = pageOf([file('A', 'verified')], undefined, { lacking, contents: 'made-up' });
  expect(page).toContain('<h1>1 of 1 file verified, baselines incomplete or wrong</h1>');
  expect(cellsOf(page).slice(0, 2)).toEqual(['finding ADF type Level-0 products', 'ADF_TYPE_MISSING AX___MA2_AX 25']);
  expect(page).toContain('Made-up bytes.');
  const complete = pageOf([file('A', 'verified')]);
  expect(complete).toContain('<h1>1 of 1 file verified</h1>');
  expect(complete).not.toContain('Made-up bytes.');
});
