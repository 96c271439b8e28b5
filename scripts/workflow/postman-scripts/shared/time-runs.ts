/** Stretches of time as shapes of a drawing that is `WIDTH` units wide. */

export interface Span {
  /** Epoch milliseconds, both included. */
  readonly start: number;
  readonly stop: number;
}

export const WIDTH = 600;

type Run = [left: number, right: number];

/** Where spans lie on a drawing of `axis`: whole units, at least one wide. Spans beside the axis are left out. */
function placesOf(spans: readonly Span[], axis: Span): Run[] {
  const unit = (axis.stop - axis.start) / WIDTH;
  return spans
    .filter(({ start, stop }) => stop >= axis.start && start <= axis.stop)
    .map(({ start, stop }): Run => {
      const left = Math.min(Math.max(Math.floor((start - axis.start) / unit), 0), WIDTH - 1);
      return [left, Math.min(Math.max(Math.ceil((stop - axis.start) / unit), left + 1), WIDTH)];
    })
    .sort((a, b) => a[0] - b[0]);
}

function joined(places: readonly Run[], gap: number): Run[] {
  const runs: Run[] = [];
  for (const [left, right] of places) {
    const last = runs.at(-1);
    if (last && left <= last[1] + gap) last[1] = Math.max(last[1], right);
    else runs.push([left, right]);
  }
  return runs;
}

export interface Band {
  readonly axis: Span;
  readonly top: number;
  readonly height: number;
  /** Neighbours are drawn as one where there are more. */
  readonly maxRuns: number;
}

/** The `d` of an SVG path with a rectangle for each stretch, as short as it can be. */
export function pathOf(spans: readonly Span[], { axis, top, height, maxRuns }: Band): string {
  const places = placesOf(spans, axis);
  let runs = joined(places, 0);
  for (let gap = 1; runs.length > maxRuns; gap *= 2) runs = joined(places, gap);
  return runs.map(([left, right]) => `M${left} ${top}h${right - left}v${height}H${left}z`).join('');
}
