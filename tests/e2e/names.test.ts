import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BaselineAnswer } from '../../scripts/services/schema/types/BaselineAnswer';
import { lockIn } from '../helpers/campaign';
import { createForwarder } from '../helpers/create-forwarder';
import { drawTests } from '../helpers/draw-tests';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

drawTests(4);

const OLCI = ['-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR'];
const INTERVAL = ['-t0', '2024-03-01T00:00:00Z', '-t1', '2024-03-01T01:30:00Z'];

type Entries = BaselineAnswer['value'];

/** A site whose baselines `change` edits; links and all else as in the sandbox. */
async function siteWith(change: (entries: Entries, url: string) => void): Promise<string> {
  const sandbox = await withSandbox();
  const forwarder = await createForwarder(sandbox.siteUrl, ({ url }, answer) => {
    if (!url.includes('getReprocessingDataBaseline(')) return undefined;
    const body = JSON.parse(answer.body.replaceAll(sandbox.siteUrl, forwarder.origin)) as BaselineAnswer;
    change(body.value, url);
    return JSON.stringify(body);
  });
  return forwarder.origin;
}

async function fetchFrom(siteUrl: string, request = [...OLCI, ...INTERVAL]) {
  const folder = temporaryFolder();
  const words = ['fetch', '--site-url', siteUrl, ...request, ...placesIn(folder)];
  const result = await runCli(words, { environment: ACCOUNT });
  return { ...result, folder, files: () => lockIn(path.join(folder, 'out')).files };
}

describe('names of auxiliary files', () => {
  test('without extensions are those of the catalogue, which has them', async () => {
    const site = await siteWith((entries) => {
      for (const { AuxDataFiles } of entries)
        for (const file of AuxDataFiles) Object.assign(file, { Name: file.Name.replace(/[.](?:SEN3|EOF)[.]zip$/, '') });
    });
    const { exitCode, stdout, files } = await fetchFrom(site);
    expect([exitCode, stdout]).toEqual([0, expect.not.stringContaining('unknown form')]);
    expect(new Set(files().map(({ state }) => state))).toEqual(new Set(['verified']));
  });

  test('an unsafe name costs that file only, an entry that is broken itself only', async () => {
    let kept = 0;
    const site = await siteWith((entries) => {
      // Narrower questions, asked to be sure of a gap, are answered as they are.
      if (entries.length < 3) return;
      entries[0]!.AuxDataFiles[0]!.Name = '../../etc/passwd';
      Object.assign(entries[1]!, { Message: 7 });
      kept = new Set(entries.slice(2).flatMap(({ AuxDataFiles }) => AuxDataFiles.map(({ Name }) => Name.trim()))).size;
    });
    const { exitCode, stdout, files } = await fetchFrom(site);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('violates the schema')]);
    const verified = files().filter(({ state }) => state === 'verified');
    expect(verified.length).toBeGreaterThanOrEqual(kept);
    expect(kept).toBeGreaterThan(20);
  });
});

test('Level-0 names from a list with marks, comments and lower-case missions', async () => {
  const names = path.join(temporaryFolder(), 'names.txt');
  const name =
    'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
  writeFileSync(names, Buffer.from(`\uFEFF# one product\r\n${name}  \r\n`, 'utf16le'));
  const request = ['-m', 's3olci', '-su', 'a', '-pt', 'l2lfr', '-l0', `@${names}`];
  const { exitCode, folder } = await fetchFrom((await withSandbox()).siteUrl, request);
  expect(exitCode).toBe(0);
  expect(readFileSync(path.join(folder, 'out', 'MD5SUMS'), 'utf8').split('\n').length).toBeGreaterThan(20);
});

test('every bad line of a list is named', async () => {
  const names = path.join(temporaryFolder(), 'names.txt');
  writeFileSync(names, Array.from({ length: 300 }, (_none, index) => `nonsense-${index + 1}`).join('\n'));
  const { exitCode, stderr } = await runCli(['plan', ...OLCI, '-l0', `@${names}`]);
  expect(exitCode).toBe(2);
  for (const line of [1, 150, 300]) expect(stderr).toContain(`line ${line}: "nonsense-${line}"`);
});
