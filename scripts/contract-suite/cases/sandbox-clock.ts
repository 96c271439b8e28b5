import { CONTROL_HEADER } from '../../lib/control-header';
import type { ContractCase } from '../contract-case';

/**
 * The clock of the sandbox, for what depends on time. It is stopped first, so that a slow machine changes nothing, and in the end goes on
 * as if it had never been touched.
 */
export const NEEDS_CLOCK = ['sandbox_control'];

export const FREEZE = "The sandbox's clock is stopped";
export const RESUME = "The sandbox's clock goes on";

export function freeze(folder: string, needs: readonly string[] = NEEDS_CLOCK): ContractCase {
  return order(`${folder}-clock-stopped`, FREEZE, 'freeze', needs);
}

export function resume(folder: string, needs: readonly string[] = NEEDS_CLOCK): ContractCase {
  return order(`${folder}-clock-resumed`, RESUME, 'resume', needs);
}

export function advance(when: string, seconds: number, needs: readonly string[] = NEEDS_CLOCK): ContractCase {
  const name = `The sandbox's clock moves on to ${when.replaceAll('-', ' ')}`;
  return order(`clock-${when}`, name, String(seconds), needs);
}

function order(key: string, name: string, body: string, needs: readonly string[]): ContractCase {
  return {
    key,
    name,
    severity: 'shape',
    source: {
      basis: 'observed',
      cite: 'docs/sandbox.md',
      says: 'The control endpoint stops, moves and resumes the clock of the sandbox.',
    },
    needs,
    request: {
      ...{ method: 'PUT', url: '{{sandbox_control}}/clock', auth: 'none', body },
      headers: { [CONTROL_HEADER.name]: CONTROL_HEADER.value },
    },
    expect: { status: 204 },
  };
}
