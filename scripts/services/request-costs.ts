/**
 * What a request takes from the services beyond its answer, measured against their own code: a reader that is run every night must not
 * wear them out.
 */

/**
 * `leaks a connection`: one of auxip.svc's database connections is never given back, and when the pool of 80 is empty only a restart helps.
 * `logs an exception`: a 500 writes a stack trace into the service's log. `failed login`: the token endpoint notes a refused request.
 * `$value grant`: the account's quota is charged with a file.
 */
export const COSTS = ['leaks a connection', 'logs an exception', 'failed login', '$value grant'] as const;

export type Cost = (typeof COSTS)[number];

export interface CostlyRequest {
  /** Address or template; only what follows the host counts. */
  readonly url: string;
  readonly status?: number;
  /** Target of a redirect. */
  readonly location?: string;
}

/** Costs of a request that was (or will be) answered with this status. Without one: no answer, of which only a leak is known. */
export function costsOf({ url, status = 0, location = '' }: CostlyRequest): Cost[] {
  const address = decoded(url);
  const isRefused = status >= 400;
  const costs: Readonly<Record<Cost, boolean>> = {
    'leaks a connection': mayLeak(url),
    'logs an exception': status === 500,
    'failed login': isRefused && /\/openid-connect\/token(?:[?#]|$)/.test(address),
    '$value grant': /\/Products\b[^?]*\/\$value(?:[?#]|$)/.test(address) && isGrant(status, location),
  };
  return COSTS.filter((cost) => costs[cost]);
}

/**
 * Whether a request may take a connection for ever: `$count` in any form and place, and whatever names Subscriptions or Metrics. Wider
 * than what was measured (`$count=true`, reads of the two sets): nobody tried whether a refused form leaks too.
 */
export function mayLeak(url: string): boolean {
  return /\$count\b|\b(?:Subscriptions|Metrics)\b/i.test(decoded(url));
}

/** A redirect to the login page is none. */
function isGrant(status: number, location: string): boolean {
  return (status >= 200 && status < 300) || (status === 302 && !location.includes('/auth/realms/'));
}

/** Percent-encoding undone, also where it was applied twice. */
function decoded(url: string): string {
  const once = url.replace(/%([0-9a-f]{2})/gi, (_all, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return once === url ? url : decoded(once);
}
