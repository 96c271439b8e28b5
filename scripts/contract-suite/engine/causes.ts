import { QUIRKS } from '../quirks';
import type { Answer } from './answer';

/** Why an answer is not the one expected, where its form tells, and what a caller can do (access.md#proxies-and-limits, access.md#gateway, rdb.md#length-of-a-request). */
export function causeOf(answer: Answer): string | undefined {
  return CAUSES.find(({ is }) => is(answer))?.says;
}

const isHtml = (answer: Answer): boolean =>
  /html/i.test(answer.header('Content-Type') ?? '') || /^\s*<(!doctype html|html)/i.test(answer.text);
const isGateway = ({ text }: Answer): boolean => /^\s*\{\s*"message"\s*:/.test(text);

/** Code of an error of the store, which speaks XML (auxip.md#store). */
const storeCode = ({ text }: Answer): string | undefined => /<Error>[^]*<Code>([^<]*)<\/Code>/.exec(text)?.[1];

interface Cause {
  readonly is: (answer: Answer) => boolean;
  readonly says: string;
}

const CAUSES: readonly Cause[] = [
  { is: ({ status, text }) => status === 400 && text.includes("'AuxipLink' is missing"), says: QUIRKS.nullLink },
  {
    is: (answer) => answer.status < 300 && storeCode(answer) !== undefined,
    says: 'An error of the store with a status of success, instead of the file: check size and MD5 before a file gets its name.',
  },
  {
    is: (answer) => storeCode(answer) === 'AccessDenied' && answer.text.includes('expired'),
    says: 'The store holds the address for expired: ask `$value` for a new one. One that came just now was signed too early, or opens only once.',
  },
  {
    is: (answer) => storeCode(answer) === 'NoSuchKey',
    says: 'The store has lost the file that the catalogue lists. Report it.',
  },
  {
    is: (answer) => storeCode(answer) === 'SlowDown',
    says: 'The store is overloaded: wait, then ask again for less at once.',
  },
  {
    is: (answer) => answer.status >= 500 && storeCode(answer) !== undefined,
    says: 'An exception inside the store. Ask again; report it when it stays.',
  },
  {
    is: ({ status, text }) => status >= 400 && text.includes('"invalid_grant"'),
    says: 'The token endpoint refuses the user name or password, or the session has ended: check both, then sign in again.',
  },
  {
    is: (answer) => answer.status === 302 && /\/auth\/realms\//.test(answer.header('Location') ?? ''),
    says: 'The gateway sends to its login page: the token is missing, expired or refused. Get a new one.',
  },
  {
    is: (answer) => answer.status === 200 && isHtml(answer) && /kc-form-login|\/auth\/realms\//.test(answer.text),
    says: 'The login page instead of data: a redirect was followed somewhere. Get a new token.',
  },
  {
    is: (answer) => answer.status === 429 && isHtml(answer),
    says: "The proxy's limit of connections for all users together: wait some seconds, ask less at once.",
  },
  {
    is: ({ status, text }) => status === 429 && text.includes('Too Many Requests !'),
    says: "The account's quota, or the role download is missing: wait, or ask the service desk.",
  },
  {
    is: (answer) => answer.status === 502 && isHtml(answer),
    says: 'The proxy cannot reach the service: it is down. Ask again later.',
  },
  {
    is: (answer) => answer.status === 504,
    says: 'The service needs longer than the proxy waits; its work goes on. Ask again.',
  },
  {
    is: (answer) => answer.status >= 502 && isGateway(answer),
    says: 'The gateway cannot reach the service. Ask again later.',
  },
  { is: ({ status }) => status === 503, says: 'The service is overloaded or being restarted. Ask again later.' },
  {
    is: ({ status, text }) => status === 400 && text.includes('No related entity found'),
    says: 'One entry of the page has no date attributes, which spoils the page: ask without $expand, or each entry for its Attributes.',
  },
  {
    is: ({ status }) => status === 500,
    says: 'An exception inside the service. Report it with the time and the request.',
  },
];
