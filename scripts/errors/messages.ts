import type { Asked, AuxflowError, ErrorCode, ErrorOf, FailedCheck } from './errors';
import { BASELINE_WORDS } from './baseline-words';
import type { Words } from './words';
import { bytes, plural } from '../lib/format';

const call = ({ method, url }: Asked): string => `${method} ${url}`;
const list = (values: readonly string[]): string => values.join(', ');
/** What a run or a fetch says of itself; other verbs put their own word in its place. */
export const RUN_AGAIN = 'Run the same line again: what is verified is not fetched twice.';

const inLine = (line: number | undefined): string => (line === undefined ? '' : ` (line ${line})`);
const refusedName = ({ name, line, why }: { name: string; line?: number; why: string }): string =>
  `  ${line === undefined ? '' : `line ${line}: `}${quoted(name)} ${why}`;

const REPORT = 'Tell the operators of the service, with the saved answer.';

/** The one place where errors have sentences. Exhaustive: a new code does not compile until it has its words here. */
const WORDS: { readonly [Code in ErrorCode]: (error: ErrorOf<Code>) => Words } = {
  ...BASELINE_WORDS,
  USAGE: (error) => ({ headline: error.problem, next: error.next ?? 'See auxflow --help.' }),
  MISSION_UNKNOWN: (error) => ({
    headline: `There is no mission ${quoted(error.mission)}.`,
    expected: `one of ${list(error.known)}`,
    next: 'Give one of them with --mission.',
  }),
  UNIT_UNKNOWN: (error) => ({
    headline: `Mission ${error.mission} has no unit ${quoted(error.unit)}.`,
    expected: `one of ${list(error.known)}`,
    next: 'Give one of them with --unit.',
  }),
  PRODUCT_TYPE_UNKNOWN: (error) => ({
    headline: `Mission ${error.mission} makes no product type ${quoted(error.productType)}.`,
    expected: `one of ${list(error.known)}`,
    next:
      error.otherMissions.length > 0
        ? `${error.productType} belongs to ${list(error.otherMissions)}: correct --mission or --product_type.`
        : 'Give one of them with --product_type.',
  }),
  L0_NAME_PADDED: (error) => ({
    headline: `The Level-0 name ${quoted(error.name)} has blanks around it.`,
    expected: 'names separated by commas alone',
    next: 'Remove the blanks: the service would take them for a part of the name and not find it.',
  }),
  L0_NAME_MALFORMED: (error) => ({
    headline: `${quoted(error.name)}${inLine(error.line)} is not the name of a Level-0 product.`,
    expected: `a name such as ${error.example}`,
    next: 'Correct the name: one bad name fails the whole request.',
  }),
  L0_NAME_MISMATCH: (error) => ({
    headline: `The Level-0 product ${error.name}${inLine(error.line)} is not of ${error.asked}.`,
    expected: error.asked,
    came: error.found,
    next: 'Correct --mission or --unit, or leave the name out: the service would answer with an empty list.',
  }),
  L0_NAMES_REFUSED: (error) => ({
    headline: `${error.names.length} Level-0 names do not fit the request:\n${error.names.map(refusedName).join('\n')}`,
    expected: `names such as ${error.example}`,
    next: 'Correct these lines: one bad name fails the whole request.',
  }),
  TIME_MALFORMED: (error) => ({
    headline: `${error.option} is no time: ${quoted(error.value)}.`,
    expected: 'UTC such as 2024-03-01T00:00:00Z, a date, or a time with an offset such as +01:00',
    next: `Correct ${error.option}.`,
  }),
  INTERVAL_ORDER: (error) => ({
    headline: `The interval ends before it starts: ${error.start} – ${error.stop}.`,
    next: 'Exchange --start and --stop.',
  }),
  FILE_UNREADABLE: (error) => ({
    headline: `The ${error.what} ${error.path} cannot be read: ${error.reason}.`,
    next: 'Check the path and its permissions.',
  }),
  FILE_MALFORMED: (error) => ({
    headline: `The ${error.what} ${error.path} does not fit: ${error.problems.join('; ')}.`,
    next: 'Compare it with the files in environments/.',
  }),
  URL_REFUSED: (error) => ({
    headline: `The URL ${error.url} is not used: ${error.reason}.`,
    expected: 'https, or http to this machine',
    next: 'Correct the URL.',
  }),
  LOCATION_REFUSED: (error) => ({
    headline: `${call(error)} redirects to ${error.location || 'nowhere'}, which is refused: ${error.reason}.`,
    expected: 'an address of the object store, with https',
    next: `Nothing was requested there. ${RUN_AGAIN} If it stays so, tell the operators.`,
  }),
  REDIRECTED: (error) => ({
    headline: `${call(error)} was redirected to ${error.to || 'nowhere'}.`,
    expected: 'an answer of the service',
    came: `${error.status}; the redirect was not followed`,
    next: `The service may be under maintenance: look there with a browser, and wait. ${RUN_AGAIN}`,
  }),
  TOO_MANY_FILES: (error) => ({
    headline: `No more files can be opened at ${error.path}: ${error.reason}.`,
    next: `Lower --parallel, or raise the limit (ulimit -n). ${RUN_AGAIN}`,
  }),
  CREDENTIALS_MISSING: (error) => ({
    headline: `No user name and password for ${error.site}.`,
    next: 'Set ADG_USER and ADG_PASSWORD, or run in a terminal and type them in.',
  }),
  PORT_IN_USE: (error) => ({
    headline: `Port ${error.port} is in use.`,
    next: 'Choose another with --port or --store-port, or leave it out for a free one.',
  }),
  TARGET_UNWRITABLE: (error) => ({
    headline: `${error.path} cannot be written: ${error.reason}.`,
    next: 'Choose another folder with --out or --reports, or correct its permissions.',
  }),
  DISK_FULL: (error) => ({ headline: `No space left at ${error.path}.`, next: `Free some space. ${RUN_AGAIN}` }),
  TARGET_IN_USE: (error) => ({
    headline: `${error.path} is in use: ${error.holder}.`,
    next: 'Wait for the other run, or choose another folder with --out.',
  }),
  FILE_IN_THE_WAY: (error) => ({
    headline: `${error.path} is there already, with other content.`,
    expected: 'no file of that name, or the one of the catalogue',
    next: 'It was left as it is. Move it away, or choose another folder with --out.',
  }),
  TOKEN_REFUSED: (error) => ({
    headline: `No token: ${call(error)} refused.`,
    expected: '200 with a token',
    came: `${error.status} ${error.error}`,
    next: 'Check user name and password (ADG_USER, ADG_PASSWORD); do not repeat blindly, accounts are shared with other services.',
  }),
  LOGIN_PAGE: (error) => ({
    headline: `${call(error)} led to a login page.`,
    expected: 'an answer of the service',
    came: `${error.status}: no valid token arrived`,
    next: 'The token is missing, expired or of another site: run again, or check the site and the account.',
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
    headline: `${plural(error.names.length, 'Level-0 name')} the service does not know.`,
    came: `${list(error.names.slice(0, 5))}${error.names.length > 5 ? ', …' : ''}`,
    next: 'Check the spelling; without --strict-l0 the service chooses the files by the times in the name.',
  }),
  NOT_FOUND: (error) => ({
    headline: `${error.what} does not exist.`,
    came: `${call(error)} found nothing`,
    next: 'Ask for the baseline again: the file may have been replaced since.',
  }),
  SERVICE_BUSY: (error) => ({
    headline: `${call(error)} stays unavailable.`,
    came: `${error.status} (${error.form}), ${error.attempts} attempt${error.attempts === 1 ? '' : 's'}`,
    next: `Wait some minutes. ${RUN_AGAIN}`,
  }),
  NETWORK: (error) => ({
    headline: `${call(error)} could not be reached.`,
    came: `${error.reason}, ${error.attempts} attempt${error.attempts === 1 ? '' : 's'}`,
    next: `Check the network and the site. ${RUN_AGAIN}`,
  }),
  QUOTA_EXHAUSTED: (error) => ({
    headline: `${call(error)}: the account's download quota is used up.`,
    came: `429 after ${error.attempts} attempts`,
    next: `Come back in some hours: the volume counts over 8 days. ${RUN_AGAIN}`,
  }),
  QUOTA_REFUSED: (error) => ({
    headline: `${call(error)}: the quota grants no download.`,
    came:
      error.kind === 'pace'
        ? '429, shortly after other downloads: a run of five'
        : '429, with no download here just before: the volume of 8 days, or downloads of this account elsewhere',
    next:
      error.kind === 'pace'
        ? 'Wait more than 11 s without a download, then look again.'
        : 'Look again in a minute: downloads elsewhere would be over. If it stays, the volume is used up: come back in some hours.',
  }),
  CONNECTION_LIMIT: (error) => ({
    headline: `${call(error)}: the proxy has no connection left.`,
    came: '429 in HTML: too many connections of all users together, no quota of this account',
    next: 'Look again in a minute.',
  }),
  HOST_UNKNOWN: (error) => ({
    headline: `The host ${error.host} has no address.`,
    came: error.reason,
    next: 'Check the spelling of site_url, then the network and the name server of this machine.',
  }),
  TLS_REFUSED: (error) => ({
    headline: `${error.host} cannot be trusted: ${tlsReason(error.reason)}.`,
    came: error.reason,
    next: 'Check the spelling of site_url and the clock of this machine; behind a company proxy, name its certificate in NODE_EXTRA_CA_CERTS. Else tell the operators.',
  }),
  PROXY_AUTHENTICATION: (error) => ({
    headline: `The proxy ${error.proxy} wants a user name and password.`,
    came: '407',
    next: 'Put them into HTTPS_PROXY (http://user:password@host:port, percent-encoded), or name the site in NO_PROXY.',
  }),
  PROXY_UNREACHABLE: (error) => ({
    headline: `The proxy ${error.proxy} did not connect: ${error.reason}.`,
    expected: 'a connection to the site',
    next: `Check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY. ${RUN_AGAIN}`,
  }),
  TIME_LIMIT: (error) => ({
    headline: `No whole answer of ${error.what} within ${Number(error.seconds.toFixed(1))} s.`,
    next: 'Look again; if it stays, check the network and tell the operators.',
  }),
  STATUS_UNEXPECTED: (error) => ({
    headline: `${call(error)} gave an unexpected answer.`,
    expected: error.expected,
    came: `${error.status} ${error.excerpt}`.trim(),
    next: REPORT,
  }),
  ANSWER_NOT_JSON: (error) => ({
    headline: `${call(error)} did not answer with JSON.`,
    expected: 'application/json',
    came: `${error.status} ${error.mediaType} ${error.excerpt}`.trim(),
    next: REPORT,
  }),
  ANSWER_OVER_LIMIT: (error) => ({
    headline: `${call(error)} sent an answer that is too ${error.maxDepth === undefined ? 'long' : 'deeply nested'}.`,
    expected:
      error.maxDepth === undefined ? `at most ${bytes(error.maxBytes ?? 0)}` : `at most ${error.maxDepth} levels`,
    came: 'more; it was not read further',
    next: REPORT,
  }),
  ANSWER_BREAKS_SCHEMA: (error) => ({
    headline: `The answer of ${call(error)} breaks the schema ${error.schema}.`,
    expected: `schemas/json/${error.schema}.schema.json`,
    came: error.problems.join('\n            '),
    next: REPORT,
  }),
  METADATA_UNREADABLE: (error) => ({
    headline: `${call(error)} is no metadata.`,
    expected: 'CSDL in XML',
    came: error.reason,
    next: REPORT,
  }),
  CONTRACT_CHANGED: (error) => ({
    headline: `${plural(error.changes, 'change')} in ${plural(error.resources, 'resource')}, against schemas/.`,
    next: 'Ask the operators whether it is meant. If so, change schemas/csdl or scripts/services/schema/answers.ts, and npm run generate.',
  }),
  BASELINE_WITHOUT_FILES: (error) => ({
    headline: `The baseline of ${error.level0}${error.others ? ` and ${error.others} more` : ''} names no auxiliary file.`,
    expected: 'auxiliary files: mission, unit and name agree',
    next: 'Tell the operators: rdb.svc keeps failed look-ups, and the first platform it was asked for, until it is started again.',
  }),
  LINK_FOREIGN: (error) => ({
    headline: `The baseline links to a place that is not configured: ${error.link}.`,
    expected: `a link below ${error.expected}`,
    next: 'Nothing was sent there. Check auxip_root_uri in the environment, or tell the operators.',
  }),
  NAME_UNSAFE: (error) => ({
    headline: `${quoted(error.name)} is not the name of ${error.what ?? 'an auxiliary data file'}.`,
    expected: 'letters, digits, _ . + and -, not beginning with a dot or a dash',
    next: `Nothing was written. ${REPORT}`,
  }),
  NAME_OF_LEVEL0: (error) => ({
    headline: `${error.name} is a Level-0 product, not an auxiliary data file.`,
    came: 'its name among the auxiliary files of a baseline',
    next: `It was not fetched. ${REPORT}`,
  }),
  NAME_TWICE: (error) => ({
    headline: `${error.name} stands under two ids: ${list(error.ids)}.`,
    expected: 'one entry',
    next: 'A replacement may be going on: ask for the baseline again later.',
  }),
  CATALOGUE_INCOMPLETE: (error) => ({
    headline: `The catalogue's entry of ${error.name || 'a file'} lacks ${error.missing}.`,
    came: call(error),
    next: `Without it the file cannot be verified. ${REPORT}`,
  }),
  CATALOGUE_DISAGREES: (error) => ({
    headline: `${call(error)} is another file than the baseline says.`,
    expected: error.expected,
    came: error.came,
    next: REPORT,
  }),
  BUDGET_REACHED: (error) => ({
    headline: `The budget of this account is used up: ${volume(error.budget)} in 8 days.`,
    came: `${volume(error.granted)} granted in the last 8 days, with the next file more than that`,
    next: `Come back at ${error.comeBack}. ${RUN_AGAIN}`,
  }),
  BUDGET_IMPOSSIBLE: (error) => ({
    headline: `The budget of ${volume(error.budget)} has no room for ${error.name}, however long one waits.`,
    expected: `at least ${volume(error.needs)}`,
    next: 'Raise --budget-gb or --budget-files.',
  }),
  DISK_TOO_SMALL: (error) => ({
    headline: `The files do not fit at ${error.path}.`,
    expected: `${bytes(error.needed)} free`,
    came: `${bytes(error.free)} free`,
    next: 'Free some space, or choose another place with --out.',
  }),
  LOCK_MISSING: (error) =>
    error.files > 0
      ? {
          headline: `${error.path} has no auxflow.lock.json: made by auxflow run, which writes no lock.`,
          came: `${plural(error.files, 'auxiliary file')} that no lock names`,
          next: `auxflow fetch with the same request and --out ${error.path} checks what is here and writes a lock.`,
        }
      : {
          headline: `${error.path} is not an auxflow folder: it has no auxflow.lock.json.`,
          next: 'Name the folder that auxflow fetch says at its end, or a lock.',
        },
  INPUT_MISSING: (error) => ({
    headline: `${error.processor} lacks ${error.types.join(' or ')}, mandatory for ${error.task}${error.mode === 'ALWAYS' ? '' : ` in mode ${error.mode}`}, for ${error.level0} of ${plural(error.of, 'Level-0 product')}.`,
    expected: `a file that fills the input, e.g. for ${error.example.level0}`,
    came: error.example.why.join('; '),
    next: 'A file that is not here: auxflow fetch --frozen with the lock. Else the baseline does not name it, or names one that does not apply: tell the operators of the service.',
  }),
  LOCK_BROKEN: (error) => ({
    headline: `The lock ${error.path} cannot be relied on: ${error.reason}.`,
    expected: 'a lock as auxflow fetch wrote it',
    next: 'Bring back the original; or move the lock away, and fetch writes a new one from what the services say now.',
  }),
  LOCK_FOREIGN: (error) => ({
    headline: `The lock ${error.path} belongs to another campaign.`,
    expected: error.asked,
    came: error.campaign,
    next: 'Choose another folder with --out, or leave --out away for one that is named after the campaign.',
  }),
  LAYOUT_OTHER: (error) => ({
    headline: `The files in ${error.path} lie as --layout ${error.layout} puts them.`,
    expected: `--layout ${error.layout}, or none: the folder keeps what it has`,
    came: `--layout ${error.asked}`,
    next: 'Leave --layout out, or choose another folder with --out: moved files would be fetched a second time.',
  }),
  FILE_MISSING: (error) => ({
    headline: `${error.name} is not here.`,
    next: 'auxflow fetch --frozen with this lock brings it home.',
  }),
  FILE_CHANGED: (error) => ({
    headline: `${error.name} is not what the lock says.`,
    expected: 'the size and checksum of the lock',
    next: 'Move it away; auxflow fetch --frozen with this lock brings the right one home.',
  }),
  SIZE_WRONG: (error) => ({
    headline: `${error.name} has the wrong size.`,
    expected: `${error.expected} bytes`,
    came: `${error.came} bytes`,
    next: `It was not kept. ${RUN_AGAIN}`,
  }),
  CHECKSUM_WRONG: (error) => ({
    headline: `${error.name} has the wrong MD5.`,
    expected: error.expected,
    came: error.came,
    next: `It was not kept. ${RUN_AGAIN}`,
  }),
  SCRIPT_FAILED: (error) => ({
    headline: `The check script of "${error.step}" broke on the answer.`,
    came: error.reason,
    next: REPORT,
  }),
  NEWMAN_ENDED: (error) => ({
    headline: 'Newman ended before its run did.',
    came: error.reason,
    next: `Look at the saved answers for one that is unusually large. ${RUN_AGAIN}`,
  }),
  CHECKS_FAILED: (error) => ({
    headline: `${error.failed} of ${error.total} checks failed${failedNames(error.checks)}.`,
    came: error.checks?.[0]?.message,
    next: 'The page and junit.xml list every failed check with its request and what came.',
  }),
  NOTHING_TESTED: (error) => ({
    headline: `Nothing was tested: ${error.reason}.`,
    next: 'Check the request and the environment.',
  }),
  BASELINE_EMPTY: (error) => ({
    headline: `Nothing to do: the service knows no Level-0 product for ${error.request}.`,
    next: 'Widen the interval, or check mission and unit.',
  }),
  INTERRUPTED: (error) => ({ headline: `Stopped by ${error.signal}.`, next: RUN_AGAIN }),
  INTERNAL: (error) => ({
    headline: `A fault of auxflow: ${error.reason}.`,
    next: 'Please report it; AUXFLOW_DEBUG=1 shows where it happened.',
  }),
};

export function describe<Code extends ErrorCode>(error: AuxflowError & ErrorOf<Code>): Words {
  const words: (error: ErrorOf<Code>) => Words = WORDS[error.code];
  return words(error);
}

/** Codes of Node and OpenSSL, by how they begin. */
const TLS_REASONS: readonly (readonly [beginning: string, words: string])[] = [
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another name'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is vouched for by nobody but itself'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificates end in one that this machine does not know'],
  ['UNABLE_TO_', 'its certificate is vouched for by nobody that this machine knows'],
  ['ERR_SSL_', 'it speaks no TLS that this machine understands'],
  ['EPROTO', 'it speaks no TLS that this machine understands'],
];

function tlsReason(reason: string): string {
  return TLS_REASONS.find(([beginning]) => reason.startsWith(beginning))?.[1] ?? 'the handshake failed';
}

function quoted(value: string): string {
  return JSON.stringify(value);
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
