import type { Request } from 'postman-collection';
import type { Redactor } from '../lib/redact/redact';

/** Knows no secret. */
const OPEN: Pick<Redactor, 'text'> = { text: (text) => text };

/** What Postman adds by itself, and curl as well. */
const ADDED =
  /^(?:user-agent|postman-token|host|accept-encoding|connection|cache-control|content-length|content-type)$/i;

/** What stands for a secret: variables of whoever runs the line, in double quotes, where a shell fills them in. */
const VARIABLES: Readonly<Record<string, string>> = {
  username: '$ADG_USER',
  password: '$ADG_PASSWORD',
};
const TOKEN = '$AUXFLOW_TOKEN';

/**
 * The request as a line for a POSIX shell. It holds no secret that the redactor knows: user, password and token are named as variables,
 * anything else is redacted.
 */
export function curlLine(request: Request, redactor: Pick<Redactor, 'text'> = OPEN): string {
  const isSecret = (value: string): boolean => value !== '' && redactor.text(value) === '***';
  const header = (key: string, value: string): string => {
    const [, token = ''] = /^Bearer (.+)$/i.exec(value) ?? [];
    return isSecret(token) ? `-H "${key}: Bearer ${TOKEN}"` : `-H ${quoted(redactor.text(`${key}: ${value}`))}`;
  };
  const field = (key: string, value: string): string => {
    const variable = VARIABLES[key];
    if (variable !== undefined && isSecret(value)) return `--data-urlencode "${key}=${variable}"`;
    return `--data-urlencode ${quoted(redactor.text(`${key}=${value}`))}`;
  };
  const headers = request.headers
    .all()
    .filter(({ key, value, disabled }) => !disabled && !ADDED.test(key) && `${key}: ${value}` !== 'Accept: */*');
  const fields = request.body?.urlencoded?.all() ?? [];
  const raw = request.body?.raw ?? '';
  return [
    'curl -g',
    ...methodOf(request, fields.length > 0),
    ...headers.map(({ key, value }) => header(key, value)),
    ...fields.map(({ key, value }) => field(key ?? '', String(value))),
    ...(raw === '' ? [] : [`--data-raw ${quoted(redactor.text(raw))}`]),
    // As the address goes over the wire.
    quoted(redactor.text(request.url.toString().replaceAll(' ', '%20').replaceAll("'", '%27'))),
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
