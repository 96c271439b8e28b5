/**
 * A lock read line by line, never as a whole: one of 100 000 Level-0 products with 300 files each has 200 MB. Its text is as
 * lib/stream-json.ts writes it, a line per row; the digest is over the rows, so that it is checked on the way.
 */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { openFile } from '../../lib/plain-file';

const CHUNK_BYTES = 1024 * 1024;
/** A Level-0 product with ten thousand files takes 60 KB. */
const MAX_LINE_BYTES = 32 * CHUNK_BYTES;
const NEWLINE = 10;

/** Is told the beginning of a list, without a row, and then every row: its bytes as JSON, valid during the call only. */
export type OnRow = (list: string, row?: Buffer) => void;

/** Is told every name of a long list, as JSON; such names are not in the members then. */
export type OnName = (name: string) => void;

/**
 * `right`: the digest is that of the rows; `broken`: it is another one, or none; `other-layout`: the text is not as we write it, and
 * says nothing when it is read by lines.
 */
export type ScanOutcome = 'right' | 'broken' | 'other-layout';

export interface ScanResult {
  readonly outcome: ScanOutcome;
  /** What is not a list, as JSON by key. */
  readonly members: ReadonlyMap<string, string>;
}

/** @throws file system errors as they come */
export async function scanLock(file: string, onRow: OnRow, onName?: OnName): Promise<ScanResult> {
  const handle = await openFile(file, { follow: true });
  try {
    const scan = lineScan(onRow, onName);
    for await (const line of linesOf(handle))
      if (!scan.take(line)) return { outcome: 'other-layout', members: new Map() };
    return scan.result();
  } finally {
    await handle.close();
  }
}

/** What remains of a line that does not end is a line, too; of one that is longer than ours are, only its beginning. */
async function* linesOf(handle: FileHandle): AsyncIterable<Buffer> {
  let [begun, bytes]: [Buffer[], number] = [[], 0];
  for (;;) {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const line = chunk.subarray(start, end);
      yield begun.length === 0 ? line : Buffer.concat([...begun, line]);
      [begun, bytes] = [[], 0];
      start = end + 1;
    }
    if (start < chunk.length) begun.push(chunk.subarray(start));
    bytes += chunk.length - start;
    if (bytes > MAX_LINE_BYTES) break;
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}

const COMMA = ','.charCodeAt(0);
const QUOTE = '"'.charCodeAt(0);
const BRACE = '{'.charCodeAt(0);

interface LongMember {
  readonly key: string;
  readonly pieces: string[];
}

function lineScan(onRow: OnRow, onName?: OnName): { take(line: Buffer): boolean; result(): ScanResult } {
  const hash = createHash('sha256');
  let list: string | undefined;
  let names: LongMember | undefined;
  const members = new Map<string, string>();
  let [begun, ended] = [false, false];

  function takeMember(line: Buffer): boolean {
    const member = /^"(\w+)": (.*)$/s.exec(line.toString());
    if (!member) return false;
    const [, key = '', value = ''] = member;
    if (key !== 'sha256') hash.update(JSON.stringify(key));
    if (value === '[') onRow((list = key));
    else if (value.endsWith('[')) names = { key, pieces: [] };
    else members.set(key, value);
    if (names) takeName(names, value);
    else if (key !== 'sha256' && value !== '[') hash.update(value);
    return true;
  }

  /** Of an object whose last member is a long list of names: a line for each. */
  function takeName({ key, pieces }: LongMember, line: string): void {
    hash.update(line);
    if (onName && line.startsWith('"')) onName(line.replace(/,$/, ''));
    else pieces.push(line);
    if (line !== ']}') return;
    members.set(key, pieces.join(''));
    names = undefined;
  }

  return {
    take(line) {
      if (!begun) return (begun = line.length === 1 && line[0] === BRACE);
      if (ended) return line.length === 0;
      const bare = line.at(-1) === COMMA ? line.subarray(0, -1) : line;
      if (names) {
        const text = line.toString();
        takeName(names, bare[0] === QUOTE ? text : bare.toString());
        return bare[0] === QUOTE || bare.toString() === ']}';
      }
      if (list !== undefined) {
        if (bare.length === 1 && bare.toString() === ']') {
          list = undefined;
          return true;
        }
        hash.update(bare);
        onRow(list, bare);
        return bare[0] === BRACE;
      }
      if (bare[0] === QUOTE) return takeMember(bare);
      return (ended = bare.toString() === '}');
    },
    result() {
      const isRight = ended && members.get('sha256') === JSON.stringify(hash.digest('hex'));
      return { outcome: !begun ? 'other-layout' : isRight ? 'right' : 'broken', members };
    },
  };
}
