import { groupBy } from '../../lib/group-by';
import { junit, type JunitOutcome } from '../../reports/junit/junit';
import type { CaseResult, ContractReport } from './contract-report';

/** JUnit XML of a contract run: a suite per resource, a test case per case; known deviations and untested cases are skipped. */
export function contractJunit(report: ContractReport): string {
  const {
    cases,
    startedAt,
    environment,
    siteUrl: site,
    profile,
    seed,
    auxflowVersion: auxflow,
    collectionVersion,
  } = report;
  const suites = [...groupBy(cases, ({ folder }) => folder)].map(([name, own]) => ({
    name,
    cases: own.map((item) => {
      const { name, folder: classname, milliseconds } = item;
      return { classname, name, seconds: milliseconds / 1000, outcome: outcomeOf(item) };
    }),
  }));
  return junit(suites, {
    startedAt,
    properties: {
      environment,
      site,
      profile,
      seed,
      auxflow,
      ...(collectionVersion === undefined ? {} : { collection: collectionVersion }),
    },
  });
}

function outcomeOf({
  verdict,
  severity,
  problems,
  deviation,
  reason,
  curl,
  source,
}: CaseResult): JunitOutcome | undefined {
  switch (verdict) {
    case 'kept':
      return undefined;
    case 'pinned':
      return { is: 'skipped', message: `known deviation: ${deviation?.says ?? ''}` };
    case 'untested':
      return { is: 'skipped', message: `not tested: ${reason ?? 'nothing was checked'}` };
    default: {
      const lines = problems.map(
        ({ promise, got, cause }) => `${promise}: ${got}${cause === undefined ? '' : ` (${cause})`}`,
      );
      const text = [
        ...lines,
        '',
        `${source.cite}: ${source.says}`,
        ...(source.url === undefined || source.url === source.cite ? [] : [source.url]),
        curl,
      ].join('\n');
      return { is: 'failure', type: severity, message: lines[0] ?? '', text };
    }
  }
}
