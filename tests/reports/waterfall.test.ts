import { describe, expect, it } from 'vitest';
import { axisOf } from '../../scripts/reports/page/time-axis';
import { lanesOf, waterfallSvg, type Span } from '../../scripts/reports/run/waterfall-svg';
import { sampleReport } from './sample-report';

const span = (start: number, length: number): Span => ({ start, length, kind: 'transfer', title: `${start}` });

describe('the time axis', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [950, [0, 200, 400, 600, 800]],
    [23_000, [0, 5_000, 10_000, 15_000, 20_000]],
    [5_400_000, [0, 1_200_000, 2_400_000, 3_600_000, 4_800_000]],
    [3_600_000_000, [0, 734_400_000, 1_468_800_000, 2_203_200_000, 2_937_600_000, 3_672_000_000]],
  ])('to %i ms has round ticks', (longest, ticks) => {
    expect(axisOf(longest).ticks).toEqual(ticks);
  });

  it('ends just after the longest', () => {
    expect(axisOf(1000).percent(0)).toBe(0);
    expect(axisOf(1000).percent(1000)).toBeCloseTo(98, 0);
  });
});

describe('lanes', () => {
  it('hold what ran at once one below the other', () => {
    const lanes = lanesOf([span(0, 10), span(5, 10), span(10, 10), span(12, 1), span(15, 1)]);
    expect(lanes.map((lane) => lane.map(({ start }) => start))).toEqual([[0, 10], [5, 15], [12]]);
  });

  it('are as many as transfers ran at once', () => {
    expect(lanesOf(Array.from({ length: 600 }, (_none, index) => span(index, 5)))).toHaveLength(5);
  });
});

describe('the waterfall', () => {
  const { steps, files } = sampleReport();
  const drawing = waterfallSvg({ steps, files })?.html ?? '';

  it('has a bar with its figures for everything that took time', () => {
    expect(drawing.match(/class="bar request"/g)).toHaveLength(5);
    expect(drawing.match(/class="bar transfer"/g)).toHaveLength(52);
    expect(drawing.match(/class="bar failed"/g)).toHaveLength(2);
    expect(drawing).toContain('<title>Get token: status 200, 143 ms, 2.41 kB</title>');
    expect(drawing).toContain('53 transfers, up to 5 at once');
  });

  it('stays inside its frame', () => {
    for (const [, x, width] of drawing.matchAll(/class="bar [a-z]+" x="([\d.]+)%" y="[\d.]+" width="([\d.]+)%"/g)) {
      expect(Number(x) + Number(width)).toBeLessThanOrEqual(100);
    }
  });

  it('says in words what it shows', () => {
    expect(drawing).toMatch(/<desc[^>]*>6 requests from 120 ms to 9\.0 s, 1 failed\. 53 transfers from/);
  });

  it('is left out when there is nothing to draw', () => {
    expect(waterfallSvg({ steps: [], files: [] })).toBeUndefined();
  });
});

it('transfers at once are those over the network: files that are verified meanwhile are not among them', () => {
  const file = (place: number) => ({
    ...sampleReport().files[0]!,
    ...{ name: `F${place}`, startMilliseconds: place * 100, seconds: 0.25 },
    network: { startMilliseconds: place * 100, seconds: 0.1 },
  });
  const drawing = waterfallSvg({ steps: [], files: [0, 1, 2, 3].map(file) })?.html ?? '';
  expect(drawing).toMatch(/>4 transfers</);
  expect(drawing).toContain('4 verifications, up to 2 at once');
});
