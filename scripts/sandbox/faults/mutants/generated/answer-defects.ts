/** Whole answers: their headers, their status, the words of refusals, and what they give away. */
import type { Reply } from '../../../http/reply';
import { withHeaders, withoutHeader } from '../around';
import { editJson } from '../edit-json';
import type { Draft, Family, Severity } from './draft';
import { onSurface, REFUSED, SERVED, type Surface } from './surface';

type Spoil = readonly [words: string, severity: Severity, change: (reply: Reply) => Reply];

function draft(area: Draft['area'], surface: Surface, [words, severity, change]: Spoil): Draft {
  return {
    area,
    severity,
    defect: `the answer to ${surface.words} ${words}`,
    witness: [surface.ask],
    create: () => onSurface(surface, change),
  };
}

const header =
  (name: string, change: (value: string) => string) =>
  (reply: Reply): Reply =>
    reply.headers[name] === undefined ? reply : withHeaders(reply, { [name]: change(String(reply.headers[name])) });

const HEADERS: readonly Spoil[] = [
  ['has no Content-Type', 'contract', (reply) => withoutHeader(reply, 'Content-Type')],
  ['is labelled text/plain', 'contract', header('Content-Type', () => 'text/plain')],
  ['is labelled text/html', 'contract', header('Content-Type', () => 'text/html;charset=utf-8')],
  ['is labelled application/octet-stream', 'contract', header('Content-Type', () => 'application/octet-stream')],
  ['is labelled in another charset', 'shape', header('Content-Type', (value) => `${value};charset=iso-8859-1`)],
  ['is labelled odata.metadata=full', 'shape', header('Content-Type', () => 'application/json;odata.metadata=full')],
  [
    'is labelled application/xml or JSON the other way round',
    'contract',
    header('Content-Type', (value) => (value.includes('json') ? 'application/xml' : 'application/json')),
  ],
  ['has no OData-Version', 'shape', (reply) => withoutHeader(reply, 'OData-Version')],
  ['says OData-Version 4.01', 'shape', header('OData-Version', () => '4.01')],
  ['says OData-Version 2.0', 'contract', header('OData-Version', () => '2.0')],
  ['sets a cookie', 'contract', (reply) => withHeaders(reply, { 'Set-Cookie': 'JSESSIONID=4FD1; Path=/' })],
  [
    'may be cached for a day by everybody',
    'contract',
    (reply) => withHeaders(reply, { 'Cache-Control': 'public, max-age=86400' }),
  ],
  ['says that it is gzip and is not', 'contract', (reply) => withHeaders(reply, { 'Content-Encoding': 'gzip' })],
  [
    'is announced as an attachment',
    'shape',
    (reply) => withHeaders(reply, { 'Content-Disposition': 'attachment; filename=answer.json' }),
  ],
];

export const headers: Family = (random) =>
  draft('headers', random.pick(random.oneIn(4) ? REFUSED : SERVED), random.pick(HEADERS));

const status =
  (code: number) =>
  (reply: Reply): Reply => ({ ...reply, status: code });

const SERVED_STATUSES: readonly Spoil[] = [
  ...[201, 202, 203, 206, 226].map((code): Spoil => [`has status ${code}`, 'contract', status(code)]),
  ['has status 204 and no body', 'contract', ({ headers }) => ({ status: 204, headers })],
  ['has status 500 although the body is right', 'contract', status(500)],
  [
    'is 503 at every call',
    'contract',
    () => ({
      status: 503,
      headers: { 'Content-Type': 'text/html' },
      body: '<html><body>503 Service Unavailable</body></html>',
    }),
  ],
  ['is an empty body', 'contract', (reply) => ({ ...reply, body: '' })],
  [
    'is cut after half of its body',
    'contract',
    (reply) =>
      typeof reply.body === 'string' ? { ...reply, body: reply.body.slice(0, reply.body.length / 2) } : reply,
  ],
  [
    'ends with a newline and a comma',
    'contract',
    (reply) => (typeof reply.body === 'string' ? { ...reply, body: `${reply.body}\n,` } : reply),
  ],
  [
    'begins with a byte order mark',
    'shape',
    (reply) => (typeof reply.body === 'string' ? { ...reply, body: `\uFEFF${reply.body}` } : reply),
  ],
  [
    'is wrapped in a list',
    'contract',
    (reply) =>
      typeof reply.body === 'string' && reply.body.startsWith('{') ? { ...reply, body: `[${reply.body}]` } : reply,
  ],
  ['is 301 to itself with a slash', 'contract', () => ({ status: 301, headers: { Location: './' } })],
];

const REFUSED_STATUSES: readonly Spoil[] = [
  ['has status 200', 'data', status(200)],
  ['has status 200 and an empty list', 'data', (reply) => ({ ...reply, status: 200, body: '{"value":[]}' })],
  ['has status 400', 'contract', status(400)],
  ['has status 404', 'contract', status(404)],
  ['has status 422', 'contract', status(422)],
  ['has status 500', 'contract', status(500)],
  ['has status 503', 'contract', status(503)],
  ['has status 403', 'contract', status(403)],
];

export const statuses: Family = (random) =>
  random.oneIn(2)
    ? draft('statuses', random.pick(SERVED), random.pick(SERVED_STATUSES))
    : draft('statuses', random.pick(REFUSED), random.pick(REFUSED_STATUSES));

type Error_ = { readonly code: unknown; readonly message: string };

const error =
  (change: (error: Error_) => object) =>
  (reply: Reply): Reply =>
    editJson(reply, (json) => ('error' in json ? { ...json, error: change(json['error'] as Error_) } : json));

const ERRORS: readonly Spoil[] = [
  ['has no message', 'shape', error(({ code }) => ({ code }))],
  ['has an empty message', 'shape', error(({ code }) => ({ code, message: '' }))],
  ['has no code', 'shape', error(({ message }) => ({ message }))],
  ['has its status for a code', 'shape', error(({ message }) => ({ code: '400', message }))],
  ['has the word error for a code', 'shape', error(({ message }) => ({ code: 'error', message }))],
  ['has the message of another mistake', 'contract', error(({ code }) => ({ code, message: 'The URI is malformed.' }))],
  [
    'has a message cut after twenty characters',
    'shape',
    error(({ code, message }) => ({ code, message: message.slice(0, 20) })),
  ],
  ['has its message in French', 'shape', error(({ code }) => ({ code, message: 'Requête incorrecte' }))],
  [
    'has a message with a language, as OData 2.0 had',
    'shape',
    error(({ code, message }) => ({ code, message: { lang: 'en', value: message } })),
  ],
  [
    'has no error around its code and message',
    'contract',
    (reply) => editJson(reply, (json) => ('error' in json ? (json['error'] as Record<string, unknown>) : json)),
  ],
  [
    'is an HTML page',
    'contract',
    (reply) => ({
      ...reply,
      headers: { ...reply.headers, 'Content-Type': 'text/html' },
      body: '<html><body><h1>Error</h1></body></html>',
    }),
  ],
  ['is empty', 'contract', (reply) => ({ ...reply, body: '' })],
  ['has details', 'shape', error((own) => ({ ...own, details: [{ code: 'x', message: 'see above' }] }))],
  ['has null for a message', 'shape', error(({ code }) => ({ code, message: null }))],
];

export const errors: Family = (random) => draft('errors', random.pick(REFUSED), random.pick(ERRORS));

const TRACE =
  'java.lang.NullPointerException\n\tat eu.copernicus.auxip.Storage.read(Storage.java:588)\n\tat java.base/java.lang.Thread.run(Thread.java:829)';

const said = (text: string): Spoil['2'] => error(({ code, message }) => ({ code, message: `${message} ${text}` }));
const beside = (name: string, value: string): Spoil['2'] => error((own) => ({ ...own, [name]: value }));

/** What a caller has no business to see. */
const LEAKS: readonly Spoil[] = [
  [
    'says the SQL that failed',
    'contract',
    said("ERROR: syntax error; SQL [select p.id from product p where p.name = 'x']"),
  ],
  [
    'says the table that failed',
    'contract',
    said('could not execute statement; SQL [n/a]; constraint [auxip.product_pkey]'),
  ],
  ['says the host of the database', 'contract', said('Connection to auxip-db.internal:5432 refused')],
  ['says an inner address', 'contract', said('upstream http://10.0.3.17:8080/auxip.svc failed')],
  ['says a path on the server', 'contract', said('/opt/auxip/config/application.yml: not found')],
  ['says the account that asked', 'contract', said('user=user, roles=[download]')],
  ['says a password of the service', 'contract', said('jdbc:postgresql://db/auxip?user=auxip&password=secret')],
  ['has a stack trace beside its message', 'contract', beside('trace', TRACE)],
  ['has a stack trace for a message', 'contract', error(({ code }) => ({ code, message: TRACE }))],
  ['has an inner error', 'contract', beside('innererror', TRACE)],
  [
    'says the version of its server in a header',
    'shape',
    (reply) => withHeaders(reply, { 'X-Powered-By': 'Servlet/4.0 (Apache Tomcat/9.0.41)' }),
  ],
];

export const leaks: Family = (random) => draft('leaks', random.pick(REFUSED), random.pick(LEAKS));
