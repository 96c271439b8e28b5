import { variable } from './variables';

/** Share of its life after which a token is renewed: the calls that follow may take minutes. */
const USED_SHARE = 0.5;

const FRESH_UNTIL = 'access_token_fresh_until';

/** Keeps the token for the next requests, and until when (epoch milliseconds) it needs no other. */
export function keepToken(token: string, lifeSeconds: number): void {
  pm.environment.set('access_token', token);
  pm.collectionVariables.set(FRESH_UNTIL, String(Date.now() + lifeSeconds * 1000 * USED_SHARE));
}

export function tokenIsFresh(): boolean {
  return variable('access_token') !== '' && Date.now() < Number(pm.collectionVariables.get(FRESH_UNTIL) ?? '0');
}
