import { describe, expect, test } from 'vitest';
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import { caseResults, isFinding } from '../../scripts/contract-suite/report/contract-report';
import { selectionFacts, selectionLines } from '../../scripts/contract-suite/report/selection-facts';
import { readDeltasOf } from '../../scripts/sandbox/catalogue/deltas-file';
import type { SandboxOptions } from '../../scripts/sandbox/sandbox';
import { deltaKey } from '../../scripts/sentinel/published-deltas';
import type { Deltas } from '../../scripts/sentinel/select-adfs';
import { inTurns } from '../helpers/in-turns';
import { lightSteps } from '../helpers/light-suite';
import { randomOf } from '../helpers/random';
import { withSandbox } from '../helpers/with-sandbox';

const testInTurn = inTurns(6);

/** The folder of selection rules against a sandbox: what is red, and what was learned. */
async function selection(options: SandboxOptions, variables?: Readonly<Record<string, string>>) {
  const sandbox = await withSandbox(options);
  const steps = await lightSteps('Selection rules', sandbox.siteUrl, variables);
  const cases = caseResults(CASE_FOLDERS, steps);
  const problems = cases
    .filter(isFinding)
    .flatMap((item) => item.problems.map(({ promise, got }) => `${promise}: ${got}`));
  const facts = selectionFacts(steps);
  if (!facts) throw new Error('nothing learned');
  return { problems, facts, lines: selectionLines(facts) };
}

describe('the suite learns what a service is configured with', { timeout: 400_000 }, () => {
  testInTurn('the published deltas and attribute rows', async () => {
    const { problems, facts, lines } = await selection({ deltas: await readDeltasOf('published') });
    expect(problems).toEqual([]);
    expect(lines[0]).toMatch(/^Deltas: \d+ types: zero, 1\d types: as published, 0 types: learned\./);
    expect(lines[1]).toBe('Level-0 attributes: published rows in force.');
    expect(facts.types.find(({ mission, type }) => mission === 'S3SLSTR' && type === 'AX___MA1_AX')).toMatchObject({
      deltas: 'published',
      delta0: [64_800, 64_800],
      delta1: [21_600, 21_600],
    });
  });

  testInTurn('any others, and no attribute rows', async () => {
    const random = randomOf(3);
    const table = new Map<string, Deltas>();
    const delta = (): number => Math.round((random() - 0.4) * 2 * 86_400 * 2) / 2;
    const deltas: SandboxOptions['deltas'] = (mission, { longName }) => {
      const key = deltaKey(mission, longName);
      const planted = table.get(key) ?? { delta0: delta(), delta1: delta() };
      table.set(key, planted);
      return planted;
    };
    const { problems, facts, lines } = await selection({ deltas, scenario: 'no-attribute-rows' });
    expect(problems).toEqual([]);
    expect(lines[1]).toBe('Level-0 attributes: published rows not in force.');
    const outside = facts.types.filter(({ mission, type, delta0, delta1 }) => {
      const planted = table.get(deltaKey(mission, type));
      return planted && !(isWithin(planted.delta0, delta0) && isWithin(planted.delta1, delta1));
    });
    expect(outside).toEqual([]);
    expect(facts.types.filter(({ deltas: kind }) => kind === 'learned').length).toBeGreaterThan(30);
  });

  testInTurn('a service that does not know the newest orbits, whatever the deltas', async () => {
    const { problems } = await selection({ mutant: 'newest-orbits-unknown' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^S3OLCI A L2LFR at newest files: AUX_POEORB .*the rule chooses /);
  });

  test('a wrong choice is red all the same, with deltas as published', async () => {
    const options = { deltas: await readDeltasOf('published'), mutant: 'oldest-of-covering' };
    // One sample is enough to see it.
    const { problems } = await selection(options, {
      selection_samples: 'S3OLCI A L2LFR 2024-03-01T10:00:00Z/2024-03-01T11:00:00Z',
    });
    expect(problems).toContainEqual(expect.stringMatching(/by LatestValCover: .*the rule chooses/));
  });
});

const isWithin = (value: number, range: readonly [number, number] | undefined): boolean =>
  range !== undefined && range[0] <= value && value <= range[1];
