import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CampaignLock } from '../../scripts/campaign/lock/campaign-lock';
import type { Sandbox } from '../../scripts/sandbox/sandbox';

export const S1 = 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip';

/** One Level-0 product with a handful of files. */
export const SMALL_REQUEST = ['-m', 'S1SAR', '-su', 'A', '-pt', 'L1SLC', '-l0', S1];

export function lockIn(folder: string): CampaignLock {
  return JSON.parse(readFileSync(path.join(folder, 'auxflow.lock.json'), 'utf8')) as CampaignLock;
}

/** What GNU's md5sum says of the folder's own list: throws where it disagrees. Returns how many files it checked. */
export function checkMd5Sums(folder: string): number {
  const output = execFileSync('md5sum', ['--strict', '-c', 'MD5SUMS'], { cwd: folder, encoding: 'utf8' });
  return output.trimEnd().split('\n').length;
}

/** Ids of the files whose bytes were asked for, as often as they were: each is charged to the quota when granted. */
export function valuesAsked({ requests }: Sandbox): string[] {
  return requests.flatMap(({ url }) => /Products\(([0-9a-f-]+)\)\/\$value/.exec(url)?.[1] ?? []);
}
