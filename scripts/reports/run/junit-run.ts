import type { JunitRun } from '../junit/junit';
import type { RunReport } from './run-report';

export type ReportedRun = Pick<RunReport, 'title' | 'startedAt' | 'environment' | 'siteUrl' | 'auxflowVersion'>;

/** What the JUnit files of a run say of it. */
export function junitRun({ title, startedAt, environment, siteUrl, auxflowVersion }: ReportedRun): JunitRun {
  return { startedAt, properties: { title, environment, site: siteUrl, auxflow: auxflowVersion } };
}
