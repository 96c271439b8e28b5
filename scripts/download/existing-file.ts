import { rm, stat } from 'node:fs/promises';
import { interruption } from '../services/interruption';
import { md5OfFile } from './file-digest';
import { PART_SUFFIX } from './file-name';
import { inTheWay } from './publish';
import { codeOf, targetFailure } from '../errors/target-failure';

export interface Expected {
  /** bytes */
  contentLength: number;
  /** 32 lower-case hex digits */
  md5: string;
}

/**
 * True if the final file is there with the right size and MD5 (it is hashed), false if there is none.
 * @throws Failure FILE_IN_THE_WAY if something else has its name, INTERRUPTED
 */
export async function isAlreadyHere(finalPath: string, expected: Expected, signal?: AbortSignal): Promise<boolean> {
  try {
    const here = await compareFile(finalPath, expected, signal);
    if (here === 'other') throw inTheWay(finalPath);
    // Left by a run that was killed between giving the final name and taking away the other.
    if (here === 'right') await rm(finalPath + PART_SUFFIX, { force: true });
    return here === 'right';
  } catch (error) {
    throw signal?.aborted ? interruption(signal) : targetFailure(error, finalPath);
  }
}

/** What is under a name, without touching it: nothing, the expected bytes (they are hashed), or something else. */
export async function compareFile(
  finalPath: string,
  expected: Expected,
  signal?: AbortSignal,
): Promise<'absent' | 'right' | 'other'> {
  const found = await statIfThere(finalPath);
  if (!found) return 'absent';
  if (!found.isFile() || found.size !== expected.contentLength) return 'other';
  return (await md5OfFile(finalPath, found.size, signal)) === expected.md5 ? 'right' : 'other';
}

async function statIfThere(file: string) {
  try {
    return await stat(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
