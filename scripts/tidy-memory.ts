import { setFlagsFromString } from 'node:v8';

/**
 * For the whole process: collect when a fifth has come on top of what is in use. V8 would let it double or more as long as the
 * machine has memory. And collect in one go: chunks from the network are memory outside of the heap, for which V8 would mark the
 * whole heap again and again, every 20 MB received, and that took a third of the time of a transfer. What dies young, as chunks do,
 * is collected as before. A version of V8 that does not know a flag leaves all as it is.
 */
export function tidyMemory(): void {
  setFlagsFromString('--heap-growing-percent=20');
  setFlagsFromString('--no-incremental-marking');
}
