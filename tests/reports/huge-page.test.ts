import { expect, test } from 'vitest';
import { coverageStrip } from '../../scripts/reports/run/coverage-svg';
import { runPage } from '../../scripts/reports/run/run-page';
import type { ReportedFile, RunReport } from '../../scripts/reports/run/run-report';
import { sampleReport } from './sample-report';

/** The rows of a list over and over, each with its number. */
const many = <Row>(rows: readonly Row[], count: number, change: (row: Row, index: number) => Row): Row[] =>
  Array.from({ length: count }, (_none, index) => change(rows[index % rows.length]!, index));

/** 50 000 files, of which the last but one failed, and the requests of 20 000 Level-0 products. */
function hugeReport(): RunReport {
  const report = sampleReport();
  const verified = report.files.filter(({ status }) => status === 'verified');
  const files = many(verified, 50_000, (file, index): ReportedFile => {
    const moved = { ...file, name: `${index}-${file.name}`, startMilliseconds: index * 100, seconds: 0.3 };
    return index === 49_998 ? { ...moved, status: 'failed', error: 'The disk is on fire.' } : moved;
  });
  const step = { ...report.steps[1]!, url: `http://127.0.0.1:1/rdb.svc/x(l0_names='${'x'.repeat(1900)}')` };
  return {
    ...report,
    files,
    request: {
      ...report.request,
      level0Names: many(['S3A_OL_0_EFR____20240301T'], 15_000, (name, index) => `${name}${index}`),
    },
    steps: many([step], 1200, (row, index) => ({ ...row, startMilliseconds: index * 1000 })),
    baselines: many(report.baselines, 20_000, (row, index) => ({ ...row, level0: `${row.level0}-${index}` })),
    findings: many(report.findings, 50_000, (finding, index) => ({ ...finding, title: `${finding.title} ${index}` })),
  };
}

test('the page of a huge campaign stays small, says what it leaves out, and shows what failed', () => {
  const page = runPage(hugeReport());
  expect(Buffer.byteLength(page)).toBeLessThan(5e6);
  for (const [most, all] of [
    ['2000', '50000'],
    ['1000', '15000'],
    ['1000', '20000'],
    ['300', '1200'],
    ['200', '50000'],
  ])
    expect(page).toContain(`The first ${most} of ${all} are shown; all are in <a href="run.json">run.json</a>`);
  expect(page).toContain('and, of a fetch, in manifest.csv beside the files.');
  expect(page).toContain('The disk is on fire.');
  expect(page.match(/<td class="name md5">/g)).toHaveLength(2000);
  expect(page).toContain('50000 transfers, up to 3 at once; drawn are 2000, the failed and the longest');
  expect(page.match(/class="bar transfer"/g)).toHaveLength(1999);
  expect(page).toMatch(/class="bar failed"[^>]*><title>49998-/);
  expect(page).not.toMatch(/>(49997|49999)-/);
});

test('a page of a usual size leaves nothing out', () => {
  const page = runPage(sampleReport());
  expect(page).not.toContain('are shown; all');
  expect(page).not.toContain('drawn are');
});

test('gaps too near to be told apart are one', () => {
  const counts = Array.from({ length: 20_000 }, (_none, column) => (column < 10_000 ? column % 2 : 1));
  const strip = coverageStrip({ type: 'OL_1_CAL_AX', counts, covered: 15_000, distinct: 1 }).html;
  expect(strip.match(/class="lacks"/g)).toHaveLength(1);
  expect(strip).toContain('x="0" width="9999"');
});
