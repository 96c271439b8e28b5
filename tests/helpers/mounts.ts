import { execFileSync } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** A small file system at `folder`, unmounted when the test is over; false where that is not allowed. */
export function mounts(folder: string, options: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder], { stdio: 'ignore' });
  } catch {
    return false;
  }
  onTestFinished(() => {
    execFileSync('umount', [folder]);
  });
  return true;
}
