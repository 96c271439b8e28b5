import { expect, test } from 'vitest';
import type { Answer } from '../../scripts/contract-suite/engine/answer';
import { CAUSES } from '../../scripts/contract-suite/causes';
import { causeBehind, causeOf as keyOf } from '../../scripts/contract-suite/engine/causes';

function answer(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    text,
    bytes: new Uint8Array(),
    headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
    header: (name) => headers[name],
    json: () => JSON.parse(text) as unknown,
  };
}

function causeOf(given: Answer): string | undefined {
  const key = keyOf(given);
  return key && CAUSES[key].says;
}

const HTML = { 'Content-Type': 'text/html' };

test('a file that the store labels as a page is not called the login page', () => {
  expect(causeOf(answer(200, 'PK\u0003\u0004', HTML))).toBeUndefined();
  expect(causeOf(answer(200, '<html><h1>Welcome to nginx</h1></html>', HTML))).toBeUndefined();
});

test('the login page is', () => {
  const page = '<!DOCTYPE html><html><form id="kc-form-login" method="post"></form></html>';
  expect(causeOf(answer(200, page, HTML))).toContain('login page');
});

test('a 429 is called a quota only in the words of the quota', () => {
  expect(causeOf(answer(429, '{"error":{"code":"429","message":"Too Many Requests !"}}'))).toContain('quota');
  expect(causeOf(answer(429, '{"message":"API rate limit exceeded"}'))).toBeUndefined();
});

test('a name that contains the word of a refusal refuses nothing', () => {
  expect(causeOf(answer(200, '{"Name":"x","error":"invalid_grant"}'))).toBeUndefined();
  expect(causeOf(answer(401, '{"error":"invalid_grant"}'))).toContain('user name or password');
});

test('an empty pool of connections is named, and is no exception like others', () => {
  const text =
    '{"error":{"code":null,"message":"Unable to acquire JDBC Connection; nested exception is org.hibernate.exception.JDBCConnectionException"}}';
  expect([keyOf(answer(500, text)), keyOf(answer(500, '{}'))]).toEqual(['connectionPool', 'exception']);
  expect(CAUSES.connectionPool.says).toMatch(/Unable to acquire JDBC Connection.*\$count.*Only a restart/);
});

test('a refusal that was due has no cause for its other words; one that was not due, or for want of a connection, has', () => {
  const [kept, broken] = [{ promise: 'Status is 401' }, { promise: '/error is invalid_request', problem: 'got x' }];
  const refused = answer(401, '{"error":"invalid_grant"}');
  expect(causeBehind([kept, broken], refused)).toBeUndefined();
  expect(causeBehind([kept, kept], answer(500, '{}'))).toBeUndefined();
  expect(causeBehind([broken], refused)).toBe('loginRefused');
  const pool = answer(500, '{"error":{"message":"Unable to acquire JDBC Connection"}}');
  expect(causeBehind([kept, broken], pool)).toBe('connectionPool');
});
