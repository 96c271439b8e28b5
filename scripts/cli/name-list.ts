import { once } from 'node:events';
import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { Failure } from '../errors/errors';
import { readLevel0Name } from '../sentinel/level0-name';
import type { ListedName } from '../campaign/request/level0-list';
import { codeOf } from '../errors/target-failure';
import { readInputText, unreadable } from '../errors/read-input';

const STANDARD_INPUT = 0;
const WHAT = 'list of Level-0 names';

/**
 * A comma list of names, or `@file` (`-` and `@-`: standard input) with names one per line or separated by commas. Files may be UTF-8 or
 * UTF-16, with or without a byte order mark, with any line ends; spaces around names do not count, nor what follows a `#`.
 * @throws Failure FILE_UNREADABLE; USAGE for the path of a file without its `@`
 */
export function nameList(text: string): ListedName[] {
  if (text === '-') return nameList('@-');
  if (!text.startsWith('@')) {
    refuseForgottenAt(text);
    return text.split(',').flatMap((name) => (name === '' ? [] : [{ name }]));
  }
  const file = text.slice(1);
  const lines = readInputText(file, WHAT, file === '-' ? STANDARD_INPUT : file).split(/\r\n|\r|\n/);
  return lines.flatMap((line, index) => namesInLine(line, index + 1));
}

/**
 * The names of a UTF-8 file as `nameList` reads them, but one line after another: for lists that memory would not hold.
 * @throws Failure FILE_UNREADABLE
 */
export async function* streamedNames(file: string): AsyncGenerator<ListedName> {
  let line = 0;
  try {
    const input = createReadStream(file, 'utf8');
    await once(input, 'open');
    for await (const text of createInterface({ input, crlfDelay: Infinity })) yield* namesInLine(text, ++line);
  } catch (error) {
    if (codeOf(error) === '') throw error;
    throw unreadable(file, WHAT, error);
  }
}

function namesInLine(text: string, line: number): ListedName[] {
  const names = text.replace(/#.*/, '').split(',');
  return names.flatMap((name) => (name.trim() === '' ? [] : [{ name: name.trim(), line }]));
}

/** Products may be in the working folder, too: their names are meant as names. */
function refuseForgottenAt(text: string): void {
  const isName = readLevel0Name(path.basename(text)) !== undefined;
  if (isName || !statSync(text, { throwIfNoEntry: false })?.isFile()) return;
  throw new Failure({
    code: 'USAGE',
    problem: `${JSON.stringify(text)} is a file, not the name of a Level-0 product.`,
    next: `To read names from it, put @ in front: -l0 @${text}`,
  });
}
