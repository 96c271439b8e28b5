/** The reports of the shards of a run as the report that one machine would have written. Pure: data in, data out. */
import { worstExitCode } from '../../errors/exit-codes';
import { groupBy } from '../../lib/group-by';
import { plural } from '../../lib/format';
import { CASE_FOLDERS } from '../folders';
import type { SelectionFacts } from '../learned';
import type { CaseResult, ContractReport } from './contract-report';
import { costSum } from './cost-sum';
import { LATENCY, type Latency } from './latency';
import { findingFacts, withRootCauses } from './root-causes';

export interface ShardReport {
  /** The folder it was read from. */
  readonly place: string;
  readonly report: ContractReport;
}

/** Why they are not the shards of one run; none where they are. */
export function shardProblems(shards: readonly ShardReport[]): string[] {
  const [first] = shards;
  if (!first) return ['no report is given'];
  const whole = shards.filter(({ report }) => !report.shard).map(({ place }) => `${place} is not a shard`);
  if (whole.length > 0) return whole;
  const isSandbox = shards.every(({ report }) => report.environment === 'sandbox');
  const mixed = [
    ...differing(shards, 'version', ({ auxflowVersion }) => auxflowVersion),
    ...differing(shards, 'collection', ({ collectionVersion }) => String(collectionVersion)),
    ...differing(shards, 'environment', ({ environment }) => environment),
    // Each machine may have a sandbox of its own.
    ...(isSandbox ? [] : differing(shards, 'site', ({ siteUrl }) => siteUrl)),
    ...differing(shards, 'profile', ({ profile }) => profile),
    ...differing(shards, 'seed', ({ seed }) => seed),
    ...differing(shards, 'number of shards', ({ shard }) => String(shard?.of)),
  ];
  return mixed.length > 0 ? mixed : [...twice(shards), ...missing(shards), ...casesTwice(shards)];
}

function differing(
  shards: readonly ShardReport[],
  what: string,
  valueOf: (report: ContractReport) => string,
): string[] {
  const values = groupBy(shards, ({ report }) => valueOf(report));
  if (values.size < 2) return [];
  const named = Array.from(values, ([value, own]) => `${value} in ${own.map(({ place }) => place).join(' and ')}`);
  return [`the ${what} differs: ${named.join(', ')}`];
}

const nameOf = ({ report: { shard } }: ShardReport): string => `${shard?.index ?? ''}/${shard?.of ?? ''}`;

function twice(shards: readonly ShardReport[]): string[] {
  return [...groupBy(shards, nameOf)]
    .filter(([, own]) => own.length > 1)
    .map(([name, own]) => `shard ${name} is given ${own.length} times: ${own.map(({ place }) => place).join(', ')}`);
}

function missing(shards: readonly ShardReport[]): string[] {
  const of = shards[0]?.report.shard?.of ?? 0;
  const here = new Set(shards.map(({ report }) => report.shard?.index));
  const absent = Array.from({ length: of }, (_, index) => index + 1).filter((index) => !here.has(index));
  return absent.length === 0 ? [] : [`missing: ${absent.map((index) => `shard ${index}/${of}`).join(', ')}`];
}

/** Shards of different selections. */
function casesTwice(shards: readonly ShardReport[]): string[] {
  const folders = shards.flatMap((shard) =>
    [...new Set(shard.report.cases.map(({ folder }) => folder))]
      .filter((folder) => folder !== LATENCY)
      .map((folder) => ({ folder, name: nameOf(shard) })),
  );
  return [...groupBy(folders, ({ folder }) => folder)]
    .filter(([, own]) => own.length > 1)
    .map(
      ([folder, own]) => `${folder} is in ${plural(own.length, 'shard')}: ${own.map(({ name }) => name).join(', ')}`,
    );
}

/**
 * One report of all. Its exit code is the worst of the shards', so that what ended one of them is not lost; whether promises are broken
 * is left to whoever looks at all cases. Medians of latencies are averages, weighted by the number of answers.
 */
export function mergeShards(shards: readonly [ShardReport, ...ShardReport[]]): ContractReport {
  const reports = shards.map(({ report }) => report);
  const began = Math.min(...reports.map(({ startedAt }) => Date.parse(startedAt)));
  const ended = Math.max(...reports.map(({ startedAt, seconds }) => Date.parse(startedAt) + seconds * 1000));
  const cases = withRootCauses(inOrder(reports.flatMap((report) => report.cases)));
  const selection = mergedSelection(reports.flatMap((report) => report.selection ?? []));
  return {
    ...shards[0].report,
    shard: undefined,
    startedAt: new Date(began).toISOString(),
    seconds: (ended - began) / 1000,
    cases,
    costs: costSum(cases),
    latency: mergedLatency(reports.flatMap((report) => report.latency)),
    findings: findingFacts(cases),
    ...(selection ? { selection } : {}),
    exitCode: worstExitCode(reports.map(({ exitCode }) => exitCode)),
  };
}

/** The suite's order; a limit of `--max-seconds` once, with the worst of its verdicts. */
function inOrder(cases: readonly CaseResult[]): CaseResult[] {
  const places = new Map(CASE_FOLDERS.map(({ name }, place) => [name, place]));
  const placeOf = ({ folder }: CaseResult): number => places.get(folder) ?? places.size;
  const limits = [
    ...groupBy(
      cases.filter(({ folder }) => folder === LATENCY),
      ({ key }) => key,
    ).values(),
  ];
  const rank = ({ verdict }: CaseResult): number => ['broken', 'kept', 'untested'].indexOf(verdict);
  return [
    ...cases.filter(({ folder }) => folder !== LATENCY).toSorted((a, b) => placeOf(a) - placeOf(b)),
    ...limits.flatMap((own) => own.toSorted((a, b) => rank(a) - rank(b)).slice(0, 1)),
  ];
}

function mergedLatency(rows: readonly Latency[]): Latency[] {
  return [...groupBy(rows, ({ kind }) => kind).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const count = own.reduce((sum, row) => sum + row.count, 0);
    const mean = (of: (row: Latency) => number): number =>
      own.reduce((sum, row) => sum + of(row) * row.count, 0) / count;
    return [
      {
        ...first,
        count,
        min: Math.min(...own.map(({ min }) => min)),
        median: mean(({ median }) => median),
        p90: mean(({ p90 }) => p90),
        max: Math.max(...own.map(({ max }) => max)),
      },
    ];
  });
}

function mergedSelection(facts: readonly SelectionFacts[]): SelectionFacts | undefined {
  const last = facts.at(-1);
  return last && { ...last, types: facts.flatMap(({ types }) => types) };
}
