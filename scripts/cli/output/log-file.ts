import { appendFileSync, closeSync, constants, openSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { targetFailure } from '../../errors/target-failure';
import type { Listener } from '../../session/run-events';
import { plainText } from './plain-text';

export interface LogFile {
  readonly listener: Listener;
  /** Adds lines that are no event. */
  write(text: string): void;
}

/**
 * Everything that `--verbose` prints, appended to a file, each line with the time in UTC and without colors. Whoever writes to it has
 * removed secrets and control characters. A log that can no longer be written ends; the run goes on.
 * @throws Failure TARGET_UNWRITABLE, DISK_FULL when it cannot be opened
 */
export function logFile(file: string, now: () => Date = () => new Date()): LogFile {
  const textOf = plainText({ verbose: true });
  let isOpen = true;
  try {
    append(file, '');
  } catch (error) {
    throw targetFailure(error, file, '--log-file');
  }
  const write = (text: string): void => {
    const lines = stripVTControlCharacters(text).split('\n');
    const told = lines.filter((line) => line.trim() !== '').map((line) => `${now().toISOString()} ${line}\n`);
    if (!isOpen || told.length === 0) return;
    try {
      append(file, told.join(''));
    } catch {
      isOpen = false;
    }
  };
  return { write, listener: (event) => write(textOf(event).join('\n')) };
}

/** A pipe that nobody reads must not hold the run. */
const FLAGS = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

function append(file: string, text: string): void {
  const log = openSync(file, FLAGS);
  try {
    appendFileSync(log, text);
  } finally {
    closeSync(log);
  }
}
