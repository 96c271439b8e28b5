/** Why a promise is broken, where that can be told: what it is, and what a caller can do (access.md#proxies-and-limits, access.md#gateway, rdb.md#length-of-a-request, rdb.md#caches). */
import { QUIRKS } from './quirks';

interface CauseFacts {
  readonly says: string;
  /** It lies in one answer: two cases with it are two findings. All other causes are one finding, however many cases show them. */
  readonly isLocal?: true;
  /** Causes of which it is the cause in turn. */
  readonly explains?: readonly string[];
}

/** Spelled out, so that the schema of contract.json can be made from it. */
export type CauseKey =
  | 'untrimmedName'
  | 'truncated'
  | 'staleLink'
  | 'nullLink'
  | 'droppedType'
  | 'poisonedCache'
  | 'firstPlatform'
  | 'firstUnit'
  | 'sharedToken'
  | 'missingDeltas'
  | 'emptyBaseline'
  | 'lookUpFailed'
  | 'staleIndex'
  | 'missingType'
  | 'noAnswer'
  | 'connectionPool'
  | 'errorAsFile'
  | 'addressExpired'
  | 'fileLost'
  | 'storeOverloaded'
  | 'storeException'
  | 'loginRefused'
  | 'tokenRefused'
  | 'loginPage'
  | 'htmlPage'
  | 'proxyLimit'
  | 'quota'
  | 'proxyDown'
  | 'proxyTimeout'
  | 'gatewayDown'
  | 'overloaded'
  | 'noDates'
  | 'exception';

export const CAUSES: Readonly<Record<CauseKey, CauseFacts>> = {
  untrimmedName: { says: QUIRKS.untrimmedName },
  truncated: { says: QUIRKS.truncated },
  staleLink: { says: QUIRKS.staleLink },
  nullLink: { says: QUIRKS.nullLink },
  droppedType: { says: QUIRKS.droppedType, explains: ['missingType'] },
  poisonedCache: { says: QUIRKS.poisonedCache },
  firstPlatform: { says: QUIRKS.firstPlatform, explains: ['emptyBaseline'] },
  firstUnit: { says: QUIRKS.firstUnit },
  sharedToken: { says: QUIRKS.sharedToken },
  missingDeltas: { says: QUIRKS.missingDeltas },
  emptyBaseline: {
    says: 'No product of a platform has any file, with status 200. The folder "rdb.svc known quirks" looks for the reason: another platform that was asked for first.',
  },
  lookUpFailed: {
    says: 'The catalogue has each of them once: a look-up of rdb.svc fails, and a dropped type is the result (rdb.md#files-and-links), or failed once and stayed, a poisoned cache (rdb.md#caches). Ask the service desk for a restart; until then take the files named here from auxip.svc.',
    explains: ['missingType'],
  },
  staleIndex: {
    says: 'rdb.svc does not know the newest files: it lists files once, when it is started (rdb.md#caches). Ask the service desk for a restart; until then take newer files from auxip.svc.',
  },
  missingType: {
    says: 'No file of these types came, though reprocessing.svc lists files that their rules choose. The last cases of "Selection rules" tell whether the catalogue has those files.',
  },
  noAnswer: {
    says: 'No whole answer came: each finding says what happened to its connection. `auxflow doctor` tells which part of the way is at fault.',
  },
  connectionPool: {
    says: 'Unable to acquire JDBC Connection, an exception inside the service: its pool of database connections is empty. Requests with $count, or for Subscriptions or Metrics, take one each and never give it back. Only a restart helps: ask the service desk for it, and leave such requests out.',
  },
  errorAsFile: {
    says: 'An error of the store with a status of success, instead of the file: check size and MD5 before a file gets its name.',
  },
  addressExpired: {
    says: 'The store holds the address for expired: ask `$value` for a new one. One that came just now was signed too early, or opens only once.',
  },
  fileLost: { says: 'The store has lost the file that the catalogue lists. Report it.', isLocal: true },
  storeOverloaded: { says: 'The store is overloaded: wait, then ask again for less at once.' },
  storeException: { says: 'An exception inside the store. Ask again; report it when it stays.' },
  loginRefused: {
    says: 'The token endpoint refuses the user name or password, or the session has ended: check both, then sign in again.',
  },
  tokenRefused: {
    says: 'The gateway sends to its login page: the token is missing, expired or refused. Get a new one.',
  },
  loginPage: {
    says: 'The login page instead of data: a redirect was followed somewhere. Get a new token.',
    explains: ['htmlPage'],
  },
  htmlPage: {
    says: 'HEAD is answered as for a page in HTML, instead of data.',
  },
  proxyLimit: {
    says: "The proxy's limit of connections for all users together: wait some seconds, ask less at once.",
  },
  quota: { says: "The account's quota, or the role download is missing: wait, or ask the service desk." },
  proxyDown: { says: 'The proxy cannot reach the service: it is down. Ask again later.' },
  proxyTimeout: { says: 'The service needs longer than the proxy waits; its work goes on. Ask again.' },
  gatewayDown: { says: 'The gateway cannot reach the service. Ask again later.' },
  overloaded: { says: 'The service is overloaded or being restarted. Ask again later.' },
  noDates: {
    says: 'One entry of the page has no date attributes, which spoils the page: ask without $expand, or each entry for its Attributes.',
  },
  exception: {
    says: 'An exception inside the service. Report it with the time and the request.',
    isLocal: true,
  },
};

/** A cause of a problem; `of`: what it is a cause for, e.g. the platform `S1`. */
export interface Cause {
  readonly key: CauseKey;
  readonly of?: string;
}

export const isCauseKey = (key: string): key is CauseKey => Object.hasOwn(CAUSES, key);

export const causeFacts = (key: CauseKey): CauseFacts => CAUSES[key];
