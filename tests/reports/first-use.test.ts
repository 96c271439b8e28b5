/** Sentences of pages that contradicted each other, or pointed to themselves, when the tool was used for the first time. */
import { expect, test } from 'vitest';
import { plainText } from '../../scripts/cli/output/plain-text';
import { campaignPage } from '../../scripts/reports/campaign/campaign-page';
import { pack } from '../../scripts/reports/campaign/campaign-picture';
import { notJudged, pictureOf } from '../../scripts/reports/campaign/picture-of-run';
import { runPage } from '../../scripts/reports/run/run-page';
import type { RunReport } from '../../scripts/reports/run/run-report';
import { goodReport, sampleReport } from './sample-report';

const textOf = (page: string): string =>
  page.replaceAll(/<(style|script)[^]*?<\/\1>|<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const pagesOf = (report: RunReport): string[] => [
  textOf(runPage(report)),
  textOf(campaignPage(report, pack(pictureOf(notJudged(report), report)))),
];

test('empty lists: the cause is in the headline, failed checks are named, and nothing is said of all of none', () => {
  const baselines = goodReport().baselines.map((baseline) => ({ ...baseline, adfs: [] }));
  const report = { ...sampleReport({ exitCode: 1, baselines, findings: [] }), files: [] };
  const failed = report.steps.flatMap(({ assertions }) => assertions.filter(({ ok }) => !ok).map(({ name }) => name));
  expect(failed.length).toBeGreaterThan(0);
  for (const text of pagesOf(report)) {
    expect(text).toMatch(/All 310 Level-0 products have empty lists: rdb\.svc names no auxiliary file for S3OLCI/);
    for (const name of failed) expect(text).toContain(name);
    expect(text).not.toMatch(/each has every type|all of them|[Tt]he report says|with their baseline|checked for size/);
  }
});

test('an interrupted run: what was not begun is not failed, and rates are rounded', () => {
  const files = goodReport().files.map((file) => ({ ...file, status: 'not-fetched' as const, bytes: 0 }));
  for (const text of pagesOf({ ...goodReport(), files, exitCode: 130 })) {
    expect(text).toContain('61 not fetched');
    expect(text).not.toMatch(/\b[1-9]\d* failed|\d\.\d{4}/);
  }
  const lines = plainText()({
    ...{ type: 'downloads-finished', verified: { files: 1, bytes: 3060 }, alreadyHere: { files: 0, bytes: 0 } },
    ...{ failed: 0, notFetched: 30, seconds: 8.1719 },
  }).join('\n');
  expect(lines).toMatch(/30 not fetched/);
  expect(lines).not.toMatch(/[1-9]\d* failed|\d\.\d{4}/);
});
