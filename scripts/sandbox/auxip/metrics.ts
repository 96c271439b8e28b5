import type { ProductRecord } from '../catalogue/catalogue';
import { timeText } from './timestamp';

/** As sent (auxip.md#metrics). */
export interface Metric {
  readonly Name: string;
  readonly TimeStamp: string;
  readonly MetricType: 'Counter';
  readonly Gauge: '';
  readonly Counter: number;
}

const HOUR = 3_600_000;

/** Counts and sizes of the units A and B, counted again at most once an hour, as the service does. */
export class Metrics {
  private rows: readonly Metric[] = [];
  private countedAt = -Infinity;

  constructor(
    private readonly products: () => Iterable<ProductRecord>,
    private readonly clock: () => number,
  ) {}

  get all(): readonly Metric[] {
    const now = this.clock();
    if (now - this.countedAt >= HOUR) {
      this.rows = count(this.products(), timeText(now));
      this.countedAt = now;
    }
    return this.rows;
  }
}

function count(products: Iterable<ProductRecord>, timeStamp: string): readonly Metric[] {
  const counters = new Map<string, number>();
  const add = (name: string, amount: number) => counters.set(name, (counters.get(name) ?? 0) + amount);
  for (const { name, contentLength } of products) {
    const satellite = /^S([123])([AB])_/.exec(name);
    if (satellite === null) continue;
    const prefix = `Sentinel${satellite[1] ?? ''}.${satellite[2] ?? ''}`;
    add(`${prefix}.count`, 1);
    add(`${prefix}.size`, contentLength);
  }
  return [...counters].sort().map(([name, value]) => ({
    Name: name,
    TimeStamp: timeStamp,
    MetricType: 'Counter',
    Gauge: '',
    Counter: value,
  }));
}
