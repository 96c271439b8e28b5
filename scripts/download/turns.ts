/** One of the places at the network. */
export interface Turn {
  /** Goes on when the turn is on: at once if it has not ended. */
  begin(): Promise<void>;
  /** Gives the place to who has waited longest. */
  end(): void;
}

/** At most `atOnce` turns are on; the others begin in the order they asked. */
export function createTurns(atOnce: number): () => Turn {
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
