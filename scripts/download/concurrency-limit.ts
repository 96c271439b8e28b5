/** A slot of the limit. */
export interface Turn {
  /** Resolves when the slot is free; at once if it is already held. */
  begin(): Promise<void>;
  /** Passes the slot to the longest waiter. */
  end(): void;
}

/** At most `atOnce` slots are held at a time; waiters get them in order. */
export function createConcurrencyLimit(atOnce: number): () => Turn {
  const waiting: (() => void)[] = [];
  let free = atOnce;

  return () => {
    let isOn = false;
    return {
      async begin() {
        if (isOn) return;
        if (free > 0) free -= 1;
        else await new Promise<void>((resolve) => waiting.push(resolve));
        isOn = true;
      },
      end() {
        if (!isOn) return;
        isOn = false;
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      },
    };
  };
}
