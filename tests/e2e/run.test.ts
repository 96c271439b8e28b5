import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../scripts/reports/run/run-report';
import { sampleOf } from '../helpers/budget';
import { drawTests } from '../helpers/draw-tests';
import { type CliResult, placesIn, reportNames, runCli, temporaryFolder } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(6);

const S3 = 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const S1 = 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip';
const S1_UNKNOWN = 'S1A_IW_RAW__0NDV_20201001T062556_20201001T063833_034599_040733_8B28.SAFE.zip';
const S2 = 'S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar';

interface Run extends CliResult {
  folder: string;
  out: string;
  reports: string;
  report: RunReport;
}

async function run(words: string[], folder = temporaryFolder()): Promise<Run> {
  const result = await runCli([...words, ...placesIn(folder)]);
  const name = reportNames(path.join(folder, 'reports')).at(-1) ?? '';
  const reports = path.join(folder, 'reports', name);
  const report = JSON.parse(readFileSync(path.join(reports, 'run.json'), 'utf8')) as RunReport;
  return { ...result, folder, out: path.join(folder, 'out'), reports, report };
}

const md5 = (file: string): string => createHash('md5').update(readFileSync(file)).digest('hex');

/** Every file of the report is there under its name with its size and MD5, and nothing else is. */
function expectVerifiedFiles({ out, report }: Run): void {
  expect(readdirSync(out).sort()).toEqual(report.files.map(({ name }) => name).sort());
  for (const { name, md5: expected, bytes } of report.files) {
    expect([md5(path.join(out, name)), readFileSync(path.join(out, name)).length]).toEqual([expected, bytes]);
  }
}

describe('the tutorial', () => {
  test('auxflow tutorial: token, baseline, files, reports; run again, nothing is fetched twice', async () => {
    const first = await run(['tutorial']);
    expect([first.exitCode, first.stderr]).toEqual([0, '']);
    expectVerifiedFiles(first);
    expect(first.stdout).toMatch(
      /0 Authenticate[^]*Get a token[^]*1 Data baseline[^]*2 Auxiliary files[^]*Download[^]*44 auxiliary files here, each with the right size and MD5/,
    );
    expect(first.report.baselines.length).toBeGreaterThan(290);
    const ppp = first.report.files.find(({ name }) => name.startsWith('S3A_OL_2_PPP_AX'));
    expect(ppp).toMatchObject({ status: 'verified', neededBy: first.report.baselines.length });
    expect(readdirSync(first.reports).sort()).toEqual([
      'answers',
      'campaign.html',
      'campaign.json',
      'index.html',
      'junit-files.xml',
      'junit.xml',
      'newman.html',
      'run.json',
    ]);

    const second = await run(['tutorial'], first.folder);
    expect([second.exitCode, new Set(second.report.files.map(({ status }) => status))]).toEqual([
      0,
      new Set(['already-here']),
    ]);
    expectVerifiedFiles(second);
  });

  test('the saved answer is the body as it came', async () => {
    const { reports } = await run(['run', '-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR', '-l0', S3]);
    const answer = readFileSync(path.join(reports, 'answers', 'baseline-1.json'), 'utf8');
    expect(answer).toMatch(
      /^\{"@odata\.context":"\$metadata#Collection\(OData\.CSC\.DataBaseline\)","value":\[\{"Level0":"S3A_OL_0_EFR/,
    );
  });

  const BY_NAME = [
    ['S1SAR', 'L1SLC', S1, true],
    ['S1SAR', 'L1SLC', S1_UNKNOWN, false],
    ['S2MSI', 'L1C', S2, true],
  ] as const;

  test.each(sampleOf(BY_NAME, 1))('%s %s by name %s', async (mission, productType, name, known) => {
    const result = await run(['run', '-m', mission, '-su', 'A', '-pt', productType, '-l0', name]);
    expect(result.exitCode).toBe(0);
    expect(result.report.baselines.map(({ level0, found }) => [level0, found])).toEqual([[name, known]]);
    expect(result.report.files.length).toBeGreaterThan(3);
    expectVerifiedFiles(result);
    expect(result.report.findings.map(({ severity }) => severity)).toEqual(known ? [] : ['warning']);
  });

  test('names from a file, more than one URL can carry: one call per 2000 characters, one token for all', async () => {
    const sandbox = await withSandbox();
    const folder = temporaryFolder();
    const hours = Array.from({ length: 40 }, (_, index) => String(index).padStart(2, '0'));
    const names = hours.map((index) =>
      S3.replace('20240301T010412_20240301T010610', `20240301T0104${index}_20240301T0106${index}`),
    );
    writeFileSync(path.join(folder, 'names.txt'), `# a comment\n${names.join('\n')}\n`);
    const words = [
      'run',
      '--site-url',
      sandbox.siteUrl,
      '-m',
      'S3OLCI',
      '-su',
      'A',
      '-pt',
      'L2LFR',
      '-l0',
      `@${folder}/names.txt`,
    ];
    const { exitCode, report } = await run(words, folder);
    expect([exitCode, report.baselines.length]).toEqual([0, 40]);
    const calls = sandbox.requests.filter(({ url }) => url.includes('getReprocessingDataBaseline'));
    expect(calls.length).toBe(3);
    for (const { url } of calls) expect(sandbox.siteUrl.length + url.length).toBeLessThan(2000);
    // One for Newman, one for the downloads.
    expect(sandbox.requests.filter(({ method }) => method === 'POST').length).toBe(2);
  });
});

describe('what a run says', () => {
  test('--json: one event per line, nothing else on standard output', async () => {
    const { exitCode, stdout } = await run(['run', '--json', '-m', 'S1SAR', '-su', 'A', '-pt', 'L1SLC', '-l0', S1]);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(exitCode).toBe(0);
    expect([events[0], events.at(-1)]).toEqual(['run-started', 'run-finished']);
    expect(new Set(events)).toEqual(
      new Set([
        'run-started',
        'step',
        'answer-saved',
        'downloads-started',
        'file',
        'progress',
        'downloads-finished',
        'run-finished',
      ]),
    );
  });

  test('an interval without products is not green; --fail-on-empty tells it from a broken contract', async () => {
    const words = [
      'run',
      '-m',
      'S3OLCI',
      '-su',
      'A',
      '-pt',
      'L2LFR',
      '-t0',
      '1999-03-01T00:00:00Z',
      '-t1',
      '1999-03-02T00:00:00Z',
    ];
    const plain = await run(words);
    expect([plain.exitCode, plain.stdout]).toEqual([
      1,
      expect.stringMatching(/The interval holds at least one Level-0 product/),
    ]);
    const told = await run([...words, '--fail-on-empty']);
    expect([told.exitCode, told.stdout]).toEqual([
      9,
      expect.stringMatching(/Nothing to do: the service knows no Level-0 product/),
    ]);
  });

  test('the pages ask for nothing from any network', async () => {
    const { reports } = await run(['run', '-m', 'S1SAR', '-su', 'A', '-pt', 'L1SLC', '-l0', S1]);
    for (const page of ['index.html', 'newman.html']) {
      const html = readFileSync(path.join(reports, page), 'utf8');
      expect(html, page).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src /);
      expect(html, page).not.toMatch(/(?:src|href)="https?:\/\/(?:cdn|stackpath|fonts|ajax)/);
    }
  });
});
