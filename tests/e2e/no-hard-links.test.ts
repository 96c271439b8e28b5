/** File systems without hard links (FAT, some network shares), by a `link` that fails as theirs does. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { sampleOf } from '../helpers/budget';
import { checkMd5Sums, lockIn } from '../helpers/campaign';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { withSandbox } from '../helpers/with-sandbox';

test.each(sampleOf(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'], 1))(
  '%s: files get their names all the same',
  async (code) => {
    const sandbox = await withSandbox();
    const lock = await sharedCampaign('small');
    const folder = temporaryFolder();
    const hook = path.join(folder, 'no-links.cjs');
    const fails = `Promise.reject(Object.assign(new Error('${code}: no links'), { code: '${code}' }))`;
    writeFileSync(hook, `require('node:fs/promises').link = () => (console.error('no link'), ${fails});`);
    const environment = { NODE_OPTIONS: `--require ${hook}` };
    const words = ['fetch', '--frozen', lock, '--site-url', sandbox.siteUrl, ...placesIn(folder)];
    const first = await runCli(words, { environment });
    const out = path.join(folder, 'out');
    const { files } = lockIn(out);
    // The folder lock and each file.
    expect([first.exitCode, first.stderr.match(/no link/g)?.length]).toEqual([0, files.length + 1]);
    expect(checkMd5Sums(out)).toBe(files.length);
  },
);
