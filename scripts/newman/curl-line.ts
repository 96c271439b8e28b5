import type { Request } from 'postman-collection';

/** What Postman adds by itself, and curl as well. */
const ADDED =
  /^(?:user-agent|postman-token|host|accept-encoding|connection|cache-control|content-length|content-type)$/i;

/** The request as a line for a POSIX shell. Secrets are as they are: redact it. */
export function curlLine(request: Request): string {
  const headers = request.headers
    .all()
    .filter(({ key, value, disabled }) => !disabled && !ADDED.test(key) && `${key}: ${value}` !== 'Accept: */*');
  const fields = request.body?.urlencoded?.all() ?? [];
  const raw = request.body?.raw ?? '';
  return [
    'curl -g',
    ...methodOf(request, fields.length > 0),
    ...headers.map(({ key, value }) => `-H ${quoted(`${key}: ${value}`)}`),
    ...fields.map(({ key, value }) => `--data-urlencode ${quoted(`${key ?? ''}=${String(value)}`)}`),
    ...(raw === '' ? [] : [`--data-raw ${quoted(raw)}`]),
    // As the address goes over the wire.
    quoted(request.url.toString().replaceAll(' ', '%20').replaceAll("'", '%27')),
  ].join(' ');
}

/** `-X HEAD` would wait for a body that never comes. */
function methodOf({ method }: Request, hasFields: boolean): string[] {
  if (method === 'HEAD') return ['--head'];
  return method === 'GET' || (method === 'POST' && hasFields) ? [] : [`-X ${method}`];
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
