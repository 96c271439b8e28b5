/** The instrument configuration of Sentinel-1 over time (rdb.md#instrument-configuration). */

export interface IcidPeriod {
  /** Epoch milliseconds, inclusive. */
  readonly from: number;
  /** Epoch milliseconds, exclusive; null is open. */
  readonly to: number | null;
  readonly icid: number;
}

/**
 * The configuration valid at a time, or the service's error text: any gap of the table is an error, and that error ends
 * the selection for the L0.
 */
export function icidAt(timeline: readonly IcidPeriod[], time: number): number | { readonly error: string } {
  const inOrder = timeline.toSorted((a, b) => a.from - b.from);
  const period = inOrder.find(({ to }) => to === null || to > time);
  if (!period) return { error: 'Wrong ICID Timeline configuration: last interval must be open' };
  if (time < period.from) return { error: 'Requested ICID for time before earliest configured value' };
  return period.icid;
}
