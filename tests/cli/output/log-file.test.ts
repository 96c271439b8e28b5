import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { jsonLines } from '../../../scripts/cli/output/listeners';
import { logFile } from '../../../scripts/cli/output/log-file';
import { quiet } from '../../../scripts/cli/output/quiet';
import { createRedactor } from '../../../scripts/lib/redact/redact';
import { outputProblems } from '../../../scripts/services/schema/validators';
import { redactingListener } from '../../../scripts/session/redacting-listener';
import type { RunEvent } from '../../../scripts/session/run-events';
import { failureOf } from '../../helpers/failure-of';
import { temporaryFolder } from '../../helpers/run-cli';

const NOW = (): Date => new Date('2026-11-29T12:00:00Z');

const EVENTS: RunEvent[] = [
  { type: 'run-started', environment: 'sandbox', siteUrl: 'http://a', request: 'S3OLCI' },
  { type: 'note', text: 'a pa55word and \u001b[31m red \u0007 bell\nnext line' },
  { type: 'activity', text: 'linking', done: 0, total: 2 },
  { type: 'file', name: 'f', status: 'verified', bytes: 1000, seconds: 1 },
  { type: 'listed', name: 'g', link: 'http://a/g' },
  { type: 'finding', error: { code: 'FILE_MISSING', name: 'f' } },
  { type: 'run-finished', exitCode: 1, sentence: 'One file is missing.', places: [] },
];

test('a log file has every line with its time, no secret and no control character, and goes on where it ended', () => {
  const file = path.join(temporaryFolder(), 'auxflow.log');
  for (const event of EVENTS) redactingListener(logFile(file, NOW).listener, createRedactor(['pa55word']))(event);
  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain('pa55word');
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  const lines = text.trimEnd().split('\n');
  expect(lines.every((line) => line.startsWith('2026-11-29T12:00:00.000Z '))).toBe(true);
  expect(lines.some((line) => line.includes('MD5 verified'))).toBe(true);
});

test('a log file that cannot be opened is said', async () => {
  expect(await failureOf(() => logFile('/none/auxflow.log'))).toMatchObject({ code: 'TARGET_UNWRITABLE' });
});

test('--quiet leaves errors, what was asked for, and the verdict of a failure', () => {
  const told: string[] = [];
  const listener = quiet(({ type }) => told.push(type));
  for (const event of EVENTS) listener(event);
  listener({ type: 'run-finished', exitCode: 0, sentence: 'Good.', places: [] });
  expect(told).toEqual(['listed', 'finding', 'run-finished']);
});

test('--quiet leaves the plan where it was asked for, and not in a fetch', () => {
  const plan = { type: 'plan' } as RunEvent;
  for (const isPlanAsked of [true, false]) {
    const told: RunEvent[] = [];
    quiet((event) => told.push(event), { isPlanAsked })(plan);
    expect(told).toEqual(isPlanAsked ? [plan] : []);
  }
});

test('a line of --json has the time in UTC and a version, and fits its schema', () => {
  const out = new PassThrough();
  const tell = jsonLines(out, NOW);
  for (const event of EVENTS) tell(event);
  const lines = String(out.read())
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  // What is under way is for people.
  expect(lines.length).toBe(EVENTS.length - 1);
  for (const line of lines) {
    expect(line).toMatchObject({ time: '2026-11-29T12:00:00.000Z', version: 1 });
    expect(outputProblems('event', line)).toEqual([]);
  }
  expect(outputProblems('event', EVENTS[0])).not.toEqual([]);
});
