import { afterAll, describe, expect, it } from 'vitest';
import { byFolder } from '../../../../bench/mutants/by-folder';
import { readCollection } from '../../../../bench/mutants/our-suite';
import { Onlooker } from '../../../../bench/mutants/witness';
import { generatedMutants, startSandbox, type GeneratedMutant } from '../../../../scripts/sandbox/sandbox';
import { rounds } from '../../../helpers/budget';

const MINUTES = 60_000;

const started = Onlooker.start();

afterAll(async () => (await started).close());

/** The first ones of a seed that their witness shows. */
async function visible(seed: number, count: number): Promise<GeneratedMutant[]> {
  const onlooker = await started;
  const seen: GeneratedMutant[] = [];
  for (const mutant of generatedMutants(seed)) {
    if (await onlooker.sees(mutant)) seen.push(mutant);
    if (seen.length === count) break;
  }
  return seen;
}

/** The first ones of a seed, as text. */
function first(seed: number, count: number): string[] {
  const made: string[] = [];
  for (const mutant of generatedMutants(seed)) {
    made.push(JSON.stringify(mutant));
    if (made.length === count) break;
  }
  return made;
}

describe('mutants made by machine', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(first(7, 100)).toEqual(first(7, 100));
    expect(new Set([...first(7, 100), ...first(8, 100)]).size).toBe(200);
  });

  it(
    'are distinct, and each shows in an answer to its own witness',
    async () => {
      const count = rounds(40, 200);
      const mutants = await visible(42, count);
      expect(new Set(mutants.map(({ name }) => name)).size).toBe(count);
      expect(new Set(mutants.map(({ defect }) => defect)).size).toBe(count);
      // Few draws do not meet the rarest areas.
      expect(new Set(mutants.map(({ area }) => area)).size).toBeGreaterThan(count < 200 ? 12 : 15);
      for (const { name, defect } of mutants) {
        expect(name).toMatch(/^g42-\d+$/);
        expect(defect).toMatch(/^\S.{15,}[^.\s]$/s);
      }
      // Those that nobody sees are thrown away; the generator must not spend itself on them.
      expect(Number(mutants.at(-1)?.name.replace('g42-', ''))).toBeLessThan(2 * count);
    },
    5 * MINUTES,
  );

  it('do not show in a healthy sandbox', async () => {
    const onlooker = await started;
    for (const { witness } of await visible(5, 3)) expect(await onlooker.sees({ name: 'none', witness })).toBe(false);
  });

  it('come by name', async () => {
    const [mutant] = await visible(3, 1);
    const sandbox = await startSandbox({ mutant: mutant?.name });
    await sandbox.close();
    await expect(startSandbox({ mutant: 'g3-x' })).rejects.toThrow();
  });

  it(
    'are met by the suite, which names what noticed them',
    async () => {
      const meet = byFolder({ collection: readCollection(), recordings: {}, quick: false, runner: 'light' });
      const mutants = (await visible(1, rounds(30, 60))).filter(({ area }) =>
        ['errors', 'statuses', 'metadata'].includes(area),
      );
      const met = await Promise.all(mutants.slice(0, rounds(2, 5)).map(meet));
      expect(met.length).toBeGreaterThan(1);
      expect(met.filter(({ noticedBy }) => noticedBy?.split(' › ').length !== 3)).toEqual([]);
    },
    5 * MINUTES,
  );
});
