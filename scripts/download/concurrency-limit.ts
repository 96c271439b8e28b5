export interface Period {
  readonly from: number;
  readonly until: number;
}

/** A slot of the limit. */
export interface Turn {
  /** Resolves when the slot is free; at once if it is already held. */
  begin(): Promise<void>;
  /** Passes the slot to the longest waiter. */
  end(): void;
  /** When it was held last, on the monotonic clock in milliseconds; undefined while it is held, and before. */
  held(): Period | undefined;
}

/** At most `atOnce` slots are held at a time; waiters get them in order. */
export function createConcurrencyLimit(atOnce: number): () => Turn {
  const waiting: (() => void)[] = [];
  let free = atOnce;

  return () => {
    let isOn = false;
    let from = 0;
    let period: Period | undefined;
    return {
      held: () => period,
      async begin() {
        if (isOn) return;
        if (free > 0) free -= 1;
        else await new Promise<void>((resolve) => waiting.push(resolve));
        isOn = true;
        [from, period] = [performance.now(), undefined];
      },
      end() {
        if (!isOn) return;
        isOn = false;
        period = { from, until: performance.now() };
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      },
    };
  };
}
