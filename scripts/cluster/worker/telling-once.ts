import { concernsTypes } from '../../errors/errors';
import { CONCERNS_CAMPAIGN } from './campaign-targets';
import type { Listener, RunEvent } from '../../session/run-events';

/**
 * What baselines lack is the same in thousands of calls: each ADF type is told once for each code, with its first example, and each note
 * once; so is a campaign whose place is another's, or that is damaged. `auxflow status` has the counts.
 */
export function tellingOnce(listener: Listener): Listener {
  const told = new Set<string>();
  return (event) => {
    const keys = keysOf(event);
    if (keys?.every((key) => told.has(key))) return;
    for (const key of keys ?? []) told.add(key);
    listener(event);
  };
}

function keysOf(event: RunEvent): string[] | undefined {
  if (event.type === 'note') return [event.text];
  if (event.type !== 'finding') return undefined;
  if (CONCERNS_CAMPAIGN.has(event.error.code)) return [JSON.stringify(event.error)];
  if (!concernsTypes(event.error)) return undefined;
  const { code, types } = event.error;
  return types.map(({ type }) => `${code} ${type}`);
}
