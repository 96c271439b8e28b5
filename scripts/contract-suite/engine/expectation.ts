import type { Expectation } from '../contract-case';
import type { Answer } from './answer';
import { guardedCheck } from './checks/check';
import { schema } from './checks/schema';
import { difference, finding, shown, type Finding } from './finding';
import type { Scope } from './scope';

/** Everything an expectation promises, looked at in the answer. After a wrong status nothing else is. */
export function findingsOf(expected: Expectation, answer: Answer, scope: Scope): Finding[] {
  const status = finding(`Status is ${String(expected.status)}`, () => wrongStatus(expected.status, answer));
  if (status.problem !== undefined)
    return [status, ...(expected.otherwise ?? []).flatMap((check) => guardedCheck(check, answer, scope))];
  return [
    status,
    ...contentType(expected, answer),
    ...Object.entries(expected.headers ?? {}).map(([name, pattern]) => header(name, pattern, answer, scope)),
    ...(expected.error ? [errorBody(expected.error, answer, scope)] : []),
    ...(expected.schema === undefined ? [] : [schema(expected.schema, answer)]),
    ...(expected.checks ?? []).flatMap((check) => guardedCheck(check, answer, scope)),
  ];
}

function wrongStatus(status: Expectation['status'], answer: Answer): string | undefined {
  const allowed = typeof status === 'number' ? [status] : status;
  return allowed.includes(answer.status) ? undefined : `got ${answer.status}`;
}

function contentType({ contentType: expected }: Expectation, answer: Answer): Finding[] {
  if (expected === undefined) return [];
  const promise = expected === null ? 'No Content-Type' : `Content-Type is ${expected}`;
  return [finding(promise, () => difference(expected ?? undefined, plain(answer.header('Content-Type'))))];
}

/** As proxies may write it: any case, blanks after `;`. The outer proxy repeats the header (access.md#proxies-and-limits). */
function plain(contentType: string | undefined): string | undefined {
  const [type, ...parameters] = contentType?.split(',')[0]?.replace(/\s/g, '').toLowerCase().split(';') ?? [];
  return type === undefined ? undefined : [type, ...parameters.sort()].join(';');
}

function header(name: string, pattern: string | null, answer: Answer, scope: Scope): Finding {
  const value = answer.header(name);
  if (pattern === null) return finding(`No header ${name}`, () => difference(undefined, value));
  const resolved = scope.text(pattern);
  return finding(`${name} is like ${pattern}`, () =>
    value !== undefined && new RegExp(resolved).test(value) ? undefined : `got ${shown(value)}`,
  );
}

function errorBody({ code, message }: NonNullable<Expectation['error']>, answer: Answer, scope: Scope): Finding {
  return finding(`The error says: ${message}`, () =>
    difference({ error: { code, message: scope.text(message) } }, answer.json()),
  );
}
