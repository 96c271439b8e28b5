import { expect, test } from 'vitest';
import { parseErrorBody, type ErrorBody } from '../../scripts/services/error-body';

const cases: [string, string, ErrorBody][] = [
  ['nothing', '', { form: 'empty', message: '' }],
  [
    'OData, code null',
    '{"error":{"code":null,"message":"The URI is malformed."}}',
    { form: 'odata', code: null, message: 'The URI is malformed.' },
  ],
  [
    'OData, code as text',
    '{"error":{"code":"429","message":"Too Many Requests !"}}',
    { form: 'odata', code: '429', message: 'Too Many Requests !' },
  ],
  ['OData, message null', '{"error":{"code":null,"message":null}}', { form: 'odata', code: null, message: '' }],
  [
    'token endpoint',
    '{"error":"invalid_grant","error_description":"Invalid user credentials"}',
    { form: 'token', error: 'invalid_grant', message: 'Invalid user credentials' },
  ],
  [
    'gateway',
    '{"message":"no Route matched with those values"}',
    { form: 'gateway', message: 'no Route matched with those values' },
  ],
  [
    'page of nginx',
    '<html>\r\n<head><title>504 Gateway Time-out</title></head><body></body></html>',
    { form: 'html', message: '504 Gateway Time-out' },
  ],
  ['page without title', '<!doctype html><h1>Bad Request</h1>', { form: 'html', message: 'Bad Request' }],
  [
    'object store',
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
    { form: 'xml', code: 'AccessDenied', message: 'Request has expired' },
  ],
  [
    'OData in XML',
    '<?xml version="1.0" encoding="UTF-8"?><error xmlns="http://docs.oasis-open.org/odata/ns/metadata"><code>null</code><message>The URI is malformed.</message></error>',
    { form: 'xml', code: 'null', message: 'The URI is malformed.' },
  ],
  ['plain text', 'invalid token', { form: 'text', message: 'invalid token' }],
  ['broken JSON', '{"error":', { form: 'text', message: '{"error":' }],
  ['JSON of another kind', '{"a":1}', { form: 'text', message: '{"a":1}' }],
];

test.each(cases)('%s', (_name, body, wanted) => expect(parseErrorBody(body)).toEqual(wanted));

test('a long message is shortened', () => {
  expect(parseErrorBody('x'.repeat(10_000)).message.length).toBeLessThanOrEqual(201);
});
