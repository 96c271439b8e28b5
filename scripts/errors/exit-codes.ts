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
  unheard: 141,
  terminated: 143,
} as const;

/** What an exit code means, for the man page; README has the same table. */
export const EXIT_MEANINGS: Readonly<Record<string, string>> = {
  '0': 'all there, all verified',
  '1': 'an assertion, completeness or rule check failed',
  '2': 'usage or configuration',
  '3': 'authentication or role',
  '4': 'not found',
  '5': 'temporary failure after retries: run again to resume',
  '6': 'size, checksum or content of an archive',
  '7': 'internal error',
  '8': 'quota or budget reached',
  '9': 'nothing to do, with --fail-on-empty',
  '130, 143': 'interrupted by SIGINT, SIGTERM; what is verified stays',
  '141': 'interrupted because the reader of standard output went away',
};

export const EXIT_OF: Readonly<Record<ErrorCode, number>> = {
  USAGE: EXIT.usage,
  MISSION_UNKNOWN: EXIT.usage,
  UNIT_UNKNOWN: EXIT.usage,
  PRODUCT_TYPE_UNKNOWN: EXIT.usage,
  L0_NAME_PADDED: EXIT.usage,
  L0_NAME_MALFORMED: EXIT.usage,
  L0_NAME_MISMATCH: EXIT.usage,
  L0_NAMES_REFUSED: EXIT.usage,
  TIME_MALFORMED: EXIT.usage,
  INTERVAL_ORDER: EXIT.usage,
  FILE_UNREADABLE: EXIT.usage,
  FILE_MALFORMED: EXIT.usage,
  CASES_REFUSED: EXIT.usage,
  URL_REFUSED: EXIT.usage,
  LOCATION_REFUSED: EXIT.temporary,
  REDIRECTED: EXIT.temporary,
  TOO_MANY_FILES: EXIT.temporary,
  CREDENTIALS_MISSING: EXIT.usage,
  PORT_IN_USE: EXIT.usage,
  TARGET_UNWRITABLE: EXIT.usage,
  DISK_FULL: EXIT.usage,
  TARGET_IN_USE: EXIT.temporary,
  FOLDER_TAKEN: EXIT.usage,
  FILE_IN_THE_WAY: EXIT.integrity,
  TOKEN_REFUSED: EXIT.authentication,
  LOGIN_PAGE: EXIT.authentication,
  ROLE_MISSING: EXIT.authentication,
  ROLE_NOT_CLAIMED: EXIT.authentication,
  NOT_FOUND: EXIT.notFound,
  L0_UNKNOWN: EXIT.notFound,
  SERVICE_BUSY: EXIT.temporary,
  NETWORK: EXIT.temporary,
  CONNECTION_LIMIT: EXIT.temporary,
  HOST_UNKNOWN: EXIT.temporary,
  TLS_REFUSED: EXIT.temporary,
  PROXY_AUTHENTICATION: EXIT.authentication,
  PROXY_UNREACHABLE: EXIT.temporary,
  TIME_LIMIT: EXIT.temporary,
  QUOTA_EXHAUSTED: EXIT.quota,
  QUOTA_REFUSED: EXIT.quota,
  STATUS_UNEXPECTED: EXIT.checkFailed,
  ANSWER_NOT_JSON: EXIT.checkFailed,
  ANSWER_OVER_LIMIT: EXIT.checkFailed,
  ANSWER_BREAKS_SCHEMA: EXIT.checkFailed,
  METADATA_UNREADABLE: EXIT.checkFailed,
  CONTRACT_CHANGED: EXIT.checkFailed,
  BASELINE_WITHOUT_FILES: EXIT.checkFailed,
  ADF_TYPE_MISSING: EXIT.checkFailed,
  ADF_FILES_MISSING: EXIT.checkFailed,
  ADF_SUPERSEDED: EXIT.checkFailed,
  ADF_WRONG_FILE: EXIT.checkFailed,
  ADF_UNEXPECTED: EXIT.checkFailed,
  ADF_ANSWERS_DIFFER: EXIT.checkFailed,
  ADF_VALIDITY_SHIFTED: EXIT.checkFailed,
  L0_LEFT_OUT: EXIT.checkFailed,
  INPUT_MISSING: EXIT.checkFailed,
  TABLE_UNRELATED: EXIT.checkFailed,
  CAMPAIGN_CHANGED: EXIT.checkFailed,
  FILE_UNUSED: EXIT.notFound,
  LINK_FOREIGN: EXIT.checkFailed,
  NAME_UNSAFE: EXIT.checkFailed,
  NAME_OF_LEVEL0: EXIT.checkFailed,
  NAME_TWICE: EXIT.checkFailed,
  CATALOGUE_INCOMPLETE: EXIT.integrity,
  CATALOGUE_DISAGREES: EXIT.checkFailed,
  BUDGET_REACHED: EXIT.quota,
  BUDGET_IMPOSSIBLE: EXIT.usage,
  DISK_TOO_SMALL: EXIT.usage,
  LOCK_MISSING: EXIT.usage,
  LOCK_BROKEN: EXIT.integrity,
  LOCK_FOREIGN: EXIT.usage,
  LAYOUT_OTHER: EXIT.usage,
  FILE_MISSING: EXIT.checkFailed,
  FILE_CHANGED: EXIT.integrity,
  SIZE_WRONG: EXIT.integrity,
  CHECKSUM_WRONG: EXIT.integrity,
  ARCHIVE_REFUSED: EXIT.integrity,
  PACKAGE_MISSING: EXIT.usage,
  QUEUE_UNREACHABLE: EXIT.temporary,
  QUEUE_AUTHENTICATION: EXIT.authentication,
  QUEUE_EVICTS: EXIT.usage,
  QUEUE_FOREIGN: EXIT.usage,
  QUEUE_VERSION: EXIT.usage,
  QUEUE_LOST: EXIT.temporary,
  QUEUE_DAMAGED: EXIT.integrity,
  QUEUE_REFUSED: EXIT.temporary,
  WORKERS_DIED: EXIT.temporary,
  CLOCK_SKEWED: EXIT.usage,
  CAMPAIGN_UNKNOWN: EXIT.notFound,
  ACCOUNT_REFERENCE: EXIT.usage,
  BUCKET_UNUSABLE: EXIT.usage,
  STORE_UNREACHABLE: EXIT.temporary,
  SCRIPT_FAILED: EXIT.checkFailed,
  SCRIPT_ENDLESS: EXIT.checkFailed,
  NEWMAN_ENDED: EXIT.temporary,
  CHECKS_FAILED: EXIT.checkFailed,
  NOTHING_TESTED: EXIT.checkFailed,
  BASELINE_EMPTY: EXIT.nothingToDo,
  INTERRUPTED: EXIT.interrupted,
  INTERNAL: EXIT.internal,
};

const STOPPED_BY = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGPIPE: EXIT.unheard } as const;

/** When a run met several errors: the one that explains most, and that the next step depends on, decides. */
const PRECEDENCE: readonly number[] = [
  EXIT.interrupted,
  EXIT.terminated,
  EXIT.unheard,
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
  const codes = errors.map((error) => (error.code === 'INTERRUPTED' ? STOPPED_BY[error.signal] : EXIT_OF[error.code]));
  return worstExitCode(codes);
}

/** Of several runs that are one. */
export function worstExitCode(codes: readonly number[]): number {
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.ok;
}

/** Of the code that a lock or a queue has kept of an error. One that another version knows is a failure all the same. */
export function exitCodeOfProblem(problem: string): number {
  const known = Object.entries(EXIT_OF).find(([code]) => code === problem);
  return known?.[1] ?? EXIT.checkFailed;
}
