import { describe, expect, test } from 'vitest';
import { fileDrawn } from '../../scripts/contract-suite/engine/checks/catalogue/file-drawn';
import { beginDraw, readDraw } from '../../scripts/contract-suite/engine/checks/catalogue/catalogue-draw';
import {
  beginSweep,
  readEntryById,
  readSweep,
} from '../../scripts/contract-suite/engine/checks/catalogue/catalogue-sweep';
import { readSample } from '../../scripts/contract-suite/engine/checks/catalogue/catalogue-sample-read';
import { sampleRows } from '../../scripts/contract-suite/engine/catalogue-sample';
import { seedOfDay } from '../../scripts/contract-suite/engine/draw';
import { beginFileDraw } from '../../scripts/contract-suite/engine/file-draw';
import type { Answer } from '../../scripts/contract-suite/engine/answer';
import type { Finding } from '../../scripts/contract-suite/engine/finding';
import { beginSample, SAMPLE_SIZE } from '../../scripts/contract-suite/engine/sample-draw';
import { parseAdfName } from '../../scripts/sentinel/adf-name';
import { builtinCatalogue } from '../../scripts/sandbox/catalogue/builtin';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import { withSandbox } from '../helpers/with-sandbox';
import { logIn } from '../sandbox/log-in';
import { answerWith, memoryScope, type MemoryScope } from './memory-scope';

const NIGHTS = Array.from({ length: 30 }, (_, day) => seedOfDay(Date.UTC(2026, 11, 1 + day)));

/** The address of a case with its variables filled in. */
function urlOf(key: string): string {
  const found = CASE_FOLDERS.flatMap(({ cases }) => cases).find((item) => item.key === key);
  return found!.request.url.replace('{{auxip_root_uri}}', '');
}

interface Asked {
  readonly findings: readonly Finding[];
  readonly requests: number;
}

/** Sends the request of a case as often as its check asks for it. */
async function ask(
  key: string,
  check: (answer: ReturnType<typeof answerWith>) => Finding[],
  { siteUrl }: Sandbox,
  token: string,
  scope: MemoryScope,
): Promise<Asked> {
  const findings: Finding[] = [];
  let requests = 0;
  do {
    const address = `${siteUrl}/auxip.svc${encodeURI(scope.text(urlOf(key)))}`;
    const response = await fetch(address, { headers: { Authorization: `Bearer ${token}` } });
    requests += 1;
    expect([address, response.status]).toEqual([address, 200]);
    findings.push(...check(answerWith(await response.text())));
  } while (scope.takeRepeat());
  return { findings, requests };
}

const broken = (findings: readonly Finding[]): Finding[] => findings.filter(({ problem }) => problem !== undefined);

describe('some nights against the healthy sandbox', { timeout: 120_000 }, () => {
  test('samples: tens of entries of three missions, each true to itself, others every night', async () => {
    const sandbox = await withSandbox();
    const { access_token: token } = await logIn(sandbox.siteUrl);
    const ids = new Set<string>();
    for (const contract_seed of NIGHTS.slice(0, 12)) {
      const scope = memoryScope({ contract_seed });
      beginSample('a folder', scope);
      const { findings, requests } = await ask(
        'catalogue-pages-sample',
        (a) => readSample(a, scope),
        sandbox,
        token,
        scope,
      );
      expect([contract_seed, broken(findings), requests <= 4]).toEqual([contract_seed, [], true]);
      const rows = sampleRows(scope);
      expect(rows.length).toBeGreaterThanOrEqual(30);
      expect(rows.length).toBeLessThanOrEqual(SAMPLE_SIZE);
      expect(new Set(rows.map(({ Name }) => Name.slice(0, 2)))).toEqual(new Set(['S1', 'S2', 'S3']));
      expect(scope.value('seed_type')).not.toBe('');
      rows.forEach(({ Id }) => ids.add(Id));
    }
    expect(ids.size).toBeGreaterThan(300);
  });

  test('draws: every part that has entries gives some, in at most 75 requests; the same again from the same seed', async () => {
    const sandbox = await withSandbox();
    const { access_token: token } = await logIn(sandbox.siteUrl);
    const names = new Set<string>();
    for (const contract_seed of [...NIGHTS.slice(0, 4), NIGHTS[0]]) {
      const scope = memoryScope({ contract_seed: contract_seed! });
      beginDraw(scope);
      const { findings, requests } = await ask(
        'catalogue-draw-entries',
        (a) => readDraw(a, scope),
        sandbox,
        token,
        scope,
      );
      expect([contract_seed, broken(findings), requests <= 75]).toEqual([contract_seed, [], true]);
      const last = findings.at(-1)?.promise ?? '';
      for (const unit of ['S1A', 'S1B', 'S1_', 'S2A', 'S2_', 'S3A', 'S3_'])
        expect(last.replace(/^[^,]*, none of/, '').split(/[ ,]+/)).not.toContain(unit);
      names.add(findings.map(({ promise }) => promise).join());
    }
    expect(names.size).toBe(4);
  });

  test('windows: a small catalogue is swept entirely, in five ways, and entries of most types are read by id', async () => {
    const sandbox = await withSandbox();
    const { access_token: token } = await logIn(sandbox.siteUrl);
    const scope = memoryScope({ contract_seed: NIGHTS[0]! });
    const ids = new Set<string>();
    beginSweep(scope);
    const read = (a: Answer) => {
      for (const { Id } of (a.json() as { value: { Id: string }[] }).value) ids.add(Id);
      return readSweep(a, scope);
    };
    const types = new Set<string>();
    const byId = (a: Answer) => {
      const findings = readEntryById(a, scope);
      for (const { promise } of findings) types.add(parseAdfName(promise.split(/[?/ ]/)[0]!)?.type ?? promise);
      return findings;
    };
    const requests = { windows: 0, byId: 0 };
    while (scope.value('sweep_query') !== '') {
      const swept = await ask('catalogue-draw-windows', read, sandbox, token, scope);
      const entries = await ask('catalogue-draw-by-id', byId, sandbox, token, scope);
      expect(broken([...swept.findings, ...entries.findings])).toEqual([]);
      requests.windows += swept.requests;
      requests.byId += entries.requests;
    }
    // One of the outer windows may be empty: then nothing is drawn from it, and after the last one an entry is read once more.
    expect([
      { windows: 75, byId: 240 },
      { windows: 71, byId: 224 },
      { windows: 71, byId: 225 },
    ]).toContainEqual(requests);
    expect(ids.size).toBe(builtinCatalogue().adfs?.().length);
    expect(types.size).toBeGreaterThan(200);
  });

  test('files: a small one of each mission in its turn, and a larger one of another mission', async () => {
    const sandbox = await withSandbox();
    const { access_token: token } = await logIn(sandbox.siteUrl);
    const missions = new Set<string>();
    for (const contract_seed of NIGHTS) {
      const scope = memoryScope({ contract_seed });
      beginFileDraw('file', scope);
      for (const [key, as] of [
        ['small-file', 'file'],
        ['large-file', 'large'],
      ] as const) {
        const asked = await ask(key, (a) => fileDrawn({ is: 'file-drawn', as }, a, scope), sandbox, token, scope);
        expect([contract_seed, broken(asked.findings), asked.requests <= 7]).toEqual([contract_seed, [], true]);
      }
      const [small, large] = ['file', 'large'].map((as) => scope.value(`${as}_name`).slice(0, 2));
      expect(small).not.toBe(large);
      expect(Number(scope.value('file_length'))).toBeGreaterThan(1100);
      expect(Number(scope.value('file_length'))).toBeLessThan(100_000);
      expect(Number(scope.value('large_length'))).toBeGreaterThan(1024 * 1024);
      expect(Number(scope.value('large_last'))).toBe(Number(scope.value('large_length')) - 1);
      missions.add(small!);
    }
    expect(missions).toEqual(new Set(['S1', 'S2', 'S3']));
  });
});
