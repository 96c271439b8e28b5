import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const DIGITS = 12;

/**
 * What tells one state of a collection of ours from another: the first twelve hexadecimal digits of the SHA-256 of its file. Two runs with
 * the same ones asked and checked the same.
 * @param file absolute path
 */
export function collectionVersion(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, DIGITS);
}
