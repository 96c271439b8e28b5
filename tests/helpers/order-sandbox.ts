import { CONTROL_HEADER } from '../../scripts/lib/control-header';

/** With them, the sandbox takes orders. */
export const CONTROL_HEADERS = { [CONTROL_HEADER.name]: CONTROL_HEADER.value };

/** Puts an order to a running sandbox, e.g. a time to its `clock`. */
export function orderSandbox(siteUrl: string, what: 'clock' | 'scenario' | 'mutant', body: string): Promise<Response> {
  return fetch(`${siteUrl}/sandbox/${what}`, { method: 'PUT', headers: CONTROL_HEADERS, body });
}
