import type { Cause } from '../../causes';
import type { Chosen } from './facts';
import type { Sample } from './samples';

/** The cause of every loss in an answer whose products have no file at all; undefined where one has. */
export function emptinessOf(
  { mission }: Pick<Sample, 'mission'>,
  products: readonly Pick<Chosen, 'names'>[],
): Cause | undefined {
  const isEmpty = products.length > 0 && products.every(({ names }) => names.length === 0);
  return isEmpty ? { key: 'emptyBaseline', of: mission.slice(0, 2) } : undefined;
}
