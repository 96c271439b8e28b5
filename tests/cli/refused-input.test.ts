/** What users write that nothing can be made of: a sentence and a code, never an internal error. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { port, shard } from '../../scripts/cli/arguments';
import { parseConfig } from '../../scripts/cli/settings/read-config';
import { initFolder } from '../../scripts/cli/init-folder';
import { connectQueue } from '../../scripts/cluster/redis/connection';
import { readSite } from '../../scripts/services/site';
import { readCollection } from '../../scripts/user-collection/read-collection';
import { failureOf } from '../helpers/failure-of';
import { temporaryFolder } from '../helpers/run-cli';

test.each([
  ['config file', (file: string, text: string) => parseConfig(text, file)],
  ['environment file', (file: string) => readSite(file)],
  ['collection', (file: string) => readCollection(file)],
])('%s nested too deeply', async (what, read) => {
  const file = path.join(temporaryFolder(), 'deep.json');
  const text = `{"values": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
  writeFileSync(file, text);
  const error = await failureOf(Promise.resolve().then(() => read(file, text)));
  expect(error).toMatchObject({ code: 'FILE_MALFORMED', what, problems: ['it is nested too deeply'] });
});

test('a port beyond the last one, shards without end, and a queue with a password that is not percent-encoded', async () => {
  expect(await failureOf(Promise.resolve().then(() => port('--port')('65536')))).toMatchObject({ code: 'USAGE' });
  expect(await failureOf(Promise.resolve().then(() => shard('--shard')('1/999999999')))).toMatchObject({
    code: 'USAGE',
  });
  expect(port('--port')('65535')).toBe(65_535);
  expect(await failureOf(connectQueue('redis://:%zz@127.0.0.1:1'))).toMatchObject({ code: 'USAGE' });
});

test.runIf(process.platform === 'linux')('init where there can be no folder', async () => {
  expect(await failureOf(initFolder('/proc/auxflow/x'))).toMatchObject({ code: 'TARGET_UNWRITABLE' });
});
