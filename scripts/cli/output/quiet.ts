import { EXIT } from '../../errors/exit-codes';
import type { Listener, RunEvent } from '../../session/run-events';

/** What `--quiet` leaves: errors, the verdict of a run that failed, and what a verb was asked to print. */
const RESULTS: readonly RunEvent['type'][] = [
  'finding',
  'listed-case',
  'listed',
  'diagnosis',
  'drift',
  'checked-level0',
  'checked-table',
  'impact',
  'difference',
  'campaign-status',
];

export function quiet(listener: Listener, { isPlanAsked = false } = {}): Listener {
  const results = isPlanAsked ? [...RESULTS, 'plan'] : RESULTS;
  return (event) => {
    const failed = event.type === 'run-finished' && event.exitCode !== EXIT.ok;
    if (failed || results.includes(event.type)) listener(event);
  };
}
