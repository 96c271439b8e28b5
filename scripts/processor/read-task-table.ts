import { stat } from 'node:fs/promises';
import { Failure } from '../errors/errors';
import { unreadable } from '../errors/read-input';
import { bytes } from '../lib/format';
import { readPlainFile } from '../lib/plain-file';
import { parseXml, XmlProblem } from '../lib/xml-tree';
import { parseTaskTable, TaskTableProblem, type ParsedTaskTable } from './parse-task-table';

/** Of the 211 public tables of Sentinel-1 and -3 the longest has 126 alternatives, some 1300 elements, ten levels deep. */
const LIMITS = { maxDepth: 64, maxElements: 200_000 };
const MAX_BYTES = 8_000_000;

/** @throws Failure FILE_UNREADABLE; FILE_MALFORMED for what is no task table, or too large to be one */
export async function readTaskTable(path: string): Promise<ParsedTaskTable> {
  const what = 'task table';
  const content = await contentOf(path, what);
  try {
    return parseTaskTable(parseXml(decoded(content), LIMITS));
  } catch (error) {
    if (error instanceof XmlProblem || error instanceof TaskTableProblem)
      throw new Failure({ code: 'FILE_MALFORMED', path, what, problems: [error.message] }, { cause: error });
    throw error;
  }
}

async function contentOf(path: string, what: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size <= MAX_BYTES) return await readPlainFile(path, { follow: true });
    const problems = [`it has ${bytes(size)}, more than any task table (${bytes(MAX_BYTES)})`];
    throw new Failure({ code: 'FILE_MALFORMED', path, what, problems });
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw unreadable(path, what, error);
  }
}

/** How a text begins that has two bytes per character: with its mark, or with `<` (XML 1.0, appendix F). */
const WIDE: readonly (readonly [beginning: string, encoding: string])[] = [
  ['\xff\xfe', 'utf-16le'],
  ['<\0', 'utf-16le'],
  ['\xfe\xff', 'utf-16be'],
  ['\0<', 'utf-16be'],
];

/** By how it begins, then by what the XML declaration says. @throws XmlProblem */
function decoded(content: Buffer): string {
  const beginning = content.subarray(0, 200).toString('latin1');
  const declared = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/.exec(beginning)?.[1] ?? 'utf-8';
  const encoding = WIDE.find(([mark]) => beginning.startsWith(mark))?.[1] ?? declared;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch {
    throw new XmlProblem(`it is not ${encoding}, or that is no known encoding`);
  }
}
