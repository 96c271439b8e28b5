import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { BIN, placesIn, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';

/** File handles: Node itself takes some twenty. */
const FEW = 24;

test('where no more files can be opened, fetch says so with exit code 5 and how to help it', async () => {
  const frozen = path.join(await sharedCampaign('small'), 'auxflow.lock.json');
  const words = [BIN, 'fetch', '--frozen', frozen, ...placesIn(temporaryFolder())];
  const line = ['-c', `ulimit -n ${FEW} && exec "$@"`, 'sh', process.execPath, ...words];
  // Plain text also where CI asks for colours.
  const options = { env: { ...process.env, NO_COLOR: '1' } };
  const ended = (await promisify(execFile)('sh', line, options).catch((error: unknown) => error)) as Record<
    string,
    unknown
  >;
  expect([ended.code, `${String(ended.stdout)}${String(ended.stderr)}`]).toEqual([
    5,
    expect.stringMatching(/No more files can be opened at .*: EMFILE[.]\n.*Lower --parallel, or raise the limit/),
  ]);
});
