import { gzipSync } from 'node:zlib';
import { jsonReply, type Reply } from '../../../http/reply';
import type { WireRequest } from '../../../http/request';
import type { Faults } from '../../scenarios/faults';
import { afterStore, beforeStore, withHeaders, withoutHeader, withoutRequestHeader } from '../around';
import { inGroup } from '../mutant';

/** What the object store sends (auxip.md#store). */
export const STORE_MUTANTS = inGroup('store', [
  {
    name: 'range-ignored',
    defect: 'a Range gets the whole file with 200',
    create: () => beforeStore((request) => withoutRequestHeader(request, 'range')),
  },
  {
    name: 'range-one-byte-late',
    defect: 'a range begins one byte late',
    create: () => ranged((first, last) => [first + 1, last + 1]),
  },
  {
    name: 'range-end-exclusive',
    defect: 'the last byte of a range is left out',
    create: () => ranged((first, last) => [first, Math.max(first, last - 1)]),
  },
  {
    name: 'suffix-range-from-start',
    defect: 'a range of the last N bytes gets the first N',
    create: () =>
      misreadRange((range) =>
        range.replace(/^bytes=-(\d+)$/, (_match, count: string) => `bytes=0-${Number(count) - 1}`),
      ),
  },
  {
    name: 'open-range-from-start',
    defect: 'a range without end gets the whole file, with 206',
    create: () => misreadRange((range) => range.replace(/^bytes=\d+-$/, 'bytes=0-')),
  },
  {
    name: 'range-as-200',
    defect: 'a range comes with 200, although only its bytes come',
    create: () => afterStore((reply) => (reply.status === 206 ? { ...reply, status: 200 } : reply)),
  },
  {
    name: 'content-range-missing',
    defect: 'a range comes without Content-Range',
    create: () => afterStore((reply) => (reply.status === 206 ? withoutHeader(reply, 'Content-Range') : reply)),
  },
  {
    name: 'content-range-without-size',
    defect: 'Content-Range does not tell the size of the file',
    create: () => contentRange((text) => text.replace(/\/\d+$/, '/*')),
  },
  {
    name: 'content-range-end-exclusive',
    defect: 'Content-Range ends with the byte behind the range',
    create: () => contentRange((text) => text.replace(/-(\d+)\//, (_match, last: string) => `-${Number(last) + 1}/`)),
  },
  {
    name: 'unsatisfiable-range-whole',
    defect: 'a range behind the end of the file gets the whole file, not 416',
    create: () => ({
      aroundStore: async (request, answer) => {
        const reply = await answer(request);
        return reply.status === 416 ? answer(withoutRequestHeader(request, 'range')) : reply;
      },
    }),
  },
  {
    name: 'if-range-ignored',
    defect: 'a range comes also when If-Range no longer fits',
    create: () => beforeStore((request) => withoutRequestHeader(request, 'if-range')),
  },
  {
    name: 'last-byte-missing',
    defect: 'the last byte of a file is missing, and Content-Length agrees',
    create: () => bytes((body) => body.subarray(0, -1)),
  },
  {
    name: 'one-byte-more',
    defect: 'a newline follows the bytes of a file, and Content-Length agrees',
    create: () => bytes((body) => Buffer.concat([body, Buffer.from('\n')])),
  },
  {
    name: 'one-bit-flipped',
    defect: 'one bit in the first kilobyte of a file is wrong',
    create: () =>
      bytes((body) => {
        const copy = Buffer.from(body);
        const at = Math.min(100, copy.length - 1);
        copy[at] = (copy[at] ?? 0) ^ 1;
        return copy;
      }),
  },
  {
    name: 'bytes-through-text',
    defect: 'a file is read as UTF-8 text on its way: bytes that are none are replaced',
    create: () => bytes((body) => Buffer.from(body.toString('utf8'))),
  },
  {
    name: 'gzip-encoded',
    defect: 'a file comes with Content-Encoding: gzip, also when nobody asked for it',
    create: () => ({
      aroundStore: async (request, answer) => {
        const reply = await replaced(await answer(request), gzipSync);
        return reply.status === 200 ? withHeaders(reply, { 'Content-Encoding': 'gzip' }) : reply;
      },
    }),
  },
  {
    name: 'store-length-missing',
    defect: 'a file comes without Content-Length',
    create: () =>
      afterStore((reply) => (isFile(reply) ? withHeaders(withoutHeader(reply, 'Content-Length'), CHUNKED) : reply)),
  },
  {
    name: 'accept-ranges-missing',
    defect: 'the store does not say Accept-Ranges',
    create: () => afterStore((reply) => withoutHeader(reply, 'Accept-Ranges')),
  },
  {
    name: 'etag-changes',
    defect: 'the ETag of a file is another at every request',
    create: () => {
      let calls = 0;
      return afterStore((reply) =>
        isFile(reply) ? withHeaders(reply, { ETag: `"${(++calls).toString(16)}"` }) : reply,
      );
    },
  },
  {
    name: 'etag-unquoted',
    defect: 'the ETag of a file is not quoted',
    create: () =>
      afterStore((reply) =>
        isFile(reply) ? withHeaders(reply, { ETag: String(reply.headers['ETag']).replaceAll('"', '') }) : reply,
      ),
  },
  {
    name: 'last-modified-missing',
    defect: 'a file comes without Last-Modified',
    create: () => afterStore((reply) => withoutHeader(reply, 'Last-Modified')),
  },
  {
    name: 'store-type-html',
    defect: 'a file is called text/html',
    create: () => afterStore((reply) => (isFile(reply) ? withHeaders(reply, { 'Content-Type': 'text/html' }) : reply)),
  },
  {
    name: 'signature-unchecked',
    defect: 'the store does not check signatures',
    create: () => ({ urlVerdict: (verdict) => (verdict === 'forged' ? 'valid' : verdict) }),
  },
  {
    name: 'unsigned-taken',
    defect: 'the store gives files to everyone, without a signature',
    create: () => ({ urlVerdict: (verdict) => (verdict === 'unsigned' ? 'valid' : verdict) }),
  },
  {
    name: 'expiry-unchecked',
    defect: 'an address that has expired still works',
    needs: { presignedSeconds: 1 },
    create: () => ({ urlVerdict: (verdict) => (verdict === 'expired' ? 'valid' : verdict) }),
  },
  {
    name: 'store-takes-token',
    defect: 'the store does not mind an Authorization header',
    create: () => beforeStore((request) => withoutRequestHeader(request, 'authorization')),
  },
  {
    name: 'store-head-taken',
    defect: 'an address that was signed for GET works for HEAD too',
    create: () => beforeStore((request) => (request.method === 'HEAD' ? { ...request, method: 'GET' } : request)),
  },
  {
    name: 'store-errors-json',
    defect: 'refusals of the store are JSON, not XML',
    create: () => refusals((reply) => jsonReply(reply.status, { code: 'AccessDenied' })),
  },
  {
    name: 'store-errors-200',
    defect: 'refusals of the store come with 200',
    create: () => refusals((reply) => ({ ...reply, status: 200 })),
  },
]);

const CHUNKED = { 'Transfer-Encoding': 'chunked' };

function isFile({ status }: Reply): boolean {
  return status === 200 || status === 206;
}

function refusals(change: (reply: Reply) => Reply): Faults {
  return afterStore((reply) => (reply.status === 403 || reply.status === 400 ? change(reply) : reply));
}

function contentRange(change: (text: string) => string): Faults {
  return afterStore((reply) =>
    reply.status === 206
      ? withHeaders(reply, { 'Content-Range': change(String(reply.headers['Content-Range'])) })
      : reply,
  );
}

function misreadRange(change: (range: string) => string): Faults {
  return beforeStore((request) => withRange(request, change));
}

/** Other bytes than those of a range with both ends; the headers agree with what comes. */
function ranged(change: (first: number, last: number) => readonly [number, number]): Faults {
  return misreadRange((range) =>
    range.replace(
      /^bytes=(\d+)-(\d+)$/,
      (_match, first: string, last: string) => `bytes=${change(Number(first), Number(last)).join('-')}`,
    ),
  );
}

function withRange(request: WireRequest, change: (range: string) => string): WireRequest {
  const { range } = request.headers;
  return range === undefined ? request : { ...request, headers: { ...request.headers, range: change(range) } };
}

/** Whole files with other bytes, and the Content-Length that fits them. */
function bytes(change: (body: Buffer) => Buffer): Faults {
  return { aroundStore: async (request, answer) => replaced(await answer(request), change) };
}

async function replaced(reply: Reply, change: (body: Buffer) => Buffer): Promise<Reply> {
  const { status, body } = reply;
  if (status !== 200 || body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) return reply;
  const parts: Buffer[] = [];
  for await (const part of body) parts.push(part);
  const another = change(Buffer.concat(parts));
  return { ...withHeaders(reply, { 'Content-Length': another.length }), body: another };
}
