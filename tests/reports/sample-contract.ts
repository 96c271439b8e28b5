import {
  causeWords,
  sourceOf,
  type CaseResult,
  type ContractReport,
} from '../../scripts/contract-suite/report/contract-report';

/** A case of the report that was kept, with some of it changed. */
export function sampleCase(fields: Partial<CaseResult> = {}): CaseResult {
  return {
    key: 'a-case',
    name: 'A page holds 1000 rows',
    folder: 'auxip.svc pages',
    severity: 'contract',
    source: sourceOf({ basis: 'observed', cite: 'auxip.md#query-options', says: 'Pages of 1000.' }),
    verdict: 'kept',
    held: 3,
    problems: [],
    curl: `curl -g -H 'Authorization: Bearer ***' 'https://site.example/auxip.svc/Products?$top=1'`,
    status: 200,
    requests: 1,
    milliseconds: 250,
    ...fields,
  };
}

const PROBLEM = { promise: 'Status is 200', got: 'got 502', ...causeWords('proxyDown') };

/** Each verdict and severity once, in two folders. */
export function sampleContract(fields: Partial<ContractReport> = {}): ContractReport {
  return {
    auxflowVersion: '1.2.3',
    startedAt: '2024-03-01T10:20:30.400Z',
    seconds: 61,
    environment: 'sandbox',
    siteUrl: 'https://site.example',
    profile: 'adg',
    seed: '20240301',
    costs: { 'leaks a connection': 0, 'logs an exception': 8, 'failed login': 1, '$value grant': 3 },
    latency: [],
    exitCode: 1,
    findings: [],
    cases: [
      sampleCase(),
      sampleCase({
        key: 'shape',
        name: 'Shape',
        severity: 'shape',
        verdict: 'broken',
        problems: [PROBLEM],
        status: 502,
      }),
      sampleCase({ key: 'data', name: 'Data', severity: 'data', verdict: 'broken', problems: [PROBLEM, PROBLEM] }),
      sampleCase({
        key: 'pinned',
        name: 'Pinned',
        verdict: 'pinned',
        deviation: sourceOf({ basis: 'icd', cite: 'auxip.md#specification-icd', says: '401 when unauthenticated.' }),
      }),
      sampleCase({
        key: 'news',
        name: 'News',
        folder: 'Downloads',
        verdict: 'news',
        problems: [{ promise: 'news: x', got: 'gone' }],
      }),
      sampleCase({
        key: 'untested',
        name: 'Untested',
        folder: 'Downloads',
        verdict: 'untested',
        reason: 'x not known',
        held: 0,
        status: undefined,
      }),
    ],
    ...fields,
  };
}

/** The report with this text wherever a text of the service or of a case can stand. */
export function contractFilledWith(text: string): ContractReport {
  const report = sampleContract({ environment: text, siteUrl: text, profile: text });
  const source = { ...sourceOf({ basis: 'observed', cite: 'auxip.md#lists', says: text }), url: text };
  const problems = [{ promise: text, got: text, cause: text }];
  const cases = report.cases.map((item) => ({
    ...item,
    ...{ name: text, folder: text, curl: text, source },
    ...(item.deviation ? { deviation: source } : {}),
    ...(item.reason === undefined ? {} : { reason: text }),
    problems: item.problems.length > 0 ? problems : [],
  }));
  return { ...report, cases };
}
