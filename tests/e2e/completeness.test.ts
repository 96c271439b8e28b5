import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { RunReport } from '../../scripts/reports/run/run-report';
import type { AdfRecord, Catalogue, Level0Record } from '../../scripts/sandbox/catalogue/catalogue';
import type { Faults } from '../../scripts/sandbox/faults/scenarios/faults';
import { textReply } from '../../scripts/sandbox/http/reply';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../scripts/sandbox/sandbox';
import { MISSIONS } from '../../scripts/sentinel/missions';
import { sampleOf } from '../helpers/budget';
import { drawTests } from '../helpers/draw-tests';
import { judgeInProcess } from '../helpers/judge-in-process';
import { type CliResult, placesIn, reportNames, runCli, temporaryFolder } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(6);

vi.setConfig({ maxConcurrency: 2, testTimeout: 300_000 });

const DAY = ['-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR', '-t0', '2024-02-29T23:59:59Z', '-t1', '2024-03-02T00:00:00Z'];

interface Judged extends CliResult {
  readonly report: RunReport;
  readonly junit: string;
  /** Codes of the errors of completeness. */
  readonly codes: readonly string[];
  readonly sandbox: Sandbox;
}

async function judge(
  verb: 'run' | 'fetch',
  words: readonly string[],
  atEnd: typeof onTestFinished,
  options?: SandboxOptions,
  more: string[] = [],
): Promise<Judged> {
  const sandbox = await withSandbox(options, atEnd);
  const folder = temporaryFolder(atEnd);
  const few = verb === 'run' ? ['--download-limit', '1'] : ['-d', 'FALSE'];
  const site = ['--site-url', sandbox.siteUrl];
  const result = await runCli([verb, ...site, ...words, ...few, ...placesIn(folder), ...more]);
  const reports = path.join(folder, 'reports', reportNames(path.join(folder, 'reports'))[0] ?? '');
  const report = JSON.parse(readFileSync(path.join(reports, 'run.json'), 'utf8')) as RunReport;
  const junit = readFileSync(path.join(reports, 'junit.xml'), 'utf8');
  const codes = (report.completeness?.errors ?? []).map(({ code }) => code);
  expect(sandbox.defects).toEqual([]);
  return { ...result, report, junit, codes, sandbox };
}

/** What rdb.svc knows, changed; reprocessing.svc goes on as before. */
function inRdb(change: (catalogue: Catalogue) => Partial<Catalogue>): Faults {
  return {
    catalogue: (catalogue, service) => (service === 'rdb' ? { ...catalogue, ...change(catalogue) } : catalogue),
  };
}

/** Files of one type, or of all, as rdb.svc sees them. */
function offering(type: string | undefined, change: (files: readonly AdfRecord[]) => readonly AdfRecord[]): Faults {
  return inRdb((catalogue) => ({
    choose: undefined,
    adfsOfType: (asked, platform, unit) => {
      const files = catalogue.adfsOfType(asked, platform, unit);
      return type === undefined || asked.longName === type ? change(files) : files;
    },
  }));
}

const HOUR = 3_600_000;
const later = (hours: number) => (files: readonly AdfRecord[]) =>
  files.map((file) => ({ ...file, start: file.start + hours * HOUR, stop: file.stop + hours * HOUR }));

const withoutNewest = (files: readonly AdfRecord[]): readonly AdfRecord[] => {
  const newest = Math.max(...files.map(({ creation }) => creation));
  return files.filter(({ creation }) => creation !== newest);
};

describe('what was green', () => {
  const DEFECTS: readonly (readonly [what: string, options: SandboxOptions, code: string, words: RegExp])[] = [
    [
      'POEORB gone',
      { faults: [offering('AUX_POEORB', () => [])] },
      'ADF_TYPE_MISSING',
      /ADF type AUX_POEORB is missing from the baselines of 311 of 311 Level-0 products[^]*expected +for S3A_OL_0_EFR____20240301T000111[^]*S3A_OPER_AUX_POEORB_POD__\S+EOF\.zip \(valid [^]*LatestValCover selects/,
    ],
    [
      'an older file chosen',
      { faults: [offering('OL_2_PPP_AX', withoutNewest)] },
      'ADF_SUPERSEDED',
      /The baselines of 311 of 311 Level-0 products contain a superseded file of ADF type OL_2_PPP_AX/,
    ],
    [
      'validities an hour late',
      { faults: [offering(undefined, later(1))] },
      'ADF_VALIDITY_SHIFTED',
      /seems to shift every validity: an hour later than in reprocessing\.svc, for [^]*AX___MA1_AX/,
    ],
    [
      'validities an hour early',
      { faults: [offering(undefined, later(-1))] },
      'ADF_VALIDITY_SHIFTED',
      /seems to shift every validity: an hour earlier than in reprocessing\.svc/,
    ],
    [
      'LatestValCover takes the oldest',
      { mutant: 'oldest-of-covering' },
      'ADF_SUPERSEDED',
      /superseded file of [^]*AX___FRO_AX for 311[^]*LatestValCover selects the most recently created file that covers the interval/,
    ],
    [
      'one file of several',
      { mutant: 'one-of-without-duplicate' },
      'ADF_FILES_MISSING',
      /contain only some of the files of 4 ADF types \(AX___MA1_AX for 311, AX___MA2_AX for 311, AX___MF1_AX for 311[^]*selects every file that overlaps the interval/,
    ],
  ];

  test.concurrent.for(sampleOf(DEFECTS, 2))(
    '%s: exit code 1',
    async ([what, options, code, words], { onTestFinished: atEnd }) => {
      const judged = await judge(what.startsWith('POEORB') ? 'fetch' : 'run', DAY, atEnd, options);
      expect([judged.exitCode, judged.codes]).toEqual([1, [code]]);
      expect(judged.stdout).toMatch(words);
      expect(judged.report.findings.filter(({ severity }) => severity === 'error').length).toBe(1);
      expect(judged.junit).toMatch(
        /<testcase classname="Completeness \/ ADF types" name="[A-Z0-9_]+ by \w+" time="0.000"><failure/,
      );
    },
  );
});

const S1 = 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip';
const S2 = 'S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar';
const S3 = 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const NAMES: Readonly<Record<string, string>> = { S1SAR: S1, S2MSI: S2, S3SYN: S3 };

describe('what is healthy stays green', () => {
  let healthy: Sandbox;
  beforeAll(async () => (healthy = await startSandbox()));
  afterAll(() => healthy.close());

  const ALL = Object.entries(MISSIONS).flatMap(([mission, types]) => types.map((type) => [mission, type] as const));
  const isEmpty = (mission: string, productType: string): boolean => mission === 'S3SRAL' && productType === 'L1CAL';
  const DAY_OF_ALL = { start: '2024-02-29T12:00:00Z', stop: '2024-03-01T12:00:00Z' };

  test.each(ALL)('%s %s', async (mission, productType) => {
    const name = NAMES[mission];
    const what = name === undefined ? DAY_OF_ALL : { level0Names: [{ name }] };
    const judged = await judgeInProcess(healthy.siteUrl, { mission, unit: 'A', productType, ...what });
    if (isEmpty(mission, productType)) expect(judged).toBeUndefined();
    else expect(judged).toMatchObject({ errors: [], doubts: [], reason: undefined });
    expect((judged?.types.length ?? 0) > 0).toBe(!isEmpty(mission, productType));
  });

  const TOLD = [
    ['S1SAR', 'L1SLC'],
    ['S3SYN', 'L2'],
    ['S3SRAL', 'L1CAL'],
  ] as const;

  test.concurrent.for(sampleOf(TOLD, 1))(
    '%s %s, told by the command line',
    async ([mission, productType], { onTestFinished: atEnd }) => {
      const name = NAMES[mission];
      const what = name === undefined ? ['-t0', DAY_OF_ALL.start, '-t1', DAY_OF_ALL.stop] : ['-l0', name];
      const judged = await judge('run', ['-m', mission, '-su', 'A', '-pt', productType, ...what], atEnd);
      expect([judged.codes, judged.report.completeness?.doubts ?? []]).toEqual([[], []]);
      expect(judged.exitCode).toBe(isEmpty(mission, productType) ? 1 : 0);
      if (!isEmpty(mission, productType)) expect(judged.stdout).toMatch(/; nothing is missing of \d+ ADF types?\./);
    },
  );
});

/** The interval form, cut or with holes. */
function listed(change: (records: readonly Level0Record[]) => readonly Level0Record[]): Faults {
  return inRdb((catalogue) => ({
    level0Within: (prefix, start, stop) => change(catalogue.level0Within(prefix, start, stop)),
  }));
}

describe('Level-0 products that an interval leaves out', () => {
  test.concurrent('the answer ends after 200: the 111 others are found by asking for their time alone', async (context) => {
    const faults = [listed((records) => records.slice(0, 200))];
    const judged = await judge('run', DAY, context.onTestFinished, { faults });
    expect([judged.exitCode, judged.codes]).toEqual([1, ['L0_LEFT_OUT']]);
    expect(judged.stdout).toMatch(
      /111 Level-0 products of the interval are missing from the answer, between 2024-03-01T/,
    );
    const calls = judged.sandbox.requests.filter(({ url }) => url.includes('getReprocessingDataBaseline'));
    expect(calls.length).toBeLessThanOrEqual(6);
  });

  test.concurrent('windows that overlap prove it', async (context) => {
    const faults = [listed((records) => records.slice(0, 200))];
    const judged = await judge('fetch', DAY, context.onTestFinished, { faults });
    expect([judged.exitCode, new Set(judged.codes)]).toEqual([1, new Set(['L0_LEFT_OUT'])]);
    expect(judged.stdout).toMatch(/an overlapping part of the request returned S3A_OL_0_EFR/);
  });

  test.concurrent('holes between neighbours are looked up by name', async (context) => {
    const faults = [listed((records) => records.filter((_, index) => index % 9 !== 5))];
    const judged = await judge('run', DAY, context.onTestFinished, { faults });
    expect([judged.exitCode, judged.codes]).toEqual([1, ['L0_LEFT_OUT']]);
    expect(judged.stdout).toMatch(/a request by name found S3A_OL_0_EFR____20240301T\d{6}_20240301T\d{6}/);
  });
});

describe('what can be accepted, or not be judged', () => {
  const faults = [offering('AUX_POEORB', () => [])];

  test.concurrent('--allow-missing: a note, and exit code 0', async (context) => {
    const judged = await judge('run', DAY, context.onTestFinished, { faults }, ['--allow-missing', 'X,AUX_POEORB']);
    expect([judged.exitCode, judged.codes]).toEqual([0, []]);
    expect(judged.stdout).toMatch(/AUX_POEORB is missing for 311 Level-0 products, as allowed/);
    expect(judged.stdout).toMatch(/missing as allowed: AUX_POEORB/);
  });

  test.concurrent('reprocessing.svc is not to be read: it is said, and a type that others have is missed', async (context) => {
    const gone: Faults = {
      site: ({ service }) => (service === 'reprocessing' ? textReply(404, 'text/html', '<h1>404</h1>') : undefined),
    };
    const sound = await judge('run', DAY, context.onTestFinished, { faults: [gone] });
    expect([sound.exitCode, sound.report.completeness?.source]).toEqual([0, 'published table']);
    expect(sound.stdout).toMatch(
      /note reprocessing\.svc was not read[^]*reprocessing\.svc was not read, so that baselines/,
    );

    let count = 0;
    const some: Faults = {
      entry: (entry) => ({
        ...entry,
        adfs: entry.adfs.filter(({ type }) => type.longName !== 'OL_2_PPP_AX' || count++ % 2 === 0),
      }),
    };
    const lacking = await judge('run', DAY, context.onTestFinished, { faults: [gone, some] });
    expect([lacking.exitCode, lacking.codes]).toEqual([1, ['ADF_TYPE_MISSING']]);
    expect(lacking.stdout).toMatch(/ADF type OL_2_PPP_AX is missing from the baselines of 15[56] of 311/);
  });
});

test('Sentinel-1: an older file of the same instrument configuration is a finding', async (context) => {
  const faults = [offering('AUX_CAL', () => []), offering('AUX_PP1', withoutNewest)];
  const judged = await judge('run', ['-m', 'S1SAR', '-su', 'A', '-pt', 'L1SLC', '-l0', S1], context.onTestFinished, {
    faults,
  });
  expect([judged.exitCode, judged.report.completeness?.doubts]).toEqual([1, []]);
  expect(judged.stdout).toMatch(/ADF type AUX_CAL is missing from the baselines of 1 of 1 Level-0 product/);
});
