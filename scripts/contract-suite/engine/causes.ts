import type { CauseKey } from '../causes';
import type { Answer } from './answer';
import { isKept, type Finding } from './finding';

/** Why an answer is not the one expected, where its form tells (access.md#proxies-and-limits, access.md#gateway, rdb.md#length-of-a-request). */
export function causeOf(answer: Answer): CauseKey | undefined {
  return CAUSES.find(([, is]) => is(answer))?.[0];
}

/** Of what is broken, the status first. A refusal that was due is not why it has other words. */
export function causeBehind(findings: readonly Finding[], answer: Answer): CauseKey | undefined {
  const cause = isKept(findings) ? undefined : causeOf(answer);
  const isDue = answer.status >= 400 && findings[0]?.problem === undefined;
  return isDue && cause !== 'connectionPool' ? undefined : cause;
}

const isHtml = (answer: Answer): boolean =>
  /html/i.test(answer.header('Content-Type') ?? '') || /^\s*<(!doctype html|html)/i.test(answer.text);
/** With a status of success: in place of data. */
const isPage = (answer: Answer): boolean => answer.status === 200 && isHtml(answer);
const isGateway = ({ text }: Answer): boolean => /^\s*\{\s*"message"\s*:/.test(text);

/** Code of an error of the store, which speaks XML (auxip.md#store). */
const storeCode = ({ text }: Answer): string | undefined => /<Error>[^]*<Code>([^<]*)<\/Code>/.exec(text)?.[1];

/** The first that holds is reported. */
const CAUSES: readonly (readonly [key: CauseKey, is: (answer: Answer) => boolean])[] = [
  ['nullLink', ({ status, text }) => status === 400 && text.includes("'AuxipLink' is missing")],
  ['connectionPool', ({ status, text }) => status === 500 && text.includes('Unable to acquire JDBC Connection')],
  ['errorAsFile', (answer) => answer.status < 300 && storeCode(answer) !== undefined],
  ['addressExpired', (answer) => storeCode(answer) === 'AccessDenied' && answer.text.includes('expired')],
  ['fileLost', (answer) => storeCode(answer) === 'NoSuchKey'],
  ['storeOverloaded', (answer) => storeCode(answer) === 'SlowDown'],
  ['storeException', (answer) => answer.status >= 500 && storeCode(answer) !== undefined],
  ['loginRefused', ({ status, text }) => status >= 400 && text.includes('"invalid_grant"')],
  ['tokenRefused', (answer) => answer.status === 302 && /\/auth\/realms\//.test(answer.header('Location') ?? '')],
  ['loginPage', (answer) => isPage(answer) && /kc-form-login|\/auth\/realms\//.test(answer.text)],
  ['htmlPage', (answer) => isPage(answer) && answer.text === ''],
  ['proxyLimit', (answer) => answer.status === 429 && isHtml(answer)],
  ['quota', ({ status, text }) => status === 429 && text.includes('Too Many Requests !')],
  ['proxyDown', (answer) => answer.status === 502 && isHtml(answer)],
  ['proxyTimeout', ({ status }) => status === 504],
  ['gatewayDown', (answer) => answer.status >= 502 && isGateway(answer)],
  ['overloaded', ({ status }) => status === 503],
  ['noDates', ({ status, text }) => status === 400 && text.includes('No related entity found')],
  ['exception', ({ status }) => status === 500],
];
