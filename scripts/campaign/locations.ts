/** Where the bytes of a campaign's files are asked for: within the quota of the account, and each once. */
import { quotaAwareLocations } from '../download/quota-aware-locations';
import type { Quota } from '../download/quota-settings';
import type { AskedValue } from '../newman/value-recorder';
import type { Auxip } from '../services/auxip';
import { urlRefusal, type UrlRules } from '../services/url-rules';
import type { CommandContext } from '../session/context';

export interface LocationsOptions {
  readonly auxip: Pick<Auxip, 'productLocation'>;
  /** Absent where the site has none. */
  readonly quota: Quota | undefined;
  /** Bytes that a grant of the file is charged with. */
  readonly bytesOf: (id: string) => number;
  readonly context: Pick<CommandContext, 'listener' | 'signal'>;
}

export type Locate = (id: string) => Promise<string>;

export function locationsOf({ auxip, quota, bytesOf, context }: LocationsOptions): Locate {
  const { listener, signal } = context;
  if (!quota) return (id) => auxip.productLocation(id, signal);
  return quotaAwareLocations({ ...quota, auxip, bytesOf, onWait: waitingOnce(listener), signal });
}

/** Milliseconds; the address opens for 600 s (auxip.md#redirect), and a transfer takes a moment to begin. */
const LOCATION_LIFE = 570_000;

/**
 * The locations that Newman was granted come first, each once: another `$value` would be charged a second time. One that may not be
 * requested is asked for again, as after any other bad redirect.
 */
export function withAsked(
  asked: readonly AskedValue[],
  locate: Locate,
  { now = Date.now, ...rules }: UrlRules & { readonly now?: () => number } = {},
): Locate {
  const usable = asked.filter(({ location = '' }) => urlRefusal(location, rules) === undefined);
  const waiting = new Map(usable.map((value) => [value.id, value]));
  return async (id) => {
    const { location, at = 0 } = waiting.get(id) ?? {};
    waiting.delete(id);
    return location !== undefined && now() - at < LOCATION_LIFE ? location : locate(id);
  };
}

/** Several files wait for the same moment: said once, whatever the last digits. */
export function waitingOnce(listener: CommandContext['listener']): (until: number) => void {
  let said = '';
  return (time) => {
    const until = new Date(time).toISOString();
    if (until !== said) listener({ type: 'waiting', until });
    said = until;
  };
}
