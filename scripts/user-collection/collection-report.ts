import path from 'node:path';
import { inTarget } from '../errors/target-failure';
import { duration, plural } from '../lib/format';
import type { Redactor } from '../lib/redact/redact';
import { writeTogether, type Content } from '../lib/write-file-atomic';
import { NEWMAN_PAGE } from '../newman/run-collection';
import type { RunStep } from '../newman/run-step';
import { factsList } from '../reports/page/facts-list';
import { html } from '../reports/page/html';
import { page } from '../reports/page/page';
import { checksJunit } from '../reports/run/checks-junit';
import type { Finding, ReportedStep } from '../reports/run/run-report';
import { stepsSection } from '../reports/run/steps-section';
import { findingsSection } from '../reports/run/verdict-section';

/** A run of a collection of the user's as data, without secrets. Times are ISO 8601 in UTC, offsets milliseconds since the start. */
export interface CollectionReport {
  readonly command: 'run';
  readonly auxflowVersion: string;
  /** Of the collection. */
  readonly title: string;
  /** The file or folder it was read from. */
  readonly collection: string;
  /** Name of the environment: sandbox, production, or a file's. */
  readonly environment: string;
  /** Empty where the environment names none. */
  readonly siteUrl: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly steps: readonly ReportedStep[];
  readonly findings: readonly Finding[];
  readonly exitCode: number;
}

const JUNIT = 'junit.xml';
const DATA = 'collection.json';
export const PAGE = 'index.html';

/**
 * Writes index.html, junit.xml and collection.json beside Newman's own page: all of them or none.
 * @throws Failure DISK_FULL, TARGET_UNWRITABLE
 */
export async function writeCollectionReport(
  report: CollectionReport,
  { folder, redactor }: { readonly folder: string; readonly redactor: Redactor },
): Promise<void> {
  const shown = redactor.shown(report);
  const content = (name: string, text: string): Content => ({
    file: path.join(folder, name),
    pieces: [redactor.document(text)],
  });
  const files = [
    content(PAGE, collectionPage(shown)),
    content(JUNIT, checksJunit({ ...shown, files: [] })),
    content(DATA, `${JSON.stringify(shown, null, 2)}\n`),
  ];
  await inTarget(folder, () => writeTogether(files));
}

export function reportedStep(step: RunStep, beganAt: number): ReportedStep {
  const { name, folder, method, url, status, milliseconds, bytes, assertions, skipped, fault } = step;
  const place = { call: step.iteration + 1, startMilliseconds: step.startedAt - beganAt };
  return { name, folder, method, url, status, milliseconds, bytes, assertions, skipped, fault, ...place };
}

/** The run in one sentence. */
export function collectionSentence({ steps, findings }: Pick<CollectionReport, 'steps' | 'findings'>): string {
  const checks = steps.flatMap(({ assertions }) => assertions);
  const failed = checks.filter(({ ok }) => !ok).length;
  const sent = steps.filter(({ skipped }) => !skipped).length;
  const counted = `${plural(sent, 'request')}, ${plural(checks.length, 'check')}`;
  if (failed > 0) return `${failed} of ${plural(checks.length, 'check')} failed in ${plural(sent, 'request')}.`;
  const [cause] = findings;
  return cause ? `${cause.title} (${counted})` : `All checks passed: ${counted}.`;
}

function collectionPage(report: CollectionReport): string {
  const { title, collection, environment, startedAt, finishedAt, exitCode, auxflowVersion } = report;
  const isGood = exitCode === 0;
  const took = duration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
  const facts: [string, string][] = [
    ['Collection', collection],
    ['Environment', environment],
    ['When', `${startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}, took ${took}`],
  ];
  return page({
    title: `${title} (${environment})`,
    kind: 'auxflow collection report',
    heading: title,
    subject: environment,
    auxflowVersion,
    body: html`<section class="verdict ${isGood ? 'good' : 'bad'}" aria-label="Verdict">
        <span class="sign" aria-hidden="true">${isGood ? '✓' : '✗'}</span>
        <div>
          <strong>${collectionSentence(report)}</strong>
          <p>Exit code ${exitCode}.</p>
        </div>
      </section>
      <section aria-labelledby="request">
        <h2 id="request">Run</h2>
        ${factsList(facts)}
        <ul class="links">
          <li><a href="${NEWMAN_PAGE}">Newman report: every request, answer and check</a></li>
          <li><a href="${JUNIT}">JUnit XML of the checks</a></li>
          <li><a href="${DATA}">This page as data</a></li>
        </ul>
      </section>
      ${findingsSection(report.findings)}${stepsSection(report)}`,
  });
}
