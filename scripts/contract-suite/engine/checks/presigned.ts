import type { StoreCheck } from '../../checks';
import { serverTime, type Answer } from '../answer';
import { difference, finding, type Finding } from '../finding';
import type { Scope } from '../scope';

const ADDRESS = /^(https?):\/\/([^/]+)(\/[^?]*)[?](.*)$/;
const LOOPBACK = /^(?:localhost|127[.]0[.]0[.]1)(?::\d+)?$/;

/** The address behind `$value` (auxip.md#redirect). It is a credential: it is kept for the next requests and shown nowhere. */
export function presigned(
  { id, name }: StoreCheck & { readonly is: 'presigned' },
  answer: Answer,
  scope: Scope,
): Finding[] {
  const location = answer.header('Location') ?? '';
  const [, scheme = '', host = '', path = '', query = ''] = ADDRESS.exec(location) ?? [];
  const parameter = (key: string): string => new RegExp(`(?:^|&)${key}=([^&]*)`).exec(query)?.[1] ?? '';
  if (parameter('X-Amz-Signature') !== '') keepAddresses(location, path, scope);
  return [
    finding('The file lies at another host, over https', () => {
      if (host === '' || nameOf(host) === nameOf(scope.value('site_url').split('/')[2])) return `host ${host}`;
      return scheme === 'https' || LOOPBACK.test(host) ? undefined : scheme;
    }),
    finding('The path names the file', () =>
      path.endsWith(`/${scope.text(id)}/${encodeURIComponent(scope.text(name))}`) ? undefined : `path ${path}`,
    ),
    finding('It is signed by AWS4-HMAC-SHA256, for the host only', () =>
      difference(['AWS4-HMAC-SHA256', 'host'], [parameter('X-Amz-Algorithm'), parameter('X-Amz-SignedHeaders')]),
    ),
    finding('A credential and a signature of 64 hex digits', () =>
      parameter('X-Amz-Credential') !== '' && /^[0-9a-f]{64}$/.test(parameter('X-Amz-Signature'))
        ? undefined
        : 'one is missing or malformed',
    ),
    finding('It holds for 600 seconds', () => difference('600', parameter('X-Amz-Expires'))),
    finding('It was signed just now', () => wrongDate(parameter('X-Amz-Date'), serverTime(answer))),
    finding('No body comes with it', () => difference(0, answer.bytes.length)),
  ];
}

/** Clients that follow send their token along to the same name, whatever its port. */
const nameOf = (host = ''): string => host.replace(/:\d+$/, '');

const MINUTES_APART = 5;

/** `now`: the service's time; where it does not say, no age is known. */
function wrongDate(signed: string, now: number | undefined): string | undefined {
  const [, date = '', hour = '', minute = '', second = ''] = /^(\d{8})T(\d\d)(\d\d)(\d\d)Z$/.exec(signed) ?? [];
  const at = Date.parse(`${date.replace(/^(....)(..)/, '$1-$2-')}T${hour}:${minute}:${second}Z`);
  if (now === undefined) return Number.isNaN(at) ? `X-Amz-Date ${signed}` : undefined;
  if (Math.abs(at - now) <= MINUTES_APART * 60_000) return undefined;
  return `X-Amz-Date ${signed}, where the answer's own Date is ${new Date(now).toISOString()}: one clock is wrong`;
}

/** The address, and what must not open the file: a wrong signature, a longer life, another file, none at all. */
function keepAddresses(location: string, path: string, scope: Scope): void {
  const addresses = {
    store_url: location,
    store_url_forged: location.replace(
      /(X-Amz-Signature=)(.)/,
      (_all, key: string, digit: string) => key + (digit === '0' ? '1' : '0'),
    ),
    store_url_prolonged: location.replace('X-Amz-Expires=600', 'X-Amz-Expires=604800'),
    store_url_other: location.replace(path, `${path}x`),
    store_url_unsigned: location.split('?')[0] ?? '',
  };
  for (const [name, address] of Object.entries(addresses)) scope.remember(name, address);
}
