import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { errorCommand, withGithub } from '../../../scripts/cli/output/github';
import type { RunEvent } from '../../../scripts/session/run-events';

const EVENTS: RunEvent[] = [
  { type: 'run-started', environment: 'sandbox', siteUrl: 'https://site.example', request: 'S3OLCI <A>' },
  { type: 'finding', error: { code: 'CHECKS_FAILED', failed: 3, total: 10 } },
  {
    type: 'run-finished',
    exitCode: 1,
    sentence: 'Three | failed',
    places: [{ what: 'report', where: 'reports/nightly/index.html' }],
  },
];

function heard(environment: NodeJS.ProcessEnv): { log: string; events: RunEvent[] } {
  const log = new PassThrough();
  const events: RunEvent[] = [];
  const listener = withGithub((event) => void events.push(event), { environment, log });
  for (const event of EVENTS) listener(event);
  return { log: String(log.read() ?? ''), events };
}

test('an annotation is escaped as workflow commands are', () => {
  const title = 'a: 100 %, b\r\n::warning::c';
  expect(errorCommand({ title, text: title }, 'a,b:c')).toBe(
    '::error file=a%2Cb%3Ac,title=a%3A 100 %25%2C b%0D%0A%3A%3Awarning%3A%3Ac::a: 100 %25, b%0D%0A::warning::c',
  );
});

test('elsewhere nothing is added; on GitHub a line per error', () => {
  expect(heard({})).toEqual({ log: '', events: EVENTS });
  const { log, events } = heard({ GITHUB_ACTIONS: 'true' });
  expect(events).toEqual(EVENTS);
  expect(log).toMatch(/^::error file=reports\/nightly\/index\.html,title=3 of 10 checks failed\.?::[^\n]+\n$/);
});

test('the summary of the job is appended, as Markdown in which nothing is markup', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'auxflow-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'summary');
  heard({ GITHUB_STEP_SUMMARY: file });
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('## S3OLCI &lt;A> (sandbox): exit code 1\n\nThree \\| failed\n');
  expect(text).toContain('- **3 of 10 checks failed');
});
