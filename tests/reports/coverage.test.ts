import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../scripts/reports/run/coverage';
import { coverageSection } from '../../scripts/reports/run/coverage-section';
import { coverageStrip } from '../../scripts/reports/run/coverage-svg';
import type { ReportedBaseline } from '../../scripts/reports/run/run-report';

const baseline = (level0: string, ...types: string[]): ReportedBaseline => ({
  level0,
  found: true,
  adfs: types.map((type) => ({ name: `${type}-file`, type })),
});

describe('coverage', () => {
  const coverage = coverageOf([
    baseline('L0-c', 'A', 'B'),
    baseline('L0-a', 'A', 'A', 'B'),
    baseline('L0-b', 'A'),
    { level0: 'L0-z', found: false, adfs: [] },
    { level0: 'L0-y', found: false, adfs: [{ name: 'no type' }] },
  ]);

  it('counts per type and L0 product, in the order of names', () => {
    expect(coverage.level0).toEqual(['L0-a', 'L0-b', 'L0-c', 'L0-y']);
    expect(coverage.types).toEqual([
      { type: 'A', counts: [2, 1, 1, 0], covered: 3, distinct: 1 },
      { type: 'B', counts: [1, 0, 1, 0], covered: 2, distinct: 1 },
      { type: 'other', counts: [0, 0, 0, 1], covered: 1, distinct: 1 },
    ]);
  });

  it('groups L0 products by what they lack, and names the unknown ones', () => {
    expect(coverage.gaps).toEqual([
      { missing: ['other'], level0: ['L0-a', 'L0-c'] },
      { missing: ['B', 'other'], level0: ['L0-b'] },
      { missing: ['A', 'B'], level0: ['L0-y'] },
    ]);
    expect(coverage.unknown).toEqual(['L0-y', 'L0-z']);
  });

  it('of nothing is nothing', () => {
    expect(coverageOf([])).toEqual({ level0: [], types: [], gaps: [], unknown: [] });
  });
});

describe('the sentence above', () => {
  it('compares products where there are several', () => {
    const lead = (count: number): string => {
      const { html } = coverageSection(['a', 'b'].slice(0, count).map((name) => baseline(name, 'A')));
      return /<p class="lead">(.*?)<\/p>/.exec(html)?.[1] ?? '';
    };
    expect(lead(1)).toBe('1 ADF type for 1 L0 product.');
    expect(lead(2)).toBe('1 ADF type for 2 L0 products: none lacks a type that another one has.');
  });
});

describe('the strip of a type', () => {
  it('joins neighbours that lack it', () => {
    const { html } = coverageStrip({ type: '<A>', counts: [0, 0, 1, 1, 0, 1], covered: 3, distinct: 1 });
    expect(html.match(/class="lacks" x="\d+" width="\d+"/g)).toEqual([
      'class="lacks" x="0" width="2"',
      'class="lacks" x="4" width="1"',
    ]);
    expect(html).toContain('<title>&lt;A&gt;: 3 of 6 L0 products have it</title>');
  });
});
