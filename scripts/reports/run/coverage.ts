import type { ReportedBaseline } from './run-report';

/** Which L0 product has ADFs of which type. A type is expected of an L0 product when another one of the same request has it. */
export interface Coverage {
  /** Names of the L0 products with a baseline, in the order of the columns. */
  readonly level0: readonly string[];
  readonly types: readonly TypeCoverage[];
  /** L0 products with the same types missing, most common first. */
  readonly gaps: readonly CoverageGap[];
  /** L0 products that are not in the service's table; it may have chosen ADFs by the times in their names. */
  readonly unknown: readonly string[];
}

export interface TypeCoverage {
  readonly type: string;
  /** Per L0 product of `level0`: how many ADFs of this type it has. */
  readonly counts: readonly number[];
  readonly covered: number;
  readonly distinct: number;
}

export interface CoverageGap {
  readonly missing: readonly string[];
  readonly level0: readonly string[];
}

const UNTYPED = 'other';

/** L0 products by name, which is by time within a mission; ADF types by name. */
export function coverageOf(baselines: readonly ReportedBaseline[]): Coverage {
  const listed = baselines.filter(({ found, adfs }) => found || adfs.length > 0).sort(byLevel0);
  const counts = listed.map(({ adfs }) => countByType(adfs));
  const types = [...new Set(counts.flatMap((count) => [...count.keys()]))].sort();
  const distinct = distinctByType(listed);
  return {
    level0: listed.map(({ level0 }) => level0),
    types: types.map((type) => {
      const perLevel0 = counts.map((count) => count.get(type) ?? 0);
      const covered = perLevel0.filter((count) => count > 0).length;
      return { type, counts: perLevel0, covered, distinct: distinct.get(type)?.size ?? 0 };
    }),
    gaps: gapsOf(
      listed.map(({ level0 }, index) => ({ level0, missing: types.filter((type) => !counts[index]?.has(type)) })),
    ),
    unknown: baselines
      .filter(({ found }) => !found)
      .map(({ level0 }) => level0)
      .sort(),
  };
}

function byLevel0(a: ReportedBaseline, b: ReportedBaseline): number {
  return a.level0 < b.level0 ? -1 : Number(a.level0 > b.level0);
}

function countByType(adfs: ReportedBaseline['adfs']): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { type = UNTYPED } of adfs) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

function distinctByType(baselines: readonly ReportedBaseline[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const { adfs } of baselines) {
    for (const { name, type = UNTYPED } of adfs) names.set(type, (names.get(type) ?? new Set()).add(name));
  }
  return names;
}

function gapsOf(lacking: readonly { level0: string; missing: readonly string[] }[]): CoverageGap[] {
  const gaps = new Map<string, { missing: readonly string[]; level0: string[] }>();
  for (const { level0, missing } of lacking) {
    if (missing.length === 0) continue;
    const key = missing.join('\n');
    const gap = gaps.get(key) ?? { missing, level0: [] };
    gap.level0.push(level0);
    gaps.set(key, gap);
  }
  return [...gaps.values()].sort((a, b) => b.level0.length - a.level0.length);
}
