/**
 * Every way auxflow can fail, as data: code → what is known about it. Sentences stand in messages.ts, exit codes in
 * exit-codes.ts; code that meets a failure throws `new Failure({code, …})` and never exits or prints.
 */
import { withoutQuery } from '../lib/without-query';
import type { SelectionRuleName } from '../sentinel/selection-rules';

/** What was asked of a service. `url` has no user info and no query that carries a signature (see `asked`). */
export interface Asked {
  method: string;
  url: string;
}

/** A check of the collection that did not hold. */
export interface FailedCheck {
  readonly name: string;
  readonly times: number;
  /** Of the first time. */
  readonly message?: string;
}

/** Files of a type that a baseline has, and those that the type's rule chooses (rdb.md#selection-rules). */
export interface BaselineExample {
  readonly level0: string;
  readonly rule?: SelectionRuleName;
  /** The sensing time, widened by the type's deltas: UTC. */
  readonly from: string;
  readonly to: string;
  readonly expected: readonly FileDates[];
  readonly answered: readonly FileDates[];
}

/** UTC; absent where neither reprocessing.svc nor the name says them. */
export interface FileDates {
  readonly name: string;
  readonly start?: string;
  readonly stop?: string;
  readonly creation?: string;
}

export interface DeviatingType {
  /** LongName; of a file that no wanted type has, what its name says. */
  readonly type: string;
  /** Level-0 products that are concerned; the example is the first. */
  readonly level0: number;
  readonly example: BaselineExample;
}

/** Baselines that do not have what they should have. */
interface Incomplete {
  /** The type that concerns most products first. */
  readonly types: readonly DeviatingType[];
  /** Level-0 products that were looked at. */
  readonly of: number;
}

/** What is wrong with a case of the user's own. */
export interface CaseProblem {
  /** Empty for the folder as a whole. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** JSON pointer (RFC 6901); empty for the whole file. */
  readonly pointer: string;
  readonly problem: string;
}

interface Errors {
  /** `--strict-l0`: not in the service's table. */
  L0_UNKNOWN: { names: readonly string[] };
  /** Words on the command line that do not fit. */
  USAGE: { problem: string; next?: string };
  MISSION_UNKNOWN: { mission: string; known: readonly string[] };
  UNIT_UNKNOWN: { unit: string; mission: string; known: readonly string[] };
  PRODUCT_TYPE_UNKNOWN: {
    productType: string;
    mission: string;
    known: readonly string[];
    otherMissions: readonly string[];
  };
  L0_NAME_PADDED: { name: string };
  L0_NAME_MALFORMED: { name: string; example: string; line?: number };
  L0_NAME_MISMATCH: { name: string; asked: string; found: string; line?: number };
  /** Several of a list. */
  L0_NAMES_REFUSED: { example: string; names: readonly { name: string; line?: number; why: string }[] };
  TIME_MALFORMED: { option: string; value: string };
  INTERVAL_ORDER: { start: string; stop: string };
  /** `meant`: what the path was probably meant to be. */
  FILE_UNREADABLE: { path: string; what: string; reason: string; meant?: string };
  FILE_MALFORMED: { path: string; what: string; problems: readonly string[] };
  /** Cases of `contract --cases` that cannot be run: what is wrong and where. */
  CASES_REFUSED: { path: string; problems: readonly CaseProblem[] };
  URL_REFUSED: { url: string; reason: string };
  /** The redirect of `$value` leads where no file is asked for. */
  LOCATION_REFUSED: Asked & { location: string; reason: string };
  /** To somewhere that is neither the login page nor the store; `to` without its query. */
  REDIRECTED: Asked & { status: number; to: string };
  /** EMFILE, ENFILE */
  TOO_MANY_FILES: { path: string; reason: string };
  /** `host`: whose entry in netrc would be used. */
  CREDENTIALS_MISSING: { site: string; host: string };
  /** `option` names it, where it is not that of the sandbox. */
  PORT_IN_USE: { port: number; option?: string };
  /** `setting`: the option or variable that names the place, where it is neither --out nor --reports. */
  TARGET_UNWRITABLE: { path: string; reason: string; setting?: string };
  DISK_FULL: { path: string };
  /** Another run downloads into the folder. */
  TARGET_IN_USE: { path: string; holder: string };
  /** `auxflow init` would have to overwrite these names. */
  FOLDER_TAKEN: { path: string; names: readonly string[] };
  /** Something else has the name that a file should get; it is left as it is. */
  FILE_IN_THE_WAY: { path: string };

  /** The token endpoint said no: decided on (status, error), never on its description (access.md#token-errors). */
  TOKEN_REFUSED: Asked & { status: number; error: string };
  /** A 302 to, or the page of, the identity provider: no valid token reached the gateway (access.md#gateway). */
  LOGIN_PAGE: Asked & { status: number };
  ROLE_MISSING: Asked & { status: number; role: string };
  /** The roles that the token claims do not have this one. */
  ROLE_NOT_CLAIMED: { role: string; claimed: readonly string[] };

  NOT_FOUND: Asked & { what: string };
  /** 429, 5xx or a broken connection that outlived its retries. `comeBack` is UTC, where the server named a time that is not waited for. */
  SERVICE_BUSY: Asked & { status: number; attempts: number; form: string; comeBack?: string };
  NETWORK: Asked & { reason: string; attempts: number };
  QUOTA_EXHAUSTED: Asked & { attempts: number; comeBack?: string };
  /** One 429 of the quota, not asked again: for a run of downloads without a pause, or for the volume of 8 days (auxip.md#quota). */
  QUOTA_REFUSED: Asked & { kind: 'pace' | 'volume' };
  /** nginx's HTML 429: all connections are taken, by whomever (access.md#proxies-and-limits). */
  CONNECTION_LIMIT: Asked;
  HOST_UNKNOWN: { host: string; reason: string };
  /** The handshake failed: a certificate that does not verify, or no TLS at all. */
  TLS_REFUSED: { host: string; reason: string };
  /** 407 */
  PROXY_AUTHENTICATION: { proxy: string };
  PROXY_UNREACHABLE: { proxy: string; reason: string };
  /** No whole answer in the time that was given. */
  TIME_LIMIT: { what: string; seconds: number };

  STATUS_UNEXPECTED: Asked & { status: number; expected: string; excerpt: string };
  ANSWER_NOT_JSON: Asked & { status: number; mediaType: string; excerpt: string };
  /** Longer (bytes) or nested deeper than any answer of the services: it was not read further. */
  ANSWER_OVER_LIMIT: Asked & { maxBytes?: number; maxDepth?: number };
  ANSWER_BREAKS_SCHEMA: Asked & { schema: string; problems: readonly string[] };
  METADATA_UNREADABLE: Asked & { reason: string };
  /** `auxflow drift`: the services answer otherwise than schemas/ say. */
  CONTRACT_CHANGED: { changes: number; resources: number };
  /** A Level-0 product that should have auxiliary files, and has none (rdb.md#hazards). */
  BASELINE_WITHOUT_FILES: { level0: string; others?: number };
  /** No file of an ADF type that the rule chooses one of. `ended`: from that type on the whole list is missing. */
  ADF_TYPE_MISSING: Incomplete & { readonly cause: 'ended' | 'dropped' };
  /** Some of several files. */
  ADF_FILES_MISSING: Incomplete;
  /** An older file than the one that counts. `createdFrom`: all is as if files created from then on were not known. */
  ADF_SUPERSEDED: Incomplete & { readonly createdFrom?: string };
  /** A file that does not apply, or not best. */
  ADF_WRONG_FILE: Incomplete;
  /** A file too many. `foreign`: of no type that the request wants. */
  ADF_UNEXPECTED: Incomplete & { readonly cause: 'foreign' | 'satellite' | 'surplus' };
  /** Files that only some of the answers for the same product have. */
  ADF_ANSWERS_DIFFER: Incomplete;
  /** All is as if validities were shifted: those that rdb.svc goes by, or those that reprocessing.svc lists, against the names. */
  ADF_VALIDITY_SHIFTED: Incomplete & { readonly hours: number; readonly where: 'rdb.svc' | 'reprocessing.svc' };
  /** Level-0 products that the answer for an interval leaves out, and how that is known. */
  L0_LEFT_OUT: {
    readonly level0: number;
    readonly names: readonly string[];
    readonly from: string;
    readonly to: string;
    readonly proof: 'overlap' | 'narrower' | 'by-name';
  };
  /** A mandatory input of a processor's task table that no file of the campaign fills; `why`, a clause for each alternative. */
  INPUT_MISSING: {
    readonly processor: string;
    readonly task: string;
    readonly mode: string;
    /** File types of its alternatives. */
    readonly types: readonly string[];
    readonly level0: number;
    readonly of: number;
    readonly example: { readonly level0: string; readonly why: readonly string[] };
  };
  /** A task table of whose inputs the campaign has none: it says nothing of it. */
  TABLE_UNRELATED: { readonly processor: string };
  /** `auxflow diff`: two campaigns differ. */
  CAMPAIGN_CHANGED: { readonly types: number; readonly level0: number };
  /** `auxflow impact`: no lock has a file of these names. */
  FILE_UNUSED: { readonly names: readonly string[]; readonly locks: number };
  LINK_FOREIGN: { link: string; expected: string };
  /** `what` it should be the name of; an auxiliary data file when absent. */
  NAME_UNSAFE: { name: string; what?: string };
  /** Among the auxiliary files of a baseline. */
  NAME_OF_LEVEL0: { name: string };
  /** Two catalogue ids under one file name. */
  NAME_TWICE: { name: string; ids: readonly string[] };
  CATALOGUE_INCOMPLETE: Asked & { name: string; missing: string };
  CATALOGUE_DISAGREES: Asked & { expected: string; came: string };

  /** The account's budget of the last 8 days; `comeBack` is UTC. */
  BUDGET_REACHED: {
    granted: { files: number; bytes: number };
    budget: { files?: number; bytes?: number };
    comeBack: string;
  };
  /** No wait would make room for this file. */
  BUDGET_IMPOSSIBLE: {
    name: string;
    needs: { files: number; bytes: number };
    budget: { files?: number; bytes?: number };
  };
  DISK_TOO_SMALL: { path: string; needed: number; free: number };

  /** A folder without auxflow.lock.json; `files`: auxiliary data files in it, as `auxflow run` leaves them. */
  LOCK_MISSING: { path: string; files: number };
  /** auxflow.lock.json that cannot be relied on. */
  LOCK_BROKEN: { path: string; reason: string };
  /** auxflow.lock.json of another request or site. */
  LOCK_FOREIGN: { path: string; campaign: string; asked: string };

  /** Files of the folder lie as another layout says. */
  LAYOUT_OTHER: { path: string; layout: string; asked: string };

  /** A file or answer of a lock. */
  FILE_MISSING: { name: string };
  /** `isUnknown`: an object of the right size, of whose MD5 its store says nothing, or two things. */
  FILE_CHANGED: { name: string; isUnknown?: true };

  SIZE_WRONG: { name: string; expected: number; came: number };
  CHECKSUM_WRONG: { name: string; expected: string; came: string };
  /** A verified archive that `--unpack` does not unpack: damaged, or not harmless. `reason` is a clause; `entry`: the name inside. */
  ARCHIVE_REFUSED: { name: string; reason: string; entry?: string };

  /** `option` needs optional packages (npm names with version). */
  PACKAGE_MISSING: { option: string; packages: readonly string[] };
  /** `queue`, in these, is its address without user and password. */
  QUEUE_UNREACHABLE: { queue: string; reason: string };
  QUEUE_AUTHENTICATION: { queue: string; reason: string };
  /** Redis may drop keys when its memory is full. */
  QUEUE_EVICTS: { queue: string; policy: string };
  /** Of another `what` (site, target): `expected` is what the queue has, `came` what this process has. */
  QUEUE_FOREIGN: { queue: string; what: string; expected: string; came: string };
  /** Written by another, incompatible version. */
  QUEUE_VERSION: { queue: string; came: string; known: string };
  /** Redis started again without what it knew. */
  QUEUE_LOST: { queue: string };
  /** `what` of it is not as auxflow writes it. */
  QUEUE_DAMAGED: { queue: string; what: string };
  /** Redis answers, but not with what was asked for: its memory or disk is full, it is a replica. `reason` is its own sentence. */
  QUEUE_REFUSED: { queue: string; reason: string };
  /** A file, or a call for baselines, whose workers died `deaths` times while they had it. */
  WORKERS_DIED: { name: string; deaths: number };
  /** The clock of this machine is `seconds` (negative: behind) from that of Redis. */
  CLOCK_SKEWED: { queue: string; seconds: number };
  CAMPAIGN_UNKNOWN: { queue: string; campaign: string; known: readonly string[] };
  /** An entry of the accounts file whose secrets cannot be found. */
  ACCOUNT_REFERENCE: { path: string; account: string; problem: string };
  /** `address`: `s3://bucket/prefix`, here and in the next. */
  BUCKET_UNUSABLE: { address: string; reason: string };
  STORE_UNREACHABLE: { address: string; reason: string };

  /** A script of the collection broke on an answer. */
  SCRIPT_FAILED: { step: string; reason: string };
  /** A script of the collection had not ended after half a minute, and with it ended the run. */
  SCRIPT_ENDLESS: { step: string };
  /** Newman's process ended before its run did. */
  NEWMAN_ENDED: { reason: string };
  /** `checks`: what failed, each name once with its first message. */
  CHECKS_FAILED: { failed: number; total: number; checks?: readonly FailedCheck[] };
  NOTHING_TESTED: { reason: string };
  BASELINE_EMPTY: { request: string };
  /** SIGPIPE: standard output takes no more. */
  INTERRUPTED: { signal: 'SIGINT' | 'SIGTERM' | 'SIGPIPE' };
  INTERNAL: { reason: string };
}

export type ErrorCode = keyof Errors;
/** The error of one code. */
export type ErrorOf<Code extends ErrorCode> = { code: Code } & Errors[Code];

export type AuxflowError = { [Code in ErrorCode]: ErrorOf<Code> }[ErrorCode];

/** Errors that concern ADF types, each with an example. */
export type TypesError = Extract<AuxflowError, Incomplete>;

export function concernsTypes(error: AuxflowError): error is TypesError {
  return 'types' in error;
}

/** LongNames of the ADF types that an error concerns. */
export function typesOf(error: AuxflowError): string[] {
  return concernsTypes(error) ? error.types.map(({ type }) => type) : [];
}

/** The only thing auxflow throws on purpose. `detail` is the value; `message` repeats its code for debuggers. */
export class Failure extends Error {
  constructor(
    readonly detail: AuxflowError,
    options?: ErrorOptions,
  ) {
    super(detail.code, options);
    this.name = 'Failure';
  }
}

/** Any thrown thing as a value: ours as it is, everything else as INTERNAL. */
export function toError(thrown: unknown): AuxflowError {
  if (thrown instanceof Failure) return thrown.detail;
  const [reason = ''] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n');
  return tooManyFiles(thrown) ?? { code: 'INTERNAL', reason };
}

const TOO_MANY = new Set<unknown>(['EMFILE', 'ENFILE']);

/** Whatever is to be read when no more files can be opened, be it a part of auxflow itself: no fault of ours. */
function tooManyFiles(thrown: unknown): AuxflowError | undefined {
  if (!(thrown instanceof Error && 'code' in thrown && TOO_MANY.has(thrown.code))) return undefined;
  const path = 'path' in thrown ? String(thrown.path) : 'this process';
  return { code: 'TOO_MANY_FILES', path, reason: String(thrown.code) };
}

/** What `work` failed with, for what is an error beside others: one, or none. */
export async function errorsOf(work: Promise<unknown>): Promise<AuxflowError[]> {
  return work.then(
    () => [],
    (error: unknown) => [toError(error)],
  );
}

/** The request of an error message: user info, and the query of a presigned URL (it is a credential), are left out. */
export function asked(method: string, url: string | URL): Asked {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  if (/[?&](?:X-Amz-|Signature=|sig=)/i.test(bare.search)) bare.search = '';
  return { method, url: bare.toString() };
}

/** An answer that leads elsewhere: a maintenance page, most of the time. `to` has no query, which may be a credential. */
export function redirected(method: string, url: string, status: number, location = ''): Failure {
  const base = asked(method, url);
  const to = URL.canParse(location, base.url) ? new URL(location, base.url).href : location;
  return new Failure({ code: 'REDIRECTED', method, url: withoutQuery(base.url), status, to: withoutQuery(to) });
}
