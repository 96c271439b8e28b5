/** The call that the cases vary, and the two answers to it. */
import type { CitationId } from '../../../citations';
import type { ContractCase } from '../../../contract-case';
import { answered, FUNCTION, getCase, observed, refused, satellite } from '../rdb-cases';

/** Selects no file. */
export const NOTHING = 'NOPE';
export const KNOWN = `l0_names='{{known_l0}}'`;
export const CALL = `${FUNCTION}(${KNOWN},${satellite(NOTHING)})`;
export const ROOT = '{{rdb_root_uri}}';
export const MALFORMED = 'The URI is malformed.';

export const ONE_ENTRY = answered({ is: 'baseline-empty', entries: [{ level0: '{{known_l0}}', known: true }] });

export function accepted(
  key: string,
  name: string,
  url: string,
  cite: CitationId,
  says: string,
  more = {},
): ContractCase {
  return getCase(key, name, url, ONE_ENTRY, observed(cite, says), more);
}

export function refusal(
  key: string,
  name: string,
  url: string,
  message: string,
  cite: CitationId = 'rdb.md#calls',
  status = 400,
): ContractCase {
  return getCase(key, name, url, refused(status, message), observed(cite, `${status}: ${message}`), {
    severity: 'shape',
  });
}
