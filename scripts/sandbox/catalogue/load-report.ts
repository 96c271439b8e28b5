/** What was read from a folder of lists, and what could not be. */

export interface UnreadableLine {
  /** File name inside the folder, and the line's number from 1. */
  readonly file: string;
  readonly line: number;
  /** The line, cut at 120 characters. */
  readonly text: string;
}

export interface LoadReport {
  readonly files: readonly string[];
  readonly types: number;
  /** Distinct names. */
  readonly level0s: number;
  readonly adfs: number;
  /** ADFs of no known type: auxip.svc lists them, rdb.svc never selects them. */
  readonly untypedAdfs: number;
  readonly products: number;
  /** Names with two ids in the lists; the first was taken. */
  readonly conflictingIds: number;
  readonly unreadableCount: number;
  /** The first of them. */
  readonly unreadable: readonly UnreadableLine[];
}

const NAMED = 20;
const SHOWN = 120;

/** Counts unreadable lines and names the first twenty, so that a wrong file does not fill the memory with itself. */
export class UnreadableLines {
  readonly examples: UnreadableLine[] = [];
  count = 0;

  add(file: string, line: number, text: string): void {
    this.count += 1;
    if (this.examples.length < NAMED) this.examples.push({ file, line, text: text.slice(0, SHOWN) });
  }
}
