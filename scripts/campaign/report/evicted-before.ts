import { plural } from '../../lib/format';
import type { Finding } from '../../reports/run/run-report';
import type { RunResult } from './run-report-files';

const MAX_NAMES = 5;

/** A warning where the catalogue will forget files before the campaign can have fetched them all. */
export function evictedBefore({
  manifest,
  data,
  plannedEnd,
  finishedAt,
}: Pick<RunResult, 'manifest' | 'data' | 'plannedEnd' | 'finishedAt'>): Finding[] {
  const planned = plannedEnd === undefined ? NaN : Date.parse(plannedEnd);
  const end = Number.isNaN(planned) ? finishedAt.getTime() : planned;
  const names = manifest.files.flatMap(({ id, name }) => {
    const date = data.evictions.get(id);
    return date !== undefined && Date.parse(date) < end ? [`${name} (${date})`] : [];
  });
  if (names.length === 0) return [];
  const more = names.length > MAX_NAMES ? ', …' : '';
  return [
    {
      severity: 'warning',
      title: `The catalogue evicts ${plural(names.length, 'file')} before the planned end, ${new Date(end).toISOString()}.`,
      text: `${names.slice(0, MAX_NAMES).join(', ')}${more}`,
      next: 'Fetch these files first, or split the campaign.',
    },
  ];
}
