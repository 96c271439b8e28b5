import type { AuxflowError, ErrorCode } from './errors';

/** Exit codes of the command line; the README table and docs/errors.md are checked against this. */
export const EXIT = {
  ok: 0,
  checkFailed: 1,
  usage: 2,
  authentication: 3,
  notFound: 4,
  temporary: 5,
  integrity: 6,
  internal: 7,
  quota: 8,
  nothingToDo: 9,
  interrupted: 130,
  terminated: 143,
} as const;

export const EXIT_OF: Readonly<Record<ErrorCode, number>> = {
  USAGE: EXIT.usage,
  MISSION_UNKNOWN: EXIT.usage,
  UNIT_UNKNOWN: EXIT.usage,
  PRODUCT_TYPE_UNKNOWN: EXIT.usage,
  L0_NAME_PADDED: EXIT.usage,
  L0_NAME_MALFORMED: EXIT.usage,
  L0_NAME_MISMATCH: EXIT.usage,
  TIME_MALFORMED: EXIT.usage,
  INTERVAL_ORDER: EXIT.usage,
  FILE_UNREADABLE: EXIT.usage,
  FILE_MALFORMED: EXIT.usage,
  URL_REFUSED: EXIT.usage,
  CREDENTIALS_MISSING: EXIT.usage,
  PORT_IN_USE: EXIT.usage,
  TARGET_UNWRITABLE: EXIT.usage,
  DISK_FULL: EXIT.usage,
  TARGET_IN_USE: EXIT.temporary,
  FILE_IN_THE_WAY: EXIT.integrity,
  TOKEN_REFUSED: EXIT.authentication,
  LOGIN_PAGE: EXIT.authentication,
  ROLE_MISSING: EXIT.authentication,
  NOT_FOUND: EXIT.notFound,
  L0_UNKNOWN: EXIT.notFound,
  SERVICE_BUSY: EXIT.temporary,
  NETWORK: EXIT.temporary,
  QUOTA_EXHAUSTED: EXIT.quota,
  STATUS_UNEXPECTED: EXIT.checkFailed,
  ANSWER_NOT_JSON: EXIT.checkFailed,
  ANSWER_BREAKS_SCHEMA: EXIT.checkFailed,
  LINK_FOREIGN: EXIT.checkFailed,
  NAME_UNSAFE: EXIT.checkFailed,
  NAME_TWICE: EXIT.checkFailed,
  CATALOGUE_INCOMPLETE: EXIT.integrity,
  CATALOGUE_DISAGREES: EXIT.checkFailed,
  BUDGET_REACHED: EXIT.quota,
  BUDGET_IMPOSSIBLE: EXIT.usage,
  DISK_TOO_SMALL: EXIT.usage,
  LOCK_BROKEN: EXIT.integrity,
  LOCK_FOREIGN: EXIT.usage,
  LAYOUT_OTHER: EXIT.usage,
  FILE_MISSING: EXIT.checkFailed,
  FILE_CHANGED: EXIT.integrity,
  SIZE_WRONG: EXIT.integrity,
  CHECKSUM_WRONG: EXIT.integrity,
  CHECKS_FAILED: EXIT.checkFailed,
  NOTHING_TESTED: EXIT.checkFailed,
  BASELINE_EMPTY: EXIT.nothingToDo,
  INTERRUPTED: EXIT.interrupted,
  INTERNAL: EXIT.internal,
};

/** When a run met several errors: the one that explains most, and that the next step depends on, decides. */
const PRECEDENCE: readonly number[] = [
  EXIT.interrupted,
  EXIT.terminated,
  EXIT.internal,
  EXIT.usage,
  EXIT.authentication,
  EXIT.quota,
  EXIT.temporary,
  EXIT.integrity,
  EXIT.notFound,
  EXIT.checkFailed,
  EXIT.nothingToDo,
];

export function exitCodeOf(errors: readonly AuxflowError[]): number {
  const codes = errors.map((error) =>
    error.code === 'INTERRUPTED' && error.signal === 'SIGTERM' ? EXIT.terminated : EXIT_OF[error.code],
  );
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.ok;
}
