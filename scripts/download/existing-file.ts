import { lstat } from 'node:fs/promises';
import { interruption } from '../services/interruption';
import { md5OfFile } from './file-digest';
import { removeLeft, type PartNames } from './part-names';
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
export async function isAlreadyHere(
  finalPath: string,
  expected: Expected,
  parts: PartNames,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    const here = await compareFile(finalPath, expected, signal);
    if (here === 'other') throw inTheWay(finalPath);
    // Left by a run that was killed between giving the final name and taking away the other.
    if (here === 'right') await removeLeft(finalPath, parts);
    return here === 'right';
  } catch (error) {
    throw signal?.aborted ? interruption(signal) : targetFailure(error, finalPath);
  }
}

/** What has a name, without touching it: nothing, the expected bytes (they are hashed), or something else: a link to them, for one. */
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
    return await lstat(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
