/**
 * The services in a process of their own: a sandbox with files of the sizes that are wanted (`Wanted` on standard input). Prints a line,
 * its address and the files as a lock has them (`ServedFiles`), and when it is told to end another, what it has granted (`Granted`).
 */
import { json } from 'node:stream/consumers';
import type { CampaignFile } from '../../scripts/campaign/campaign-file';
import { DOCUMENTED_QUOTA, type Sandbox } from '../../scripts/sandbox/sandbox';
import { Checksums } from '../../scripts/sandbox/store/file-bytes';
import { startFilesSandbox } from '../files-sandbox';

export interface Wanted {
  /** bytes */
  readonly sizes: readonly number[];
  /** Five starts in 11 s for each account. */
  readonly hasQuota: boolean;
}

export interface ServedFiles {
  readonly siteUrl: string;
  readonly files: readonly CampaignFile[];
}

export interface Granted {
  readonly grants: number;
  readonly refusals: number;
  /** From the first grant to the last, to a tenth. */
  readonly seconds: number;
}

const LOOK_MILLISECONDS = 50;

async function main({ sizes, hasQuota }: Wanted): Promise<void> {
  const { sandbox, records } = await startFilesSandbox(sizes, hasQuota ? { quota: DOCUMENTED_QUOTA } : {});
  const checksums = new Checksums();
  const files: CampaignFile[] = [];
  for (const { id, name, contentLength: bytes, publicationDate } of records) {
    const md5 = await checksums.md5(id, bytes);
    files.push({ id, name, type: 'MADE_UP', path: name, bytes, md5, publicationDate, state: 'wanted' });
  }
  const granted = watchGrants(sandbox);
  process.once('SIGTERM', () => {
    console.log(JSON.stringify(granted()));
    void sandbox.close();
  });
  console.log(JSON.stringify({ siteUrl: sandbox.siteUrl, files } satisfies ServedFiles));
}

function watchGrants(sandbox: Sandbox): () => Granted {
  let [seen, grants, refusals, first, last] = [0, 0, 0, 0, 0];
  const looking = setInterval(() => {
    const fresh = sandbox.requests.slice(seen).filter(({ url }) => url.endsWith('$value'));
    seen = sandbox.requests.length;
    const more = fresh.filter(({ status }) => status === 302).length;
    grants += more;
    refusals += fresh.filter(({ status }) => status === 429).length;
    if (more === 0) return;
    last = performance.now();
    first ||= last;
  }, LOOK_MILLISECONDS);
  return () => {
    clearInterval(looking);
    return { grants, refusals, seconds: Math.round((last - first) / 100) / 10 };
  };
}

void json(process.stdin).then((wanted) => main(wanted as Wanted));
