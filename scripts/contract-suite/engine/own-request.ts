import type { Profile } from '../contract-case';
import { costsOf, type Cost } from '../../services/request-costs';

/** A request of the user's own, as far as its costs depend on it. */
export interface OwnAsked {
  readonly url: string;
  readonly auth: 'token' | 'none';
  /** Any of these is expected. */
  readonly status: readonly number[];
}

export interface OwnConditions extends Omit<OwnAsked, 'url'> {
  /** Variables that it is made of. */
  readonly needs: readonly string[];
  readonly costs: readonly Cost[];
  readonly profiles?: readonly Profile[];
}

/** A redirect that grants a file is a possible answer to whoever sends a token, whatever is expected. */
const GRANT = 302;

export function ownCosts({ url, auth, status }: OwnAsked): Cost[] {
  const possible = auth === 'token' ? [...status, GRANT] : status;
  return [...new Set(possible.flatMap((code) => costsOf({ url, status: code })))];
}
