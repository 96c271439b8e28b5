/** Campaigns and task tables that are damaged, strange or from another clock, through the real command line: what can be judged is. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { CampaignLock } from '../../scripts/campaign/lock/campaign-lock';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { ROOT } from '../../scripts/lib/package-root';
import { writeReport } from '../../scripts/campaign/report/run-report-files';
import { makeUpCampaign } from '../helpers/made-up-campaign';
import { runCli, temporaryFolder } from '../helpers/run-cli';
import { sampleReport } from '../reports/sample-report';

const TABLE = path.join(ROOT, 'tests/fixtures/task-tables/plain.xml');
const XML = readFileSync(TABLE, 'utf8');
const LEVEL0 =
  'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const ORDINARY = { mission: 'S3OLCI', productType: 'L1EFR', level0: [LEVEL0] };
const NEW_TYPE = 'S3A_XX_9_NEW_AX_20240101T000000_20991231T235959_20240101T000000___________________MPC_O_AL_001.SEN3';

/** The folder of a campaign of which something is changed. */
function campaign(change: (lock: CampaignLock) => Partial<CampaignLock> = () => ({})): string {
  const folder = temporaryFolder();
  const lock = makeUpCampaign({ ...ORDINARY, folder });
  makeUpCampaign({ ...ORDINARY, folder, changes: change(lock) });
  return folder;
}

/** With two more files: of a type that nobody knows, and of a name of no known form. */
function withUnknownFiles({ files, level0 }: CampaignLock): Partial<CampaignLock> {
  const file = (digit: number, name: string, type: string): CampaignLock['files'][number] => ({
    ...{ id: `00000000-0000-4000-8000-00000000000${digit}`, name, type, state: 'wanted' },
  });
  return {
    files: [...files, file(1, NEW_TYPE, 'XX_9_NEW_AX'), file(2, 'no_pattern.at-all', 'UNKNOWN')],
    level0: level0.map((row) => ({ ...row, files: [...row.files, files.length, files.length + 1] })),
  };
}

function half(folder: string): string {
  const lock = path.join(folder, 'auxflow.lock.json');
  const text = readFileSync(lock, 'utf8');
  writeFileSync(lock, text.slice(0, text.length / 2));
  return folder;
}

function table(change: (xml: string) => string): string {
  const file = path.join(temporaryFolder(), 'table.xml');
  writeFileSync(file, change(XML));
  return file;
}

const check = (folder: string, file = TABLE, ...rest: string[]): string[] => [
  'check',
  folder,
  '--task-table',
  file,
  ...rest,
];
const FILLED = /Every mandatory input of 1 task table that the services have files for is filled/;
const SKEWED = { updatedAt: '2099-01-01T00:00:00Z' };
const absent = { path: 'answers/baseline-1.json', url: 'http://127.0.0.1:1/rdb.svc', bytes: 3, sha256: 'a'.repeat(64) };

const CASES: readonly (readonly [what: string, words: () => string[], exitCode: number, said: readonly RegExp[]])[] = [
  ['half a lock', () => check(half(campaign())), 6, [/auxflow\.lock\.json is damaged: it is not JSON/]],
  [
    'half a lock among others',
    () => ['impact', half(campaign()), campaign(withUnknownFiles), '--adf', NEW_TYPE],
    6,
    [/is damaged/, /1 Level-0 product used .*, in 1 of 1 lock of 2/],
  ],
  ['answers that are not there', () => check(campaign(() => ({ answers: [absent] }))), 0, [FILLED]],
  [
    'answers that are not there, verified',
    () => ['verify', campaign(() => ({ answers: [absent] }))],
    1,
    [/baseline-1\.json is missing/],
  ],
  [
    'unknown types and names',
    () => check(campaign(withUnknownFiles)),
    0,
    [FILLED, /no input of the table: .*UNKNOWN.*XX_9_NEW_AX/],
  ],
  [
    'unknown types in a comparison',
    () => ['diff', campaign(), campaign(withUnknownFiles)],
    1,
    [/XX_9_NEW_AX 1 Level-0 product/, /\+ no_pattern\.at-all/],
  ],
  ['a lock of another clock', () => check(campaign(() => SKEWED)), 0, [FILLED]],
  ['locks of other clocks', () => ['diff', campaign(() => SKEWED), campaign()], 0, [/./]],
  [
    'products outside the patterns',
    () => check(campaign(({ level0 }) => ({ level0: [{ ...level0[0]!, name: 'S3A_SOMETHING' }, ...level0] }))),
    0,
    [/S3A_SOMETHING/, /says no sensing time/, /3 inputs could not be judged/],
  ],
  [
    'another namespace',
    () =>
      check(
        campaign(),
        table((xml) => xml.replace('<Ipf_Task_Table', '<Ipf_Task_Table xmlns="urn:example:other"')),
      ),
    0,
    [FILLED],
  ],
  [
    'an alternative that nobody has',
    () =>
      check(
        campaign(),
        table((xml) => xml.replaceAll('AX___FRO_AX', 'AX___XXX_AX')),
      ),
    0,
    [/AX___XXX_AX \| AX___FPO_AX: by AX___FPO_AX/],
  ],
  [
    'a mode that the table lacks',
    () => check(campaign(), TABLE, '--mode', 'STC'),
    0,
    [/the table has no mode STC, only NRT, NTC/],
  ],
  [
    'inputs without a mode',
    () =>
      check(
        campaign(),
        table((xml) => xml.replaceAll(/<Mode>\w+<\/Mode>/g, '')),
      ),
    0,
    [/has no Mode: it counts as ALWAYS/],
  ],
  [
    'half a table',
    () =>
      check(
        campaign(),
        table((xml) => xml.slice(0, xml.length / 2)),
      ),
    2,
    [/not well-formed XML/],
  ],
];

test.each(CASES)('%s: said, and the rest is judged', async (_what, words, exitCode, said) => {
  const result = await runCli(words());
  const text = result.stdout + result.stderr;
  for (const expected of said) expect(text).toMatch(expected);
  expect(result.exitCode).toBe(exitCode);
  expect(text).not.toMatch(/\n\s+at |NaN|undefined|Invalid Date/);
});

test('a report whose clock went backwards has its pages', async () => {
  const folder = temporaryFolder();
  const { startedAt, finishedAt, ...rest } = sampleReport();
  const report = { ...rest, startedAt: finishedAt, finishedAt: startedAt };
  await writeReport(report, { folder, redactor: createRedactor() });
  const { exitCode } = await runCli(['report', folder]);
  expect(exitCode).toBe(0);
  const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
  expect(page).toContain('took 0 ms');
  expect(page).not.toMatch(/NaN|Invalid Date|took -/);
});
