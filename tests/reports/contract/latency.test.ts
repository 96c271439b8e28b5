import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { contractMarkdown } from '../../../scripts/contract-suite/report/contract-markdown';
import { contractPage } from '../../../scripts/contract-suite/report/contract-page';
import { latencyOf, latencyResults, type Latency } from '../../../scripts/contract-suite/report/latency';
import { earlierLatencies } from '../../../scripts/contract-suite/run/earlier-runs';
import type { CaseStep } from '../../../scripts/newman/case-step';
import { requestKind, type RequestKind } from '../../../scripts/newman/request-kind';
import { temporaryFolder } from '../../helpers/run-cli';
import { sampleContract } from '../sample-contract';

function steps(kind: RequestKind, ...milliseconds: number[]): CaseStep[] {
  return milliseconds.map((time) => ({
    folder: 'x',
    name: 'y',
    curl: '',
    status: 200,
    milliseconds: time,
    kind,
    assertions: [],
    sent: true,
  }));
}

describe('what a request asks for', () => {
  test.each([
    ['token', 'https://s/auth/realms/r/protocol/openid-connect/token'],
    ['metadata', 'https://s/auxip.svc/$metadata?$format=xml'],
    ['baseline', "https://s/rdb.svc/getReprocessingDataBaseline(mission='S3OLCI')"],
    ['catalogue', 'https://s/auxip.svc/Products?$filter=x'],
    ['catalogue', 'https://other/odata/v1/Products(0)'],
    ['redirect', 'https://s/auxip.svc/Products(0-1)/$value'],
    ['reprocessing', 'https://s/reprocessing.svc/AuxTypes'],
    ['store', 'https://store/auxip/0-1/Products?X-Amz-Date=1'],
    [undefined, 'https://s/sandbox/clock'],
  ])('%s: %s', (kind, url) => {
    expect(requestKind(url)).toBe(kind);
  });
});

describe('how long answers took', () => {
  test('least, median, nine of ten, slowest; requests without an answer and other kinds do not count', () => {
    const times = Array.from({ length: 20 }, (_, index) => (index + 1) * 100);
    const silent: CaseStep = { ...steps('catalogue', 0)[0]!, status: undefined };
    const [row, ...others] = latencyOf([...steps('catalogue', ...times.reverse()), silent, ...steps('store', 5)]);
    expect(row).toEqual({ kind: 'catalogue', count: 20, min: 0.1, median: 1, p90: 1.8, max: 2 });
    expect(others.map(({ kind, count, max }) => [kind, count, max])).toEqual([['store', 1, 0.005]]);
    expect(latencyOf([])).toEqual([]);
  });

  test('earlier runs: the median of their medians, of the same kind', () => {
    const earlier = [100, 300, 200].map((time) => latencyOf(steps('token', time)));
    const [row] = latencyOf(steps('token', 900), [...earlier, latencyOf(steps('store', 1))]);
    expect(row?.earlier).toEqual({ runs: 3, median: 0.2 });
    expect(latencyOf(steps('token', 900))[0]).not.toHaveProperty('earlier');
  });

  test('a limit is broken by the slowest answer, kept at the limit, untested where nothing was asked', () => {
    const results = latencyResults(latencyOf([...steps('token', 10, 2001), ...steps('store', 2000)]), {
      token: 2,
      store: 2,
      metadata: 1,
    });
    expect(results.map(({ key, verdict }) => [key, verdict])).toEqual([
      ['latency-token', 'broken'],
      ['latency-metadata', 'untested'],
      ['latency-store', 'kept'],
    ]);
    expect(results[0]?.problems[0]).toMatchObject({ promise: 'No answer takes longer than 2.0 s' });
    expect(results[0]?.problems[0]?.got).toMatch(/slowest took 2\.0 s: median 10 ms/);
  });

  test('page and summary tell it', () => {
    const latency = latencyOf(steps('catalogue', 300), [latencyOf(steps('catalogue', 100))]);
    const report = sampleContract({ latency });
    expect(contractMarkdown(report)).toContain(
      '- catalogue: median 300 ms, 90 % within 300 ms, slowest 300 ms of 1; 1 earlier run: median 100 ms',
    );
    expect(contractPage(report).replace(/\s+/g, ' ')).toMatch(/How long answers took.*catalogue.*median 100 ms of 1/);
  });
});

describe('earlier runs', () => {
  const row: Latency = { kind: 'token', count: 1, min: 1, median: 1, p90: 1, max: 1 };
  const write = (folder: string, name: string, text: string): void => {
    mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, name, 'contract.json'), text);
  };

  test('the latest ten of the same site; what cannot be read is left out', async () => {
    const folder = temporaryFolder();
    const report = (siteUrl: string, median: number): string =>
      JSON.stringify({ siteUrl, latency: [{ ...row, median }, { kind: 'nonsense', median: 1 }, null] });
    for (let run = 10; run < 25; run += 1)
      write(folder, `202601${run}T000000Z-site-contract`, report('https://s', run));
    write(folder, '20270101T000000Z-site-contract', report('https://other', 99));
    write(folder, '20270102T000000Z-site-contract', '{"siteUrl":"https://s","latency":');
    write(folder, '20270103T000000Z-site-contract', '{"siteUrl":"https://s"}');
    mkdirSync(path.join(folder, '20270104T000000Z-site-contract'));
    const found = await earlierLatencies(folder, 'https://s');
    expect(found.map(([first, ...others]) => [first?.median, others.length])).toEqual(
      [24, 23, 22, 21, 20, 19, 18, 17, 16, 15].map((median) => [median, 0]),
    );
  });

  test('no folder yet: none', async () => {
    expect(await earlierLatencies(path.join(temporaryFolder(), 'none'), 'https://s')).toEqual([]);
  });
});
