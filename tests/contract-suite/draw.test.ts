import { describe, expect, test } from 'vitest';
import { drawnId, seedOfDay, shuffled } from '../../scripts/contract-suite/engine/draw';
import { drawEntries, takeEntry } from '../../scripts/contract-suite/engine/adf-draw';
import { strataOf } from '../../scripts/contract-suite/engine/strata';
import { publishedTypes } from '../../scripts/sentinel/published-types';
import { memoryScope } from './memory-scope';

const DAYS = Array.from({ length: 366 }, (_, day) => seedOfDay(Date.UTC(2028, 0, 1 + day)));

describe('what follows from a seed', () => {
  test('the seed of a day is its date in UTC', () => {
    expect(seedOfDay(Date.parse('2026-11-29T23:59:59.999Z'))).toBe('20261129');
    expect(seedOfDay(Date.parse('2026-11-30T00:59:59+01:00'))).toBe('20261129');
    expect(new Set(DAYS).size).toBe(366);
  });

  test('the same seed and purpose give the same, others something else', () => {
    expect(drawnId('1', 'a')).toBe(drawnId('1', 'a'));
    expect(new Set([drawnId('1', 'a'), drawnId('2', 'a'), drawnId('1', 'b')]).size).toBe(3);
    const items = Array.from({ length: 50 }, (_, item) => item);
    expect(shuffled(items, '1', 'a')).toEqual(shuffled(items, '1', 'a'));
    expect(shuffled(items, '1', 'a')).not.toEqual(shuffled(items, '2', 'a'));
    expect([...shuffled(items, '1', 'a')].sort((a, b) => a - b)).toEqual(items);
  });

  test('ids of a year lie everywhere: every first and every last digit, about as often', () => {
    const ids = DAYS.flatMap((day) => ['x', 'y', 'z'].map((purpose) => drawnId(day, purpose)));
    expect(ids.filter((id) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const place of [0, 35]) {
      const counts = Array.from('0123456789abcdef').map(
        (digit) => ids.filter((id) => id.charAt(place) === digit).length,
      );
      const [least, most] = [Math.min(...counts), Math.max(...counts)];
      expect([place, least > ids.length / 32, most < ids.length / 8]).toEqual([place, true, true]);
    }
  });
});

describe('the parts of the catalogue', () => {
  test('each night all missions and units, all sizes, and two types of each mission', () => {
    for (const day of DAYS.slice(0, 30)) {
      const labels = strataOf(day).map(({ label }) => label);
      expect(labels).toHaveLength(36);
      expect(new Set(labels).size).toBe(labels.length);
      expect(labels).toEqual(expect.arrayContaining(['S1A', 'S1_', 'S2B', 'S3C', '1000 to 10000 bytes']));
    }
  });

  test('in some years every type is drawn, none much more often than others of its mission', () => {
    const years = Array.from({ length: 5 * 365 }, (_, day) => seedOfDay(Date.UTC(2026, 0, 1 + day)));
    const drawn = new Map<string, number>();
    for (const label of years.flatMap((day) => strataOf(day).map((stratum) => stratum.label)))
      drawn.set(label, (drawn.get(label) ?? 0) + 1);
    for (const mission of new Set(publishedTypes().map((type) => type.mission))) {
      const counts = publishedTypes()
        .filter((type) => type.mission === mission)
        .map(({ longName }) => drawn.get(longName) ?? 0);
      const fair = (2 * years.length) / counts.length;
      expect([mission, Math.min(...counts) > fair / 3, Math.max(...counts) < fair * 3]).toEqual([mission, true, true]);
    }
  });
});

describe('single entries of reprocessing.svc', () => {
  const rows = publishedTypes().map(({ longName, mission, rule, variability }) => {
    return { LongName: longName, Mission: mission, Rule: rule, Variability: variability };
  });
  const drawn = (seed: string): string[] => {
    const scope = memoryScope({ contract_seed: seed });
    drawEntries('AuxTypes', rows, scope);
    const keys: string[] = [];
    for (let more = true; more; more = scope.takeRepeat()) {
      const shown = scope.value('adf_drawn_type');
      keys.push(takeEntry('AuxTypes', scope));
      expect(keys.at(-1)).toBe(shown);
    }
    expect([scope.value('adf_drawn_type'), takeEntry('AuxTypes', scope), scope.takeRepeat()]).toEqual(['', '', false]);
    return keys;
  };

  test('types of every mission, rule and variability, each once, as many as may be asked for; others each night', () => {
    const parts = new Set(rows.map((row) => `${row.Mission} ${row.Rule} ${row.Variability}`));
    const [first, second] = [drawn('1'), drawn('2')];
    expect([new Set(first).size, first.length]).toEqual([first.length, Math.min(40, parts.size)]);
    expect(second).not.toEqual(first);
  });
});
