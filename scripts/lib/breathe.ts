import { setImmediate } from 'node:timers/promises';

/**
 * For work that is long and waits for nothing: called often, it now and then lets timers and signals have their turn, so that Ctrl-C is
 * obeyed meanwhile.
 */
export function createBreath(milliseconds = 100): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < milliseconds) return;
    await setImmediate();
    last = performance.now();
  };
}
