import type { Asked, AuxflowError, CaseProblem, ErrorCode, ErrorOf, FailedCheck } from './errors';
import { BASELINE_WORDS } from './baseline-words';
import { CLUSTER_WORDS } from './cluster-words';
import { inWords, withMeaning } from './fault-words';
import { REPORT, type Words } from './words';
import { bytes, plural } from '../lib/format';
import { didYouMean } from '../lib/input/closest';
import { MAX_NAME_CHARACTERS } from '../sentinel/safe-name';

const call = ({ method, url }: Asked): string => `${method} ${url}`;
const list = (values: readonly string[]): string => values.join(', ');
/** What a run or a fetch says of itself; other verbs put their own word in its place. */
export const RUN_AGAIN = 'Run the same command again: verified files are not downloaded twice.';

/** @param comeBack UTC: what the server said */
const waitUntil = (comeBack: string | undefined): string | undefined =>
  comeBack === undefined ? undefined : `The server asks not to be contacted before ${comeBack}.`;

const inLine = (line: number | undefined): string => (line === undefined ? '' : ` (line ${line})`);
const refusedName = ({ name, line, why }: { name: string; line?: number; why: string }): string =>
  `  ${line === undefined ? '' : `line ${line}: `}${quoted(name)} ${why}`;

/** The one place where errors have sentences. Exhaustive: a new code does not compile until it has its words here. */
const WORDS: { readonly [Code in ErrorCode]: (error: ErrorOf<Code>) => Words } = {
  ...BASELINE_WORDS,
  ...CLUSTER_WORDS,
  USAGE: (error) => ({ headline: error.problem, next: error.next ?? 'See auxflow --help.' }),
  MISSION_UNKNOWN: (error) => ({
    headline: `Unknown mission ${quoted(error.mission)}${didYouMean(error.mission, error.known)}.`,
    expected: `one of ${list(error.known)}`,
    next: 'Choose one of these with --mission.',
  }),
  UNIT_UNKNOWN: (error) => ({
    headline: `Mission ${error.mission} has no unit ${quoted(error.unit)}.`,
    expected: `one of ${list(error.known)}`,
    next: 'Choose one of these with --unit.',
  }),
  PRODUCT_TYPE_UNKNOWN: (error) => ({
    headline: `Mission ${error.mission} has no product type ${quoted(error.productType)}${didYouMean(error.productType, error.known)}.`,
    expected: `one of ${list(error.known)}`,
    next:
      error.otherMissions.length > 0
        ? `${error.productType} belongs to ${list(error.otherMissions)}: correct --mission or --product_type.`
        : 'Choose one of these with --product_type.',
  }),
  L0_NAME_PADDED: (error) => ({
    headline: `The Level-0 name ${quoted(error.name)} has spaces around it.`,
    expected: 'names separated by commas only',
    next: 'Remove the spaces: the service would treat them as part of the name and not find it.',
  }),
  L0_NAME_MALFORMED: (error) => ({
    headline: `${quoted(error.name)}${inLine(error.line)} is not the name of a Level-0 product.`,
    expected: `a name such as ${error.example}`,
    next: 'Correct the name: a single invalid name makes the whole request fail.',
  }),
  L0_NAME_MISMATCH: (error) => ({
    headline: `The Level-0 product ${error.name}${inLine(error.line)} does not belong to ${error.asked}.`,
    expected: error.asked,
    came: error.found,
    next: 'Correct --mission or --unit, or remove the name: the service would return an empty list.',
  }),
  L0_NAMES_REFUSED: (error) => ({
    headline: `${error.names.length} Level-0 names do not fit the request:\n${error.names.map(refusedName).join('\n')}`,
    expected: `names such as ${error.example}`,
    next: 'Correct these lines: a single invalid name makes the whole request fail.',
  }),
  TIME_MALFORMED: (error) => ({
    headline: `${error.option} must be a time, not ${quoted(error.value)}.`,
    expected: 'UTC such as 2024-03-01T00:00:00Z, a date, or a time with an offset such as +01:00',
    next: `Correct ${error.option}.`,
  }),
  INTERVAL_ORDER: (error) => ({
    headline: `The interval ends before it starts: ${error.start} – ${error.stop}.`,
    next: 'Swap --start and --stop.',
  }),
  FILE_UNREADABLE: (error) => ({
    headline: `The ${error.what} ${error.path} cannot be read: ${inWords(error.reason)}.`,
    next:
      error.meant === undefined
        ? 'Check the path and its permissions.'
        : `Did you mean ${error.meant}? Otherwise check the path and its permissions.`,
  }),
  FILE_MALFORMED: (error) => ({
    headline: `The ${error.what} ${error.path} is invalid: ${error.problems.join('; ')}.`,
    next: NEXT_FOR_FILE[error.what] ?? 'Compare it with the files in environments/.',
  }),
  CASES_REFUSED: (error) => ({
    headline: `The cases in ${error.path} cannot be run:\n${error.problems.slice(0, MAX_CASE_PROBLEMS).map(caseProblem).join('\n')}${moreProblems(error.problems)}`,
    next: 'Correct them; docs/own-cases.md describes the format. No request was sent.',
  }),
  URL_REFUSED: (error) => ({
    headline: `The URL ${error.url} is refused: ${error.reason}.`,
    expected: 'https, or http to this machine',
    next: 'Correct the URL.',
  }),
  LOCATION_REFUSED: (error) => ({
    headline: `${call(error)} redirects to ${error.location || 'nowhere'}, which is refused: ${error.reason}.`,
    expected: 'an address of the object store, with https',
    next: `No request was sent there. ${RUN_AGAIN} If the problem persists, contact the operators.`,
  }),
  REDIRECTED: (error) => ({
    headline: `${call(error)} was redirected to ${error.to || 'nowhere'}.`,
    expected: 'a response from the service',
    came: `${error.status}; the redirect was not followed`,
    next: `The service may be under maintenance: check it in a browser and wait. ${RUN_AGAIN}`,
  }),
  TOO_MANY_FILES: (error) => ({
    headline: `No more files can be opened at ${error.path}: ${error.reason}.`,
    next: `Lower --parallel, or raise the limit (ulimit -n). ${RUN_AGAIN}`,
  }),
  CREDENTIALS_MISSING: (error) => ({
    headline: `No user name and password for ${error.site}.`,
    next: `Set ADG_USER and ADG_PASSWORD or ADG_PASSWORD_FILE, in .env if you like; or add ${error.host} to ~/.netrc; or run in a terminal to be prompted for them.`,
  }),
  PORT_IN_USE: (error) => ({
    headline: `Port ${error.port} is in use.`,
    next:
      error.option === undefined
        ? 'Choose another port with --port or --store-port, or omit the option to use a free one.'
        : `Choose another port with ${error.option}.`,
  }),
  TARGET_UNWRITABLE: (error) => ({
    headline: `${error.path} cannot be written: ${inWords(error.reason)}.`,
    next: `Choose another place with ${error.setting ?? '--out or --reports'}, or correct its permissions.`,
  }),
  DISK_FULL: (error) => ({ headline: `No space left at ${error.path}.`, next: `Free some disk space. ${RUN_AGAIN}` }),
  TARGET_IN_USE: (error) => ({
    headline: `${error.path} is in use: ${error.holder}.`,
    next: 'Wait for the other run, or choose another folder with --out.',
  }),
  FOLDER_TAKEN: (error) => ({
    headline: `${error.path} already has ${list(error.names)}.`,
    expected: 'a folder without these names',
    next: 'Nothing was written. Choose another folder, or move them away.',
  }),
  FILE_IN_THE_WAY: (error) => ({
    headline: `${error.path} already exists with different content.`,
    expected: 'no file of that name, or the file in the catalogue',
    next: 'It was left unchanged. Move it away, or choose another folder with --out.',
  }),
  TOKEN_REFUSED: (error) => ({
    headline: `No token: ${call(error)} was refused.`,
    expected: '200 with a token',
    came: `${error.status} ${error.error}`,
    next: 'Check the user name and password (ADG_USER, ADG_PASSWORD). Do not retry blindly: accounts are shared with other services.',
  }),
  LOGIN_PAGE: (error) => ({
    headline: `${call(error)} led to a login page.`,
    expected: 'a response from the service',
    came: `${error.status}: the request had no valid token`,
    next: 'The token is missing, expired or issued for another site: run again, or check the site and the account.',
  }),
  ROLE_MISSING: (error) => ({
    headline: `${call(error)} is not allowed for this account.`,
    expected: `an account with role ${error.role}`,
    came: String(error.status),
    next: `Ask the service desk for the role ${error.role}.`,
  }),
  ROLE_NOT_CLAIMED: (error) => ({
    headline: `The token has no role ${error.role}.`,
    expected: `an account with role ${error.role}`,
    came: error.claimed.length > 0 ? `roles ${list(error.claimed)}` : 'no role',
    next: `Ask the service desk for the role ${error.role}.`,
  }),
  L0_UNKNOWN: (error) => ({
    headline: `The service does not know ${plural(error.names.length, 'Level-0 name')}.`,
    came: `${list(error.names.slice(0, 5))}${error.names.length > 5 ? ', …' : ''}`,
    next: 'Check the spelling. Without --strict-l0 the service selects files by the times in the name.',
  }),
  NOT_FOUND: (error) => ({
    headline: `${error.what} does not exist.`,
    came: `${call(error)} found nothing`,
    next: 'Request the baseline again: the file may have been replaced since.',
  }),
  SERVICE_BUSY: (error) => ({
    headline: `${call(error)} is still unavailable.`,
    came: `${error.status} (${error.form}), ${error.attempts} attempt${error.attempts === 1 ? '' : 's'}`,
    next: `${waitUntil(error.comeBack) ?? 'Wait a few minutes.'} ${RUN_AGAIN}`,
  }),
  NETWORK: (error) => ({
    headline: `${call(error)} could not be reached.`,
    came: `${withMeaning(error.reason)}, ${error.attempts} attempt${error.attempts === 1 ? '' : 's'}`,
    next: `Check the network and the site. ${RUN_AGAIN}`,
  }),
  QUOTA_EXHAUSTED: (error) => ({
    headline: `${call(error)}: the account's download quota is exhausted.`,
    came: `429 after ${plural(error.attempts, 'attempt')}`,
    next: `${waitUntil(error.comeBack) ?? 'Try again in a few hours: the volume is counted over 8 days.'} ${RUN_AGAIN}`,
  }),
  QUOTA_REFUSED: (error) => ({
    headline: `${call(error)}: the quota allows no download at the moment.`,
    came:
      error.kind === 'pace'
        ? '429 shortly after other downloads: the limit of five in a row'
        : '429 without a recent download here: the 8-day volume, or downloads by this account elsewhere',
    next:
      error.kind === 'pace'
        ? 'Wait at least 11 s without downloading, then try again.'
        : 'Try again in a minute, when downloads elsewhere are over. If the problem persists, the volume is exhausted: try again in a few hours.',
  }),
  CONNECTION_LIMIT: (error) => ({
    headline: `${call(error)}: the proxy has no free connections.`,
    came: "429 with HTML: too many connections by all users together, not this account's quota",
    next: 'Try again in a minute.',
  }),
  HOST_UNKNOWN: (error) => ({
    headline: `The host name ${error.host} cannot be resolved.`,
    came: error.reason,
    next: 'Check the spelling of site_url, then the network and DNS settings of this machine.',
  }),
  TLS_REFUSED: (error) => ({
    headline: `${error.host} cannot be trusted: ${tlsReason(error.reason)}.`,
    came: error.reason,
    next: 'Check the spelling of site_url and the clock of this machine; behind a company proxy, add its certificate with --ca-file or NODE_EXTRA_CA_CERTS. Otherwise contact the operators.',
  }),
  PROXY_AUTHENTICATION: (error) => ({
    headline: `The proxy ${error.proxy} requires a user name and password.`,
    came: '407',
    next: 'Put them into HTTPS_PROXY (http://user:password@host:port, percent-encoded), or add the site to NO_PROXY.',
  }),
  PROXY_UNREACHABLE: (error) => ({
    headline: `The proxy ${error.proxy} could not connect: ${error.reason}.`,
    expected: 'a connection to the site',
    next: `Check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY. ${RUN_AGAIN}`,
  }),
  TIME_LIMIT: (error) => ({
    headline: `No complete response from ${error.what} within ${Number(error.seconds.toFixed(1))} s.`,
    next: 'Try again. If the problem persists, check the network and contact the operators.',
  }),
  STATUS_UNEXPECTED: (error) => ({
    headline: `${call(error)} returned an unexpected response.`,
    expected: error.expected,
    came: `${error.status} ${error.excerpt}`.trim(),
    next: REPORT,
  }),
  ANSWER_NOT_JSON: (error) => ({
    headline: `${call(error)} did not return JSON.`,
    expected: 'application/json',
    came: `${error.status} ${error.mediaType} ${error.excerpt}`.trim(),
    next: REPORT,
  }),
  ANSWER_OVER_LIMIT: (error) => ({
    headline: `${call(error)} returned a response that is too ${error.maxDepth === undefined ? 'large' : 'deeply nested'}.`,
    expected:
      error.maxDepth === undefined ? `at most ${bytes(error.maxBytes ?? 0)}` : `at most ${error.maxDepth} levels`,
    came: 'more; the rest was not read',
    next: REPORT,
  }),
  ANSWER_BREAKS_SCHEMA: (error) => ({
    headline: `The response of ${call(error)} violates the schema ${error.schema}.`,
    expected: `schemas/json/${error.schema}.schema.json`,
    came: error.problems.join('\n            '),
    next: REPORT,
  }),
  METADATA_UNREADABLE: (error) => ({
    headline: `${call(error)} did not return metadata.`,
    expected: 'CSDL in XML',
    came: error.reason,
    next: REPORT,
  }),
  CONTRACT_CHANGED: (error) => ({
    headline: `${plural(error.changes, 'change')} in ${plural(error.resources, 'resource')} compared with schemas/.`,
    next: 'Ask the operators whether the change is intended. If so, update schemas/csdl or scripts/services/schema/answers.ts and run npm run generate.',
  }),
  BASELINE_WITHOUT_FILES: (error) => ({
    headline: `The baseline of ${error.level0}${error.others ? ` and ${error.others} more` : ''} contains no auxiliary files.`,
    expected: 'auxiliary files, because mission, unit and name agree',
    next: 'Contact the operators: until it is restarted, rdb.svc caches failed look-ups and serves only the platform that was requested first.',
  }),
  LINK_FOREIGN: (error) => ({
    headline: `The baseline links to a host that is not configured: ${error.link}.`,
    expected: `a link below ${error.expected}`,
    next: 'No request was sent there. Check auxip_root_uri in the environment, or contact the operators.',
  }),
  NAME_UNSAFE: (error) => ({
    headline: `${quoted(error.name)} is not the name of ${error.what ?? 'an auxiliary data file'}.`,
    expected: `at most ${MAX_NAME_CHARACTERS} letters, digits, _ . + and -, neither starting with a dot or a dash nor ending with a dot; no device of Windows, and nothing that auxflow itself writes`,
    next: `Nothing was written. ${REPORT}`,
  }),
  NAME_OF_LEVEL0: (error) => ({
    headline: `${error.name} is a Level-0 product, not an auxiliary data file.`,
    came: 'its name in the list of auxiliary files of a baseline',
    next: `It was not downloaded. ${REPORT}`,
  }),
  NAME_TWICE: (error) => ({
    headline: `${error.name} has two ids: ${list(error.ids)}.`,
    expected: 'one entry',
    next: 'The file may be being replaced: request the baseline again later.',
  }),
  CATALOGUE_INCOMPLETE: (error) => ({
    headline: `The catalogue entry of ${error.name || 'a file'} has no ${error.missing}.`,
    came: call(error),
    next: `Without it the file cannot be verified. ${REPORT}`,
  }),
  CATALOGUE_DISAGREES: (error) => ({
    headline: `${call(error)} is not the file that the baseline names.`,
    expected: error.expected,
    came: error.came,
    next: REPORT,
  }),
  BUDGET_REACHED: (error) => ({
    headline: `The download budget of this account is exhausted: ${volume(error.budget)} in 8 days.`,
    came: `${volume(error.granted)} granted in the last 8 days; the next file would exceed the budget`,
    next: `Try again at ${error.comeBack}. ${RUN_AGAIN}`,
  }),
  BUDGET_IMPOSSIBLE: (error) => ({
    headline: `${error.name} alone exceeds the download budget of ${volume(error.budget)}.`,
    expected: `at least ${volume(error.needs)}`,
    next: 'Raise --budget-gb or --budget-files.',
  }),
  DISK_TOO_SMALL: (error) => ({
    headline: `The files do not fit at ${error.path}.`,
    expected: `${bytes(error.needed)} free`,
    came: `${bytes(error.free)} free`,
    next: 'Free some disk space, or choose another folder with --out.',
  }),
  CAMPAIGN_CHANGED: (error) => ({
    headline: `The campaigns differ: ${plural(error.types, 'ADF type')}, ${plural(error.level0, 'Level-0 product')}.`,
    next: 'Products made from those Level-0 products with the old set are stale: reprocess them, or keep the old lock as what they were made from.',
  }),
  FILE_UNUSED: (error) => ({
    headline: `No file called ${error.names.join(' or ')} is in ${error.locks === 1 ? 'the lock' : `any of ${error.locks} locks`}.`,
    expected: 'the name of an auxiliary data file as a baseline or the catalogue has it, with or without extension',
    next: 'Look the name up in manifest.csv beside a lock.',
  }),
  LOCK_MISSING: (error) =>
    error.files > 0
      ? {
          headline: `${error.path} has no auxflow.lock.json: it was made by auxflow run, which does not write a lock.`,
          came: `${plural(error.files, 'auxiliary file')} without a lock`,
          next: `auxflow fetch with the same request and --out ${error.path} checks what is here and writes a lock.`,
        }
      : {
          headline: `${error.path} is not an auxflow folder: it has no auxflow.lock.json.`,
          next: 'Give the folder that auxflow fetch printed, or a lock file.',
        },
  INPUT_MISSING: (error) => ({
    headline: `${error.processor} lacks ${error.types.join(' or ')}, mandatory for ${error.task}${error.mode === 'ALWAYS' ? '' : ` in mode ${error.mode}`}, for ${error.level0} of ${plural(error.of, 'Level-0 product')}.`,
    expected: `a file that fills the input, e.g. for ${error.example.level0}`,
    came: error.example.why.join('; '),
    next: 'If the file was not downloaded, run auxflow fetch --frozen with the lock. Otherwise the baseline does not contain it, or contains one that does not apply: contact the operators of the service.',
  }),
  TABLE_UNRELATED: (error) => ({
    headline: `Nothing was tested: no file of the baselines and no Level-0 product of the campaign is an input of ${error.processor}.`,
    next: "Name the task table of a processor that takes the campaign's files.",
  }),
  LOCK_BROKEN: (error) => ({
    headline: `The lock ${error.path} is damaged: ${error.reason}.`,
    expected: 'a lock as auxflow fetch wrote it',
    next: 'Restore the original, or move the lock away: fetch then writes a new one from what the services report now.',
  }),
  LOCK_FOREIGN: (error) => ({
    headline: `The lock ${error.path} belongs to another campaign.`,
    expected: error.asked,
    came: error.campaign,
    next: 'Choose another place with --out; fetch without --out uses a folder named after the campaign.',
  }),
  LAYOUT_OTHER: (error) => ({
    headline: `The files in ${error.path} are arranged by --layout ${error.layout}.`,
    expected: `--layout ${error.layout}, or none: a folder keeps its layout`,
    came: `--layout ${error.asked}`,
    next: 'Omit --layout, or choose another folder with --out: moved files would be downloaded again.',
  }),
  FILE_MISSING: (error) => ({
    headline: `${error.name} is missing.`,
    next: 'Download it with auxflow fetch --frozen and this lock.',
  }),
  FILE_CHANGED: (error) =>
    error.isUnknown
      ? {
          headline: `The store does not say which MD5 ${error.name} has.`,
          expected: 'the MD5 in the lock, kept by the store with the object',
          came: 'an object of the right size without it: another program may have put it there',
          next: 'Run auxflow verify --deep, which reads the bytes.',
        }
      : {
          headline: `${error.name} does not match the lock.`,
          expected: 'the size and checksum in the lock',
          next: 'Move it away, then download the right one with auxflow fetch --frozen and this lock.',
        },
  SIZE_WRONG: (error) => ({
    headline: `${error.name} has the wrong size.`,
    expected: `${error.expected} bytes`,
    came: `${error.came} bytes`,
    next: `It was discarded. ${RUN_AGAIN}`,
  }),
  CHECKSUM_WRONG: (error) => ({
    headline: `${error.name} has the wrong MD5.`,
    expected: error.expected,
    came: error.came,
    next: `It was discarded. ${RUN_AGAIN}`,
  }),
  ARCHIVE_REFUSED: ({ name, reason, entry }) => ({
    headline: `${name} was not unpacked: ${reason}${entry === undefined ? '' : ` (${JSON.stringify(entry)})`}.`,
    next: 'The archive matches the catalogue and was kept: inspect it, or report it to the service desk.',
  }),
  SCRIPT_FAILED: (error) => ({
    headline: `The test script of "${error.step}" failed on the response.`,
    came: error.reason,
    next: REPORT,
  }),
  SCRIPT_ENDLESS: ({ step }) => ({
    headline: `A script of "${step}" did not end within 30 seconds, which ended the run.`,
    next: 'Look for an endless loop in the scripts of the request, its folders and the collection.',
  }),
  NEWMAN_ENDED: (error) => ({
    headline: 'Newman exited before the run was complete.',
    came: error.reason,
    next: `Check the saved answers for an unusually large one. ${RUN_AGAIN}`,
  }),
  CHECKS_FAILED: (error) => ({
    headline: `${error.failed} of ${error.total} checks failed${failedNames(error.checks)}.`,
    came: error.checks?.[0]?.message,
    next: 'The page and junit.xml list every failed check with its request and response.',
  }),
  NOTHING_TESTED: (error) => ({
    headline: `Nothing was tested: ${error.reason}.`,
    next: 'Check the request and the environment.',
  }),
  BASELINE_EMPTY: (error) => ({
    headline: `Nothing to do: the service knows no Level-0 product for ${error.request}.`,
    next: 'Widen the interval, or check mission and unit.',
  }),
  INTERRUPTED: ({ signal }) => ({
    headline: signal === 'SIGPIPE' ? 'Stopped: standard output was closed.' : `Stopped by ${signal}.`,
    next: RUN_AGAIN,
  }),
  INTERNAL: (error) => ({
    headline: `Internal error: ${error.reason}.`,
    next: 'Please report it. AUXFLOW_DEBUG=1 shows where it happened.',
  }),
};

export function describe<Code extends ErrorCode>(error: AuxflowError & ErrorOf<Code>): Words {
  const words: (error: ErrorOf<Code>) => Words = WORDS[error.code];
  return words(error);
}

/** Codes of Node and OpenSSL, by how they begin. */
const TLS_REASONS: readonly (readonly [beginning: string, words: string])[] = [
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another host name'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate chain ends in an unknown root certificate'],
  ['UNABLE_TO_', 'its certificate was issued by an unknown authority'],
  ['ERR_SSL_', 'it supports no TLS version that this machine accepts'],
  ['EPROTO', 'it supports no TLS version that this machine accepts'],
];

function tlsReason(reason: string): string {
  return TLS_REASONS.find(([beginning]) => reason.startsWith(beginning))?.[1] ?? 'the handshake failed';
}

/** Characters. Names have at most 255; what was taken for one may be a whole file. */
const MAX_QUOTED = 300;

function quoted(value: string): string {
  return JSON.stringify(value.length > MAX_QUOTED ? `${value.slice(0, MAX_QUOTED)}…` : value);
}

function volume({ files, bytes: count }: { files?: number; bytes?: number }): string {
  const parts = [files === undefined ? [] : plural(files, 'file'), count === undefined ? [] : bytes(count)];
  return parts.flat().join(' and ');
}

const MAX_NAMED_CHECKS = 3;

/** `: "A" (4 times), "B"`, at most three. */
function failedNames(checks: readonly FailedCheck[] = []): string {
  if (checks.length === 0) return '';
  const named = checks
    .slice(0, MAX_NAMED_CHECKS)
    .map(({ name, times }) => `"${name}"${times > 1 ? ` (${times} times)` : ''}`);
  const more = checks.length > MAX_NAMED_CHECKS ? ` and ${checks.length - MAX_NAMED_CHECKS} more` : '';
  return `: ${named.join(', ')}${more}`;
}

const MAX_CASE_PROBLEMS = 20;

/** `  olci.yaml:3:5 /cases/0/id must be a text, not 7` */
function caseProblem({ file, line, column, pointer, problem }: CaseProblem): string {
  const place = file === '' ? '' : `${file}:${line}:${column} `;
  return `  ${place}${pointer === '' ? '' : `${pointer} `}${problem}`;
}

function moreProblems({ length }: readonly CaseProblem[]): string {
  return length > MAX_CASE_PROBLEMS ? `\n  and ${length - MAX_CASE_PROBLEMS} more` : '';
}

const CUT_OFF = 'It was cut off or edited: run the campaign again, or restore the file from a backup.';

/** What to do about a malformed file, by what it is. */
const NEXT_FOR_FILE: Readonly<Record<string, string>> = {
  report: CUT_OFF,
  matrix: CUT_OFF,
  'config file':
    'docs/configuration.md lists what it may hold; the auxflow package has its schema, schemas/config.schema.json.',
  'accounts file': 'docs/scale.md#accounts shows one.',
  'password file': 'Put the password alone into it, in one line.',
};
