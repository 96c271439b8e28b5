import { openSync, readFileSync, readSync } from 'node:fs';

/** What a store of the bench holds, as it tells the clients. */
export interface StoredFile {
  url: string;
  name: string;
  bytes: number;
  md5: string;
}

export interface StoredFiles {
  readonly count: number;
  at(index: number): StoredFile;
}

/** A list, one file in JSON a line, that stays on the disk: its addresses would weigh as much as what is measured. */
export function openStoredFiles(list: string): StoredFiles {
  const lengths = readFileSync(list, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => Buffer.byteLength(line) + 1);
  const starts = new Uint32Array(lengths.length + 1);
  for (const [index, length] of lengths.entries()) starts[index + 1] = starts[index]! + length;
  const opened = openSync(list, 'r');
  return {
    count: lengths.length,
    at(index) {
      const [start, end] = [starts[index]!, starts[index + 1]!];
      const line = Buffer.alloc(end - start);
      readSync(opened, line, 0, line.length, start);
      return JSON.parse(line.toString()) as StoredFile;
    },
  };
}
