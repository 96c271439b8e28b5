import pc from 'picocolors';
import type { Plan, QuotaPlan } from '../../campaign/plan/plan';
import { DOCUMENTED_BYTES } from '../../download/quota';
import { bytes, plural } from '../../lib/format';

/** The first lines of a campaign. */
export function planLines(plan: Plan): string[] {
  const { level0, references, files, here, toFetch, disk, unresolved, unreadable } = plan;
  const rows: [string, string][] = [
    [
      'asked',
      `${plural(level0, 'Level-0 product')}, ${plural(references, 'reference')}, ${plural(files, 'distinct file')}`,
    ],
    ['size', bytes(plan.bytes)],
    ['here', `${plural(here.files, 'file')}, ${bytes(here.bytes)}`],
    ['to fetch', `${plural(toFetch.files, 'file')}, ${bytes(toFetch.bytes)}`],
    ['disk', `${bytes(disk.needed)} needed, ${bytes(disk.free)} free`],
    ...unpackingRows(disk),
    ['charge', `${bytes(toFetch.bytes)} of the ${bytes(DOCUMENTED_BYTES)} that the service grants in 8 days`],
  ];
  const gone = unresolved - unreadable.reduce((sum, row) => sum + row.files, 0);
  if (gone > 0) rows.push(['unknown', `${plural(gone, 'file')} without an entry in the catalogue`]);
  for (const row of unreadable)
    rows.push(['unknown', `${plural(row.files, 'file')} whose entry in the catalogue could not be read: ${row.code}`]);
  if (plan.quota) rows.push(...quotaRows(plan.quota));
  return ['', pc.bold('Plan'), ...rows.map(([label, text]) => `  ${pc.dim(label.padEnd(9))} ${text}`)];
}

function unpackingRows({ needed, free, unpacking }: Plan['disk']): [string, string][] {
  if (!unpacking || unpacking.archives === 0) return [];
  const warning = needed + unpacking.bytes > free ? '; the disk may be too small' : '';
  return [['unpacking', `about ${bytes(unpacking.bytes)} more for ${plural(unpacking.archives, 'archive')}${warning}`]];
}

function quotaRows({ granted, budget, now, windows, earliestFinish }: QuotaPlan): [string, string][] {
  const limits = [
    budget.files === undefined ? [] : plural(budget.files, 'file'),
    budget.bytes === undefined ? [] : bytes(budget.bytes),
  ];
  return [
    [
      'budget',
      `${limits.flat().join(' and ') || 'none'} in 8 days; ${plural(granted.files, 'file')}, ${bytes(granted.bytes)} granted`,
    ],
    ['windows', `${plural(windows, 'window')} of 8 days; ${plural(now, 'file')} in the present one`],
    ['earliest', `${earliestFinish}, by the quota alone`],
  ];
}
