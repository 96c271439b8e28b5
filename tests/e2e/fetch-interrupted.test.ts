import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { LOCK_NAME, lockText, readLock } from '../../scripts/campaign/lock/campaign-lock';
import { Failure } from '../../scripts/errors/errors';
import type { RunReport } from '../../scripts/reports/run/run-report';
import { sampleOf } from '../helpers/budget';
import { lockIn, SMALL_REQUEST } from '../helpers/campaign';
import { fetchInProcess } from '../helpers/fetch-in-process';
import { placesIn, reportNames, runCli, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { withSandbox } from '../helpers/with-sandbox';

/** A line of a verified file, with its size before its name. */
const A_FILE = /✓ +[\d.]+ k?B {2}S1/;

test.each(sampleOf(['SIGINT', 'SIGTERM'] as const, 1))(
  '%s: what was not fetched yet is not failed, in the terminal, the page, run.json, JUnit and the lock',
  async (signal) => {
    const sandbox = await withSandbox({ scenario: 'slow-stream@20000:always' });
    const folder = temporaryFolder();
    const words = ['fetch', '--site-url', sandbox.siteUrl, '--parallel', '1', ...SMALL_REQUEST, ...placesIn(folder)];
    const { stdout } = await runCli(words, {
      started: (child) => {
        child.stdout?.on('data', (chunk: Buffer) => {
          if (A_FILE.test(chunk.toString())) child.kill(signal);
        });
      },
    });
    const [, verified = '', failed, rest = ''] =
      /(\d+) verified \(size and MD5\), 0 already here, (\d+) failed, (\d+) not fetched yet: /.exec(stdout) ?? [];
    const { files } = lockIn(path.join(folder, 'out'));
    expect([failed, Number(verified) + Number(rest), Number(rest) > 0]).toEqual(['0', files.length, true]);
    expect(stdout).not.toMatch(/✗ .* S1/);
    expect(stdout.match(/Stopped by SIG/g)?.length).toBe(1);
    // Before anything else: lists and pages of a large campaign take their time.
    expect(stdout.split(A_FILE).at(-1)).toMatch(/note stopping: .*\n.* verified \(size and MD5\)/);

    const [run = ''] = reportNames(path.join(folder, 'reports'));
    const textOf = (name: string) => readFileSync(path.join(folder, 'reports', run, name), 'utf8');
    const report = JSON.parse(textOf('run.json')) as RunReport;
    const count = (status: string) => report.files.filter((file) => file.status === status).length;
    expect([count('failed'), count('not-fetched')]).toEqual([0, Number(rest)]);
    expect(textOf('junit-files.xml')).toContain(`tests="${files.length}" failures="0" skipped="${rest}"`);
    expect(textOf('index.html')).toContain(`${rest} not fetched`);
    expect(files.filter(({ state }) => state === 'failed')).toEqual([]);
    expect(files.filter(({ state }) => state === 'wanted').length).toBe(Number(rest));
  },
);

test('a large campaign is stopped with a true lock and true lists; its report and its longest list are left to the next run', async () => {
  const { siteUrl } = await withSandbox({ scenario: 'slow-stream@20000:always' });
  const folder = temporaryFolder();
  const lock = (await readLock(path.join(await sharedCampaign('small'), LOCK_NAME)))!;
  const [row] = lock.level0;
  const level0 = Array.from({ length: 210_000 / row!.files.length }, (_none, index) => ({
    ...row!,
    name: `L0_${index}`,
  }));
  writeFileSync(path.join(folder, LOCK_NAME), [...lockText({ ...lock, level0 })].join(''));

  const out = path.join(folder, 'out');
  mkdirSync(out);
  writeFileSync(path.join(out, LOCK_NAME), [...lockText(lock)].join(''));
  writeFileSync(path.join(out, 'manifest.jsonl'), 'as an earlier run left it');
  const stop = new AbortController();
  const { exitCode, events } = await fetchInProcess({
    ...{ folder, siteUrl, signal: stop.signal, options: { frozen: folder, parallel: 1 } },
    onEvent: ({ type }) => {
      if (type === 'file') stop.abort(new Failure({ code: 'INTERRUPTED', signal: 'SIGINT' }));
    },
  });
  const notes = events.flatMap((event) => (event.type === 'note' ? [event.text] : []));
  const told = /manifest\.jsonl and the report .* left to the next run/;
  expect([exitCode, notes.at(-1)]).toEqual([130, expect.stringMatching(told)]);
  expect(events.at(-1)).toMatchObject({ type: 'run-finished', exitCode: 130, places: [{ what: 'files' }] });
  const here = lockIn(out).files.filter(({ state }) => state === 'verified').length;
  expect(here).toBeGreaterThan(0);
  expect(readFileSync(path.join(out, 'MD5SUMS'), 'utf8').split('\n').length - 1).toBe(here);
  expect(readdirSync(out)).toContain('manifest.csv');
  expect(readdirSync(out)).not.toContain('manifest.jsonl');
  const [run = ''] = reportNames(path.join(folder, 'reports'));
  expect(readdirSync(path.join(folder, 'reports', run))).toEqual(['answers']);
});
