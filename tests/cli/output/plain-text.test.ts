import { describe, expect, test } from 'vitest';
import { errorText } from '../../../scripts/cli/output/error-text';
import { plainText } from '../../../scripts/cli/output/plain-text';
import type { RunStep } from '../../../scripts/newman/run-step';
import type { RunEvent } from '../../../scripts/session/run-events';

const step: RunStep = {
  name: 'Baseline by sensing interval',
  iteration: 0,
  folder: '1 Data baseline',
  method: 'GET',
  url: 'https://site.example/rdb.svc',
  status: 200,
  reason: '',
  startedAt: 0,
  milliseconds: 8100,
  bytes: 1_900_000,
  assertions: [{ name: 'Status is 200', ok: true }],
  skipped: false,
};

const linesOf = (...events: RunEvent[]): string[] => {
  const textOf = plainText();
  return events.flatMap((event) => textOf(event));
};

describe('a step', () => {
  test('stands under its folder, named once', () => {
    expect(linesOf({ type: 'step', step }, { type: 'step', step: { ...step, name: 'Again' } })).toEqual([
      '',
      '1 Data baseline',
      '  ✓ Baseline by sensing interval 200  8.1 s, 1.9 MB, 1 check',
      '  ✓ Again                        200  8.1 s, 1.9 MB, 1 check',
    ]);
  });

  test('that failed says which check, and why, in one line', () => {
    const failed = {
      ...step,
      assertions: [{ name: 'Schema', ok: false, message: `expected ${'x'.repeat(400)}\nand more` }],
    };
    const [, , line, why = ''] = linesOf({ type: 'step', step: failed });
    expect([line, why.length]).toEqual(['  ✗ Baseline by sensing interval 200  8.1 s, 1.9 MB, 1 check', 315]);
  });

  test('without an answer, and one that was skipped', () => {
    expect(
      linesOf({ type: 'step', step: { ...step, status: undefined, fault: 'connect ECONNREFUSED' } }).slice(2),
    ).toEqual(['  ✗ Baseline by sensing interval no answer 8.1 s, 1.9 MB, 1 check', '      connect ECONNREFUSED']);
    expect(linesOf({ type: 'step', step: { ...step, skipped: true, assertions: [] } }).at(-1)).toBe(
      '  - Baseline by sensing interval skipped',
    );
  });
});

describe('a case of the contract suite', () => {
  const caseOf = (message: string): RunEvent => ({
    type: 'case',
    step: {
      folder: 'Selection rules',
      name: 'Every type has the files that its rule chooses',
      curl: '',
      milliseconds: 1,
      sent: true,
      assertions: [{ name: 'OL_1_CAL_AX by LatestValCover', outcome: 'failed', message }],
    },
  });

  test('tells the whole sentence of a finding, in one line', () => {
    const sentence = `${'the rule chooses a file; '.repeat(80)}\nbecause it covers the interval. Report it.`;
    const [, line = ''] = linesOf(caseOf(sentence));
    expect(line).toContain('OL_1_CAL_AX by LatestValCover: the rule chooses');
    expect(line.endsWith('because it covers the interval. Report it.')).toBe(true);
  });

  test('says where the rest is when a message would flood the screen', () => {
    const [, line = ''] = linesOf(caseOf('body.value[0] is wrong, '.repeat(10_000)));
    expect(line.length).toBeLessThan(4200);
    expect(line.endsWith('… (whole in contract.html)')).toBe(true);
  });
});

test('many files do not flood the screen; those that failed are always named', () => {
  const file = (index: number, status: 'verified' | 'failed'): RunEvent => ({
    type: 'file',
    name: `file-${index}`,
    status,
    bytes: 1000,
    seconds: 0.01,
  });
  const events = Array.from({ length: 100 }, (_, index) => file(index, index === 99 ? 'failed' : 'verified'));
  const lines = linesOf(...events);
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([41, '  ✓    1 kB  file-0', '  ✗  failed  file-99']);
});

test('a terminal that is narrower than the name of a file gets both ends of it, in one line', () => {
  const name = `S3A_OL_2_ACP_AX_20160216T000000_20991231T235959_20170609T120000${'_'.repeat(19)}MPC_O_AL_004.SEN3.zip`;
  const file: RunEvent = { type: 'file', name, status: 'verified', bytes: 404_900, seconds: 0.59 };
  const lineAt = (columns: number, verbose = false): string =>
    plainText({ columns: () => columns, verbose })(file).join('\n');
  expect(lineAt(120)).toBe(`  ✓  405 kB  ${name}`);
  expect(lineAt(80)).toBe('  ✓  405 kB  S3A_OL_2_ACP_AX_20160216T000000_20991231T23…_MPC_O_AL_004.SEN3.zip');
  // Of a width that nobody knows, and where all is to be told, nothing is left out.
  for (const line of [lineAt(0), lineAt(80, true)]) expect(line).toContain(name);
});

test('where an answer was saved stands below its step', () => {
  const saved: RunEvent = { type: 'answer-saved', path: 'a.json', level0: 69, references: 2003 };
  expect(linesOf(saved, { type: 'step', step }).slice(2)).toEqual([
    '  ✓ Baseline by sensing interval 200  8.1 s, 1.9 MB, 1 check',
    '    69 Level-0 products, 2003 references to auxiliary files, saved as a.json',
  ]);
});

test('verbose: a line for every file, with all that is known of it', () => {
  const textOf = plainText({ verbose: true });
  const lost = { code: 'SIZE_WRONG', name: 'c', expected: 10, came: 9 } as const;
  const stopped = { code: 'DISK_FULL', path: '/out' } as const;
  const files: RunEvent[] = [
    { type: 'file', name: 'a', status: 'verified', bytes: 3_000_000, received: 1_500_000, seconds: 2 },
    { type: 'file', name: 'b', status: 'already-here', bytes: 1000, seconds: 0.02 },
    { type: 'file', name: 'c', status: 'failed', seconds: 70, error: lost },
    { type: 'file', name: 'd', status: 'not-fetched', seconds: 0, error: stopped },
  ];
  expect(files.flatMap(textOf)).toEqual([
    '  ✓ a 3 MB, 2.0 s, 750 kB/s, MD5 verified',
    '  ✓ b 1 kB, 20 ms, already here, MD5 verified again',
    '  ✗ c 1 min 10 s, failed: c has the wrong size. (expected 10 bytes, received 9 bytes)',
    '  - d not fetched yet',
  ]);
  const many = Array.from({ length: 100 }, (): RunEvent => ({
    type: 'file',
    name: 'x',
    status: 'verified',
    seconds: 1,
  }));
  expect(many.flatMap(textOf).length).toBe(100);
});

test('files that were not fetched yet are counted, and none of them is called failed', () => {
  const file: RunEvent = { type: 'file', name: 'a', status: 'not-fetched', seconds: 0 };
  expect(linesOf(file)).toEqual([]);
});

test('a wait is told with its date: a clock may be wrong by years', () => {
  const waiting: RunEvent = { type: 'waiting', until: '2036-11-26T04:38:02.123Z' };
  expect(linesOf(waiting)).toEqual(['  waiting for the quota until 04:38:02 UTC on 2036-11-26']);
});

test('the summary counts bytes that are proven', () => {
  const finished: RunEvent = {
    type: 'downloads-finished',
    verified: { files: 1, bytes: 3_000_000 },
    alreadyHere: { files: 1, bytes: 1_000_000 },
    failed: 1,
    notFetched: 0,
    seconds: 2,
  };
  expect(linesOf(finished)).toEqual(['  1 verified (size and MD5), 1 already here, 1 failed: 4 MB in 2.0 s, 1.5 MB/s']);
  expect(linesOf({ ...finished, failed: 0, notFetched: 30 })).toEqual([
    '  1 verified (size and MD5), 1 already here, 0 failed, 30 not fetched yet: 4 MB in 2.0 s, 1.5 MB/s',
  ]);
});

test('an error: what went wrong, what was expected, what came, what next', () => {
  const error = { code: 'SIZE_WRONG', name: 'a.zip', expected: 10, came: 9 } as const;
  expect(errorText(error)).toBe(
    'a.zip has the wrong size.\n  expected  10 bytes\n  received  9 bytes\n  next      It was discarded. Run the same command again: verified files are not downloaded twice.',
  );
});
