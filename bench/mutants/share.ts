/** A share that was measured on a sample, with the interval in which that of all lies in 95 of 100 samples (Wilson's score interval). */
export function shareWords(hits: number, of: number): string {
  const [from, to] = wilson(hits, of);
  return `${percent(hits / of)} % (${percent(from)}–${percent(to)})`;
}

/** Quantile of the normal distribution for 95 %. */
const Z = 1.959964;

export function wilson(hits: number, of: number): readonly [from: number, to: number] {
  const [share, square] = [hits / of, Z ** 2];
  const middle = (share + square / (2 * of)) / (1 + square / of);
  const half = (Z / (1 + square / of)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of ** 2));
  return [middle - half, middle + half];
}

const percent = (share: number): string => (100 * share).toFixed(1);
