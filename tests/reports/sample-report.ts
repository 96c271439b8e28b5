import type { ReportedBaseline, ReportedFile, ReportedStep, RunReport } from '../../scripts/reports/run/run-report';

const TYPES = [
  ...['OL_1_CAL_AX', 'OL_1_EO__AX', 'OL_1_INS_AX', 'OL_1_SPC_AX', 'OL_1_RAC_AX', 'OL_1_PRG_AX', 'OL_1_CLUTAX'],
  ...['OL_2_ACP_AX', 'OL_2_CLP_AX', 'OL_2_OCP_AX', 'OL_2_PCP_AX', 'OL_2_PPP_AX', 'OL_2_VGP_AX', 'OL_2_WVP_AX'],
  ...['AX___FRO_AX', 'AX___FPO_AX', 'AX___OSF_AX', 'AX___MA1_AX', 'AX___MA2_AX', 'AX___DEM_AX', 'AX___LWM_AX'],
  ...['AX___OOM_AX', 'AX___CLM_AX', 'AX___TRM_AX', 'AX___BA__AX'],
];
/** Types with a new file every few hours, as meteorological and orbit files have. */
const OFTEN = new Set(['AX___FRO_AX', 'AX___MA1_AX', 'AX___MA2_AX', 'OL_1_EO__AX']);

const pad = (number: number, digits: number): string => String(number).padStart(digits, '0');

function level0Name(index: number): string {
  const [hour, minute] = [pad(Math.floor(index / 13), 2), pad((index % 13) * 4, 2)];
  return `S3A_OL_0_EFR____20240301T${hour}${minute}12_20240301T${hour}${pad((index % 13) * 4 + 2, 2)}10_20240301T235430_0118_109_${pad(index, 3)}______PS1_O_NR_002.SEN3.zip`;
}

function adfName(type: string, version: number): string {
  return `S3A_${type}_20160216T000000_20991231T235959_20240${(version % 3) + 1}01T120000___________________MPC_O_AL_${pad(version + 1, 3)}.SEN3.zip`;
}

/** 310 L0 products, 25 types, 60 distinct files; some L0 products lack types, one is unknown. */
function baselines(faults: boolean): ReportedBaseline[] {
  return Array.from({ length: 310 }, (_none, index) => {
    const level0 = level0Name(index);
    if (faults && index === 120) return { level0, found: false, adfs: [] };
    const lacks = !faults
      ? []
      : index >= 200 && index < 212
        ? ['OL_1_CAL_AX']
        : index === 40
          ? ['AX___MA1_AX', 'AX___MA2_AX']
          : [];
    const types = TYPES.filter((type) => !lacks.includes(type));
    const version = (type: string): number => (OFTEN.has(type) ? Math.floor(index / 32) : 0);
    return { level0, found: true, adfs: types.map((type) => ({ name: adfName(type, version(type)), type })) };
  });
}

function files(all: readonly ReportedBaseline[]): ReportedFile[] {
  const needed = new Map<string, { type: string; neededBy: number }>();
  for (const { name, type = '' } of all.flatMap(({ adfs }) => adfs)) {
    needed.set(name, { type, neededBy: (needed.get(name)?.neededBy ?? 0) + 1 });
  }
  const lanes = [0, 0, 0, 0, 0];
  return [...needed].map(([name, { type, neededBy }], index) => {
    const bytes = 3_072 + ((index * 7_919_381) % 97_000_000);
    const seconds = Number((0.08 + bytes / 40_000_000).toFixed(3));
    const lane = lanes.indexOf(Math.min(...lanes));
    const startMilliseconds = 9_300 + (lanes[lane] ?? 0);
    lanes[lane] = (lanes[lane] ?? 0) + seconds * 1000 + 12;
    const file = { name, type, neededBy };
    if (index === 17) {
      const error = `The file ${name} has 4 194 304 bytes, the catalogue says 8 388 608.`;
      return { ...file, bytes, status: 'failed', seconds, startMilliseconds, error };
    }
    if (index > 57) return { ...file, bytes: 0, status: 'not-fetched' };
    const md5 = pad(index, 2).repeat(16);
    if (index % 11 === 4) return { ...file, bytes, md5, status: 'already-here', seconds: 0.02 };
    return { ...file, bytes, md5, status: 'verified', seconds, startMilliseconds };
  });
}

function steps(): ReportedStep[] {
  const site = 'http://127.0.0.1:35211';
  const planned: [string, string, string, string, number, number, number][] = [
    ['0 Authenticate', 'Get token', 'POST', '/auth/realms/rrpp/protocol/openid-connect/token', 200, 143, 2_412],
    [
      '1 Data baseline',
      'Baseline by L0 names',
      'GET',
      "/rdb.svc/getReprocessingDataBaseline(l0_names='S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',mission='S3OLCI',unit='A',product_type='L2LFR')",
      200,
      1_204,
      9_101,
    ],
    [
      '1 Data baseline',
      'Baseline by sensing interval',
      'GET',
      "/rdb.svc/getReprocessingDataBaseline(start=2024-02-29T23:59:59Z,stop=2024-03-02T00:00:00Z,mission='S3OLCI',unit='A',product_type='L2LFR')",
      200,
      7_203,
      1_531_204,
    ],
    [
      '2 Auxiliary files',
      'Catalogue entry',
      'GET',
      '/auxip.svc/Products(0a1b2c3d-0000-4000-8000-000000000001)',
      200,
      78,
      812,
    ],
    [
      '2 Auxiliary files',
      'Resolve $value',
      'GET',
      '/auxip.svc/Products(0a1b2c3d-0000-4000-8000-000000000001)/$value',
      302,
      31,
      0,
    ],
    [
      '2 Auxiliary files',
      'First KiB from the store',
      'GET',
      '/store/auxip/0a1b2c3d/S3A_OL_1_CAL_AX.SEN3.zip',
      206,
      44,
      1_024,
    ],
    ['2 Auxiliary files', 'Send and Download', 'GET', '', 0, 0, 0],
  ];
  let startMilliseconds = 120;
  return planned.map(([folder, name, method, path, status, milliseconds, bytes], index) => {
    const start = startMilliseconds;
    startMilliseconds += milliseconds + 35;
    const assertions: { name: string; ok: boolean; message?: string }[] = [
      { name: `Status ${status}`, ok: true },
      { name: 'Media type is JSON', ok: true },
      { name: 'Answer fits its schema', ok: true },
      {
        name: 'Every link points to the configured host',
        ok: index !== 2,
        message:
          index === 2
            ? "expected 'https://elsewhere.example/Products(0a1b)/$value' to start with 'http://127.0.0.1:35211/auxip.svc/'"
            : undefined,
      },
    ];
    const step = {
      folder,
      name,
      method,
      url: path && site + path,
      milliseconds,
      startMilliseconds: start,
      bytes,
      assertions,
    };
    return status === 0 ? { ...step, assertions: [], skipped: true } : { ...step, status };
  });
}

/** A day of S3OLCI with a bit of everything that can happen. */
export function sampleReport(changes: Partial<RunReport> = {}): RunReport {
  const all = baselines(true);
  return {
    title: 'Reprocessing workflow',
    command: 'run',
    auxflowVersion: '0.1.0',
    startedAt: '2026-11-23T12:04:11.482Z',
    finishedAt: '2026-11-23T12:04:48.120Z',
    environment: 'sandbox',
    siteUrl: 'http://127.0.0.1:35211',
    request: {
      mission: 'S3OLCI',
      unit: 'A',
      productType: 'L2LFR',
      start: '2024-02-29T23:59:59Z',
      stop: '2024-03-02T00:00:00Z',
    },
    steps: steps(),
    baselines: all,
    files: files(all),
    findings: [
      {
        severity: 'error',
        title: 'One file has the wrong size.',
        text: 'Expected 8 388 608 bytes. Received 4 194 304 bytes.',
        next: 'Run the same line again: only this file is fetched.',
      },
      {
        severity: 'warning',
        title: "1 of 310 Level-0 names are not in the service's table.",
        text: level0Name(120),
        next: 'Check the spelling of the name.',
      },
      { severity: 'note', title: 'The download limit left out 3 files.', text: 'They are listed as not fetched.' },
    ],
    links: [
      { label: 'Newman report: every request, answer and check', href: 'newman.html' },
      { label: 'JUnit XML', href: 'junit.xml' },
      { label: 'Saved baseline answers', href: 'answers/' },
      { label: 'Downloaded files', href: '../../downloads/sandbox-S3OLCI-A-L2LFR/' },
    ],
    exitCode: 6,
    ...changes,
  };
}

/** The same day without a fault. */
export function goodReport(): RunReport {
  const report = sampleReport();
  const all = baselines(false);
  return {
    ...report,
    exitCode: 0,
    findings: [],
    steps: report.steps.map((step) => ({
      ...step,
      assertions: step.assertions.map(({ name }) => ({ name, ok: true })),
    })),
    baselines: all,
    files: files(all).map((file) => ({
      ...file,
      error: undefined,
      bytes: file.bytes || 4_096,
      status: 'verified',
    })),
  };
}
