import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { LOCK_NAME, lockText, readLock, type CampaignLock } from '../../scripts/campaign/lock/campaign-lock';
import { linkOf } from '../../scripts/campaign/lock/file-lists';
import { writeWhole } from '../../scripts/lib/write-file-atomic';
import { lockIn } from '../helpers/campaign';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { STAC_ITEM_COLLECTION } from '../helpers/stac-schemas';

const NAMES = [
  'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
  'S3A_OL_0_EFR____20240301T013410_20240301T013610_20240301T025532_0119_109_302______PS1_O_NR_002.SEN3.zip',
];
const REQUEST = ['-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR', '-l0', NAMES.join(','), '-d', 'FALSE'];

/** A campaign laid out in folders, listed and not fetched. */
const campaign = mkdtempSync(path.join(tmpdir(), 'auxflow-test-'));
const out = path.join(campaign, 'out');
beforeAll(async () => {
  expect((await runCli(['fetch', ...REQUEST, '--layout', 'mission-type', ...placesIn(campaign)])).exitCode).toBe(0);
  return () => rmSync(campaign, { recursive: true });
});

async function exportAs(format: string): Promise<{ lock: CampaignLock; text: string }> {
  const { exitCode, stdout } = await runCli(['export', out, '--format', format]);
  expect(exitCode).toBe(0);
  return { lock: lockIn(out), text: stdout };
}

test('STAC: every item is valid by the 1.1.0 specification and the extensions it declares', async () => {
  const { lock, text } = await exportAs('stac');
  const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
  addFormats(ajv);
  const isValid = ajv.compile(STAC_ITEM_COLLECTION);
  const collection = JSON.parse(text) as {
    features: { id: string; assets: Record<string, Record<string, unknown>> }[];
  };
  expect([isValid(collection), isValid.errors]).toEqual([true, null]);
  expect(new Set(collection.features.map(({ id }) => id)).size).toBe(lock.files.length);
  const assets = collection.features.map((item) => item.assets['file']!);
  expect(assets.map((asset) => asset['file:local_path'])).toEqual(lock.files.map(({ path: place }) => place));
  expect(assets.map(({ href }) => href)).toEqual(lock.files.map((file) => linkOf(file, lock.site)));
});

/** Elements and attributes as a parser of its own sees them, with their namespace. */
const PARSE = `
import sys, json, xml.etree.ElementTree as E
def tree(e): return [e.tag, e.attrib, (e.text or '').strip(), [tree(c) for c in e]]
print(json.dumps(tree(E.fromstring(sys.stdin.buffer.read()))))`;

type Tree = [tag: string, attributes: Record<string, string>, text: string, children: Tree[]];

describe('Metalink', () => {
  test('has the structure of RFC 5854', async () => {
    const { lock, text } = await exportAs('metalink');
    const NAMESPACE = '{urn:ietf:params:xml:ns:metalink}';
    const [root, attributes, , children] = JSON.parse(
      execFileSync('python3', ['-c', PARSE], { input: text, encoding: 'utf8' }),
    ) as Tree;
    expect([root, attributes]).toEqual([`${NAMESPACE}metalink`, {}]);
    // §4.1.1: at most one generator and one updated (a date of RFC 3339), at least one file, nothing else.
    const [generator, updated, ...files] = children;
    expect([generator?.[0], generator?.[2]]).toEqual([`${NAMESPACE}generator`, expect.stringMatching(/^auxflow\/\d/)]);
    expect([updated?.[0], new Date(updated![2]).toISOString()]).toEqual([`${NAMESPACE}updated`, updated?.[2]]);
    expect(files.length).toBe(lock.files.length);
    for (const [index, [tag, { name = '', ...others }, , parts]] of files.entries()) {
      const locked = lock.files[index]!;
      expect([tag, name, others]).toEqual([`${NAMESPACE}file`, locked.path, {}]);
      // §4.1.2.1: a relative path, without any step up.
      expect(name.split('/').filter((part) => ['', '.', '..'].includes(part))).toEqual([]);
      expect(parts).toEqual([
        [`${NAMESPACE}size`, {}, String(locked.bytes), []],
        [`${NAMESPACE}hash`, { type: 'md5' }, locked.md5, []],
        [`${NAMESPACE}url`, {}, linkOf(locked, lock.site), []],
      ]);
    }
  });

  const hasAria2 = spawnSync('aria2c', ['--version']).status === 0;

  test.skipIf(!hasAria2)(
    'is read by aria2c with every file and size (skipped where aria2c is not installed)',
    async () => {
      const { lock, text } = await exportAs('metalink');
      const file = path.join(temporaryFolder(), 'campaign.meta4');
      writeFileSync(file, text);
      const shown = execFileSync('aria2c', ['--no-conf', '--show-files=true', file], { encoding: 'utf8' });
      for (const { path: place, bytes } of lock.files) {
        expect(shown).toContain(`${place!}\n`);
        expect(shown.replaceAll(',', '')).toContain(`(${bytes!})`);
      }
    },
  );
});

test('a reader that takes its time gets the whole list', async () => {
  const lock = (await readLock(path.join(out, LOCK_NAME)))!;
  const place = path.join(temporaryFolder(), LOCK_NAME);
  const files = Array.from({ length: 10_000 }, () => lock.files[0]!);
  await writeWhole(place, lockText({ ...lock, files }));
  const slow = await runCli(['export', place, '--format', 'urls'], {
    started: ({ stdout }) => {
      stdout?.pause();
      setTimeout(() => stdout?.resume(), 2000);
    },
  });
  expect([slow.exitCode, slow.stdout.split('\n').filter(Boolean).length]).toEqual([0, files.length]);
});
