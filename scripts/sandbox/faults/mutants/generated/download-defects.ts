/** From `$value` to the bytes: the redirect, the store's headers, ranges and bytes. */
import type { Reply } from '../../../http/reply';
import type { WireRequest } from '../../../http/request';
import type { Faults } from '../../scenarios/faults';
import { afterService, withHeaders, withoutHeader } from '../around';
import { get, type Family, type Severity } from './draft';
import { anyFile, fileOf, facts, type FileFacts } from './facts';
import type { Random } from './random';
import { EVERYTHING, scopeAround, type Scope } from './scopes';

const VALUE = /\/(?:\$|%24)value$/;

const located =
  (change: (url: string) => string) =>
  (reply: Reply): Reply =>
    withHeaders(reply, { Location: change(String(reply.headers['Location'])) });

const REDIRECTS: readonly (readonly [
  words: string,
  severity: Severity,
  change: (reply: Reply, request: WireRequest) => Reply,
])[] = [
  ...[200, 301, 303, 307, 308].map(
    (status) => [`has status ${status}`, 'contract', (reply: Reply) => ({ ...reply, status })] as const,
  ),
  ['has no Location', 'contract', (reply) => withoutHeader(reply, 'Location')],
  ['leads to a relative address', 'contract', located((url) => url.replace(/^https?:\/\/[^/]+/, ''))],
  ['leads to an inner host', 'contract', located((url) => url.replace(/^(https?:\/\/)[^/]+/, '$1minio.internal:9000'))],
  ['leads to the site itself', 'contract', located((url) => url.replace(/^(https?:\/\/)localhost/, '$1127.0.0.1'))],
  ['leads to another name', 'data', located((url) => url.replace(/\/([^/?]+)[?]/, '/other-$1?'))],
  ['leads to another id', 'data', located((url) => url.replace(/\/[0-9a-f]{8}(-[0-9a-f-]{27}\/)/, '/00000000$1'))],
  ['lacks its signature', 'contract', located((url) => url.replace(/&X-Amz-Signature=\w+/, ''))],
  ['has a signature cut by a digit', 'contract', located((url) => url.replace(/(X-Amz-Signature=\w+)\w/, '$1'))],
  [
    'has its signature in upper case',
    'contract',
    located((url) => url.replace(/(?<=X-Amz-Signature=)\w+/, (text) => text.toUpperCase())),
  ],
  [
    'says that it holds for a week',
    'contract',
    located((url) => url.replace('X-Amz-Expires=600', 'X-Amz-Expires=604800')),
  ],
  [
    'says that it holds for a minute',
    'contract',
    located((url) => url.replace('X-Amz-Expires=600', 'X-Amz-Expires=60')),
  ],
  [
    'was signed an hour ago',
    'contract',
    located((url) =>
      url.replace(
        /X-Amz-Date=(\d{8}T)(\d\d)/,
        (_all, day: string, hour: string) => `X-Amz-Date=${day}${String((Number(hour) + 23) % 24).padStart(2, '0')}`,
      ),
    ),
  ],
  ['has another algorithm', 'contract', located((url) => url.replace('AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA1'))],
  [
    'signs more headers than host',
    'contract',
    located((url) => url.replace('SignedHeaders=host', 'SignedHeaders=host%3Brange')),
  ],
  [
    'carries the token as access_token',
    'data',
    (reply, { headers }) => located((url) => `${url}&access_token=${(headers.authorization ?? '').slice(7)}`)(reply),
  ],
  [
    'carries the token as id',
    'data',
    (reply, { headers }) => located((url) => `${url}&id=${(headers.authorization ?? '').slice(7)}`)(reply),
  ],
  [
    'carries the claims of the token',
    'data',
    (reply, { headers }) => located((url) => `${url}&c=${(headers.authorization ?? '').split('.')[1] ?? ''}`)(reply),
  ],
  [
    'carries the token in its fragment',
    'data',
    (reply, { headers }) => located((url) => `${url}#${(headers.authorization ?? '').slice(7)}`)(reply),
  ],
  ['carries the user name', 'contract', located((url) => `${url}&user=user`)],
  ['has a password before its host', 'contract', located((url) => url.replace('://', '://minio:minio123@'))],
  ['has no Content-Disposition', 'shape', (reply) => withoutHeader(reply, 'Content-Disposition')],
  [
    'names another file in Content-Disposition',
    'data',
    (reply) => withHeaders(reply, { 'Content-Disposition': 'filename=other.zip' }),
  ],
  [
    'has its filename in quotes',
    'shape',
    (reply) =>
      withHeaders(reply, {
        'Content-Disposition': String(reply.headers['Content-Disposition']).replace(/filename=(.*)/, 'filename="$1"'),
      }),
  ],
  ['sets a cookie', 'contract', (reply) => withHeaders(reply, { 'Set-Cookie': 'store=1; Domain=.copernicus.eu' })],
  [
    'comes with a page',
    'shape',
    (reply) => ({ ...withHeaders(reply, { 'Content-Type': 'text/html' }), body: '<html>302</html>' }),
  ],
];

/** Half of them for every file: of the others most runs never see one, because they are charged for each. */
function aScope(file: FileFacts, random: Random): Scope {
  return random.oneIn(2) ? EVERYTHING : scopeAround(file, random);
}

export const redirects: Family = (random) => {
  const file = anyFile(random);
  const scope = aScope(file, random);
  const [words, severity, change] = random.pick(REDIRECTS);
  return {
    area: 'redirects',
    severity,
    defect: `$value of files${scope.words} ${words}`,
    witness: [get(`/auxip.svc/Products(${file.id})/$value`)],
    create: () =>
      afterService(VALUE, (reply, request) => {
        const about = fileOf({}, request.path);
        return reply.status === 302 && about && scope.has(about) ? change(reply, request) : reply;
      }),
  };
};

const bytes =
  (change: (body: Buffer) => Buffer) =>
  async (reply: Reply): Promise<Reply> => {
    if (reply.status !== 200 || reply.body === undefined) return reply;
    const body = change(await wholeBody(reply.body));
    return { ...withHeaders(reply, { 'Content-Length': String(body.length) }), body };
  };

async function wholeBody(body: NonNullable<Reply['body']>): Promise<Buffer> {
  if (typeof body === 'string') return Buffer.from(body);
  if (Buffer.isBuffer(body)) return body;
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function flipped(body: Buffer, at: number): Buffer {
  const copy = Buffer.from(body);
  if (copy.length > 0) copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

type Spoil = (reply: Reply, request: WireRequest) => Reply | Promise<Reply>;

const header =
  (name: string, change: (value: string) => string): Spoil =>
  (reply) =>
    reply.headers[name] === undefined ? reply : withHeaders(reply, { [name]: change(String(reply.headers[name])) });

const RANGE = { Range: 'bytes=10-19' };

const STORE: readonly (readonly [
  words: string,
  severity: Severity,
  headers: Readonly<Record<string, string>>,
  change: Spoil,
])[] = [
  ['have their first byte wrong', 'data', {}, bytes((body) => flipped(body, 0))],
  ['have their last byte wrong', 'data', {}, bytes((body) => flipped(body, body.length - 1))],
  ['have a byte wrong in the middle', 'data', {}, bytes((body) => flipped(body, body.length >> 1))],
  ['lack their last byte', 'data', {}, bytes((body) => body.subarray(0, -1))],
  ['are cut in half', 'data', {}, bytes((body) => body.subarray(0, body.length >> 1))],
  ['are empty', 'data', {}, bytes(() => Buffer.alloc(0))],
  ['have a newline behind them', 'data', {}, bytes((body) => Buffer.concat([body, Buffer.from('\n')]))],
  [
    'have two halves exchanged',
    'data',
    {},
    bytes((body) => Buffer.concat([body.subarray(body.length >> 1), body.subarray(0, body.length >> 1)])),
  ],
  ['are zeros', 'data', {}, bytes((body) => Buffer.alloc(body.length))],
  [
    'are an error in XML with 200',
    'data',
    {},
    bytes(() => Buffer.from('<?xml version="1.0"?><Error><Code>InternalError</Code></Error>')),
  ],
  ['lack ETag', 'shape', {}, (reply) => withoutHeader(reply, 'ETag')],
  ['have a weak ETag', 'shape', {}, header('ETag', (value) => `W/${value}`)],
  ['have an ETag without quotes', 'shape', {}, header('ETag', (value) => value.replaceAll('"', ''))],
  ['lack Last-Modified', 'shape', {}, (reply) => withoutHeader(reply, 'Last-Modified')],
  ['have Last-Modified in ISO 8601', 'shape', {}, header('Last-Modified', (value) => new Date(value).toISOString())],
  ['say Accept-Ranges: none', 'contract', {}, header('Accept-Ranges', () => 'none')],
  ['lack Accept-Ranges', 'contract', {}, (reply) => withoutHeader(reply, 'Accept-Ranges')],
  ['are labelled text/plain', 'shape', {}, header('Content-Type', () => 'text/plain')],
  ['lack Content-Type', 'shape', {}, (reply) => withoutHeader(reply, 'Content-Type')],
  ['set a cookie', 'shape', {}, (reply) => withHeaders(reply, { 'Set-Cookie': 'x=1' })],
  [
    'have ranges with status 200',
    'contract',
    RANGE,
    (reply) => (reply.status === 206 ? { ...reply, status: 200 } : reply),
  ],
  ['have ranges without Content-Range', 'contract', RANGE, (reply) => withoutHeader(reply, 'Content-Range')],
  [
    'have ranges whose Content-Range is a byte off',
    'data',
    RANGE,
    header('Content-Range', (value) => value.replace(/ (\d+)-/, (_all, from: string) => ` ${Number(from) + 1}-`)),
  ],
  [
    'have ranges of another size',
    'data',
    RANGE,
    header('Content-Range', (value) => value.replace(/\/(\d+)$/, (_all, size: string) => `/${Number(size) - 1}`)),
  ],
  [
    'have ranges with the ETag of another version',
    'data',
    RANGE,
    (reply) => (reply.status === 206 ? withHeaders(reply, { ETag: '"00000000000000000000000000000000"' }) : reply),
  ],
  [
    'are refused with 403',
    'contract',
    {},
    () => ({
      status: 403,
      headers: { 'Content-Type': 'application/xml' },
      body: '<Error><Code>AccessDenied</Code></Error>',
    }),
  ],
  [
    'are lost: 404',
    'data',
    {},
    () => ({
      status: 404,
      headers: { 'Content-Type': 'application/xml' },
      body: '<Error><Code>NoSuchKey</Code></Error>',
    }),
  ],
];

export const storedFiles: Family = (random) => {
  const file = anyFile(random);
  const scope = aScope(file, random);
  const [words, severity, headers, change] = random.pick(STORE);
  return {
    area: 'store',
    severity,
    defect: `files${scope.words} in the store ${words}`,
    witness: [{ to: 'store', id: file.id, headers }],
    create: () => stored(scope, change),
  };
};

function stored(scope: Scope, change: Spoil): Faults {
  return {
    aroundStore: async (request, answer) => {
      const reply = await answer(request);
      const file = facts().byId.get(/\/([0-9a-f-]{36})\//.exec(request.path)?.[1] ?? '');
      return reply.status < 300 && file && scope.has(file) ? change(reply, request) : reply;
    },
  };
}
