import type { RunReport } from '../../reports/run/run-report';

type Adf = RunReport['baselines'][number]['adfs'][number];

/** A report that was read, with each auxiliary file once in memory, however many Level-0 products name it. */
export function sharedReferences(report: RunReport): RunReport {
  const known = new Map<string, Adf>();
  const shared = (adf: Adf): Adf => {
    const first = known.get(adf.name) ?? adf;
    known.set(adf.name, first);
    return first;
  };
  return { ...report, baselines: report.baselines.map((row) => ({ ...row, adfs: row.adfs.map(shared) })) };
}
