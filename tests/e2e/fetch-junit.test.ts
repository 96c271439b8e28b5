import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleOf } from '../helpers/budget';
import { SMALL_REQUEST } from '../helpers/campaign';
import { drawTests } from '../helpers/draw-tests';
import { junitProblems } from '../helpers/junit-problems';
import { placesIn, reportNames, runCli, temporaryFolder } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(6);

/** As a CI reads them: every `junit*.xml` of the report, by a parser of its own. */
const COUNT = `
import sys, json, xml.etree.ElementTree as E
cases = [c for f in sys.argv[1:] for c in E.parse(f).getroot().iter('testcase')]
print(json.dumps({
  'cases': len(cases),
  'red': sum(1 for c in cases if c.find('failure') is not None or c.find('error') is not None),
  'notes': [t for f in sys.argv[1:] for s in E.parse(f).getroot().iter('testsuite') if (t := s.findtext('system-out'))],
}))`;

interface Counts {
  cases: number;
  red: number;
  notes: string[];
}

async function junitOf(verb: 'fetch' | 'run', scenario: string): Promise<Counts & { exitCode: number | null }> {
  const sandbox = await withSandbox({ scenario });
  const folder = temporaryFolder();
  const words = [verb, '--site-url', sandbox.siteUrl, ...SMALL_REQUEST, ...placesIn(folder)];
  const { exitCode } = await runCli(words);
  const [report = ''] = reportNames(path.join(folder, 'reports'));
  const files = readdirSync(path.join(folder, 'reports', report)).filter((name) => name.startsWith('junit'));
  expect(files).toEqual(['junit-files.xml', 'junit.xml']);
  const paths = files.map((name) => path.join(folder, 'reports', report, name));
  for (const file of paths) {
    const xml = readFileSync(file, 'utf8');
    expect(xml).not.toMatch(/X-Amz-Signature|eyJ/);
    expect(junitProblems(xml)).toEqual([]);
  }
  const counts = JSON.parse(execFileSync('python3', ['-c', COUNT, ...paths], { encoding: 'utf8' })) as Counts;
  return { exitCode, ...counts };
}

describe('the JUnit of a fetch', () => {
  const MADE_GOOD: readonly [scenario: string, note: RegExp][] = [
    ['baseline-504', /Asked again after status 504\./],
    ['baseline-504:2', /Asked again after status 504\./],
    ['dropped-connection', /Asked again after no answer\./],
    ['cut-answer@100', /Asked again after/],
  ];

  test.each(sampleOf(MADE_GOOD, 2))('%s: an attempt that was made good is told and not red', async (scenario, note) => {
    const { exitCode, red, cases, notes } = await junitOf('fetch', scenario);
    expect([exitCode, red]).toEqual([0, 0]);
    expect(cases).toBeGreaterThan(10);
    expect(notes.some((text) => note.test(text))).toBe(true);
  });

  test('nothing went wrong: no notes', async () => {
    expect(await junitOf('fetch', 'healthy')).toMatchObject({ exitCode: 0, red: 0, notes: [] });
  });

  test.each(sampleOf(['fetch', 'run'] as const, 1))('%s: a check that failed for good is red', async (verb) => {
    const { exitCode, red } = await junitOf(verb, 'broken-schema');
    expect([exitCode, red > 0]).toEqual([1, true]);
  });
});
