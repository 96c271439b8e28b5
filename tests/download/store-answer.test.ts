import { expect, test } from 'vitest';
import { judgeStoreAnswer, type StoreHead, type Verdict, type Wanted } from '../../scripts/download/store-answer';

const fromStart: Wanted = { firstByte: 0, size: 100 };
const fromForty: Wanted = { firstByte: 40, size: 100 };

const cases: [string, StoreHead, Wanted, Verdict][] = [
  ['200 of the right length', { status: 200, contentLength: '100' }, fromStart, 'whole'],
  ['200 without a length', { status: 200 }, fromStart, 'whole'],
  ['200 to a Range: everything comes', { status: 200, contentLength: '100' }, fromForty, 'whole'],
  ['200 without a byte', { status: 200, contentLength: '0' }, fromStart, 'empty'],
  [
    '200 text of another length',
    { status: 200, contentLength: '9', contentType: 'text/plain' },
    fromStart,
    'error-page',
  ],
  ['200 of another length', { status: 200, contentLength: '99' }, fromStart, 'size-wrong'],
  [
    '200 HTML of another length',
    { status: 200, contentLength: '99', contentType: 'text/html' },
    fromStart,
    'error-page',
  ],
  ['200 XML without a length', { status: 200, contentType: 'application/xml' }, fromStart, 'error-page'],
  [
    '200 XML of the right length: the checksum decides',
    { status: 200, contentLength: '100', contentType: 'text/xml' },
    fromStart,
    'whole',
  ],
  ['206 from the byte asked for', { status: 206, contentRange: 'bytes 40-99/100' }, fromForty, 'rest'],
  ['206 of unknown total', { status: 206, contentRange: 'bytes 40-99/*' }, fromForty, 'rest'],
  ['206 of another total', { status: 206, contentRange: 'bytes 40-89/90' }, fromForty, 'size-wrong'],
  ['206 from an earlier byte', { status: 206, contentRange: 'bytes 0-99/100' }, fromForty, 'rest'],
  ['206 that is short', { status: 206, contentRange: 'bytes 40-60/100' }, fromForty, 'rest'],
  ['206 from a later byte', { status: 206, contentRange: 'bytes 41-99/100' }, fromForty, 'restart'],
  ['206 that ends before the part does', { status: 206, contentRange: 'bytes 0-39/100' }, fromForty, 'restart'],
  ['206 beyond the file', { status: 206, contentRange: 'bytes 40-100/*' }, fromForty, 'restart'],
  [
    '206 that is packed',
    { status: 206, contentRange: 'bytes 40-99/100', contentEncoding: 'gzip' },
    fromForty,
    'restart',
  ],
  ['206 without a range', { status: 206 }, fromForty, 'restart'],
  ['206 that nobody asked for', { status: 206, contentRange: 'bytes 0-99/100' }, fromStart, 'rest'],
  ['206 that nobody asked for, without a range', { status: 206 }, fromStart, 'empty'],
  ['200 that is packed', { status: 200, contentLength: '7', contentEncoding: 'gzip' }, fromForty, 'packed'],
  [
    '200 that says it is not packed',
    { status: 200, contentLength: '100', contentEncoding: 'identity' },
    fromStart,
    'whole',
  ],
  [
    '200 of the right length, said to be packed',
    { status: 200, contentLength: '100', contentEncoding: 'gzip' },
    fromStart,
    'whole',
  ],
  ['206 with a unit in capitals', { status: 206, contentRange: 'Bytes 40-99/100' }, fromForty, 'rest'],
  ['206 with an equals sign', { status: 206, contentRange: 'bytes=40-99/100' }, fromForty, 'rest'],
  ['416 to a Range', { status: 416 }, fromForty, 'range-refused'],
  ['416 without one', { status: 416 }, fromStart, 'unexpected'],
  ['400', { status: 400 }, fromStart, 'expired'],
  ['403', { status: 403 }, fromStart, 'expired'],
  ['404', { status: 404 }, fromStart, 'lost'],
  ['408', { status: 408 }, fromStart, 'busy'],
  ['409', { status: 409 }, fromStart, 'busy'],
  ['410', { status: 410 }, fromStart, 'lost'],
  ['418', { status: 418 }, fromStart, 'unexpected'],
  ['429', { status: 429 }, fromStart, 'busy'],
  ['500', { status: 500 }, fromStart, 'busy'],
  ['503', { status: 503 }, fromStart, 'busy'],
  ['204', { status: 204 }, fromStart, 'empty'],
  ['301', { status: 301 }, fromStart, 'redirected'],
  ['307', { status: 307 }, fromForty, 'redirected'],
];

test.each(cases)('%s', (_name, head, wanted, verdict) => expect(judgeStoreAnswer(head, wanted)).toBe(verdict));
