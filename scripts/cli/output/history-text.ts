import pc from 'picocolors';
import type { CampaignDifference, TypeDifference } from '../../campaign/history/compare-locks';
import type { LockUsers } from '../../campaign/history/users-of-adf';
import { plural } from '../../lib/format';
import type { RunEvent } from '../../session/run-events';

/** Longest list of names that a terminal is given; `--json` has all. */
const MAX_NAMES = 40;

/** What `auxflow impact` and `auxflow diff` found. */
export function historyLines(event: Extract<RunEvent, { type: 'impact' | 'difference' }>): string[] {
  return event.type === 'impact' ? impactLines(event) : differenceLines(event);
}

/** Which Level-0 products of a lock used a file: its campaign, then a line for each. */
function impactLines({ lock, campaign, complete, files, level0, of }: LockUsers & { lock: string }): string[] {
  const used = files.length === 0 ? 'not in it' : `${plural(level0.length, 'Level-0 product')} of ${of}`;
  const partial = complete ? '' : '; a part of its request was never answered';
  return ['', `${pc.bold(campaign)} ${pc.dim(lock)}`, `  ${used}${partial}`, ...shortList(level0, '    ')];
}

/** A heading per type, a line per file; then what it comes to for Level-0 products. */
function differenceLines(difference: CampaignDifference): string[] {
  const { types, affected, level0Added, level0Removed } = difference;
  return [
    ...types.flatMap(typeLines),
    ...level0Lines(
      'Level-0 products with other files',
      affected.map(({ level0, types: of }) => `${level0} ${pc.dim(of.join(', '))}`),
    ),
    ...level0Lines('Level-0 products in the new lock only', level0Added),
    ...level0Lines('Level-0 products in the old lock only', level0Removed),
  ];
}

function typeLines({ type, added, removed, superseded, replaced, level0 }: TypeDifference): string[] {
  return [
    '',
    `${pc.bold(type)} ${pc.dim(plural(level0, 'Level-0 product'))}`,
    ...shortList(
      superseded.map(({ old, new: now, level0: of }) => `${old} → ${now} ${pc.dim(`for ${of}`)}`),
      pc.yellow('  ~ '),
    ),
    ...shortList(replaced, pc.yellow('  ! '), 'other content: '),
    ...shortList(removed, pc.red('  - ')),
    ...shortList(added, pc.green('  + ')),
  ];
}

function level0Lines(heading: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : ['', pc.bold(`${heading}: ${names.length}`), ...shortList(names, '  ')];
}

function shortList(names: readonly string[], before: string, what = ''): string[] {
  const shown = names.slice(0, MAX_NAMES).map((name) => `${before}${what}${name}`);
  const left = names.length - shown.length;
  return left > 0 ? [...shown, `${before}and ${left} more: --json lists all`] : shown;
}
