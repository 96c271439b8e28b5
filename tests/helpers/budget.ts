/**
 * What random tests may spend. `npm test` does a few rounds with seeds that stay the same, so that it says the same of the same code;
 * `npm run test:long`, which runs every night, does many with seeds of its own. AUXFLOW_TEST_SEED repeats one of those.
 */
const { AUXFLOW_TEST_LONG, AUXFLOW_TEST_SEED } = process.env;

export const IS_LONG = AUXFLOW_TEST_LONG !== undefined;

export const rounds = (usual: number, long: number): number => (IS_LONG ? long : usual);

/** Printed where it is not the usual one, to repeat what was found. */
export function seedOr(usual: number): number {
  if (!IS_LONG && AUXFLOW_TEST_SEED === undefined) return usual;
  const seed = Number(AUXFLOW_TEST_SEED ?? Date.now() % 1_000_000);
  console.log(`AUXFLOW_TEST_SEED=${seed}`);
  return seed;
}
