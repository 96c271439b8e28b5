import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleOf } from '../helpers/budget';
import { createTestServer, sendJson, sendPage, type TestServer } from '../helpers/create-test-server';
import { drawTests } from '../helpers/draw-tests';
import { environmentFile } from '../helpers/environment-file';
import { mounts } from '../helpers/mounts';
import { type CliResult, placesIn, reportNames, runCli, temporaryFolder } from '../helpers/run-cli';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

drawTests(8);

const S1 = 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip';
const REQUEST = ['-m', 'S1SAR', '-su', 'A', '-pt', 'L1SLC', '-l0', S1];
const FOUND =
  'The L0 product name entered in the request was found in the data base. So, the ADF selection rule has been applied using the sensing start of the corresponding data take.';

function baseline(change: { message?: string; link?: string; name?: string }): object {
  const id = 'cca2209c-cc89-483f-9346-08aa624c602d';
  const Name = change.name ?? 'S1A_AUX_CAL_V20190228T092500_G20210104T141310.SAFE.zip';
  const AuxDataFiles = [{ Name, AuxipLink: change.link ?? `http://127.0.0.1:9/auxip.svc/Products(${id})/$value` }];
  return {
    '@odata.context': '$metadata#Collection(OData.CSC.DataBaseline)',
    value: [{ Level0: S1, Message: change.message ?? FOUND, AuxDataFiles }],
  };
}

/** A run against the sandbox, whose rdb.svc alone is replaced by `answer`. */
async function runWithRdb(
  answer: (response: ServerResponse) => void,
): Promise<CliResult & { folder: string; rdb: TestServer }> {
  const sandbox = await withSandbox();
  const rdb = await createTestServer((_request, response) => answer(response));
  const folder = temporaryFolder();
  const env = environmentFile(folder, { site_url: sandbox.siteUrl, rdb_root_uri: `${rdb.origin}/rdb.svc` });
  const result = await runCli(['run', '--env', env, ...REQUEST, ...placesIn(folder)], { environment: ACCOUNT });
  return { ...result, folder, rdb };
}

const saved = (folder: string): string[] =>
  reportNames(path.join(folder, 'reports')).flatMap((run) => readdirSync(path.join(folder, 'reports', run, 'answers')));

describe('answers that are no baseline', () => {
  const ANSWERS: readonly [
    what: string,
    exitCode: number,
    sentence: RegExp,
    answer: (response: ServerResponse) => void,
  ][] = [
    [
      'login page with 200',
      3,
      /led to a login page/,
      (response: ServerResponse) =>
        sendPage(response, '<html><form action="/auth/realms/x/login-actions/authenticate">'),
    ],
    [
      'redirect to the login page',
      3,
      /led to a login page/,
      (response: ServerResponse) =>
        response
          .writeHead(302, { location: 'https://id.example/auth/realms/x/protocol/openid-connect/auth?state=1' })
          .end(),
    ],
    [
      'HTML 429',
      5,
      /is still unavailable[^]*429/,
      (response: ServerResponse) => sendPage(response, '<html>429</html>', 429),
    ],
    [
      'HTML 502',
      5,
      /is still unavailable[^]*502/,
      (response: ServerResponse) => sendPage(response, '<html>502</html>', 502),
    ],
    [
      'HTML 504',
      5,
      /is still unavailable[^]*504/,
      (response: ServerResponse) => sendPage(response, '<html>504</html>', 504),
    ],
    [
      'gateway 503',
      5,
      /is still unavailable[^]*503/,
      (response: ServerResponse) => sendJson(response, { message: 'no' }, 503),
    ],
    ['connection cut', 5, /could not be reached/, (response: ServerResponse) => response.destroy()],
    [
      'answer that breaks the schema',
      1,
      /violates the schema rdb\.baseline[^]*\/value\/0\/Message/,
      (response: ServerResponse) => sendJson(response, baseline({ message: 'ok' })),
    ],
    [
      'name that is a path',
      1,
      /violates the schema rdb\.baseline[^]*\/Name/,
      (response: ServerResponse) => sendJson(response, baseline({ name: '../../evil' })),
    ],
    [
      '500 with a Java text',
      1,
      /checks failed/,
      (response: ServerResponse) =>
        sendJson(response, { error: { code: null, message: 'begin 0, end 2, length 1' } }, 500),
    ],
  ];

  test.each(sampleOf(ANSWERS, 4, ([, code]) => code))('%s: exit code %i', async (_name, expected, sentence, answer) => {
    const { exitCode, stdout, stderr, folder } = await runWithRdb(answer);
    expect(stdout).toMatch(sentence);
    expect([exitCode, stderr]).toEqual([expected, '']);
    expect(stdout).toMatch(/\n {2}next +\S/);
    expect(readdirSync(path.join(folder, 'out'))).toEqual([]);
  });

  test('what came is saved as evidence, byte for byte', async () => {
    const { folder } = await runWithRdb((response) => sendPage(response, '<html>502</html>', 502));
    expect(saved(folder)).toEqual(['baseline-1.txt']);
    const [run = ''] = reportNames(path.join(folder, 'reports'));
    expect(readFileSync(path.join(folder, 'reports', run, 'answers', 'baseline-1.txt'), 'utf8')).toBe(
      '<html>502</html>',
    );
  });
});

test('a link to a foreign host is refused and never asked for', async () => {
  const stranger = await createTestServer((_request, response) => response.end('here'));
  const link = `${stranger.origin}/auxip.svc/Products(cca2209c-cc89-483f-9346-08aa624c602d)/$value`;
  const { exitCode, stdout, folder } = await runWithRdb((response) => sendJson(response, baseline({ link })));
  expect([exitCode, stdout]).toEqual([
    1,
    expect.stringMatching(/links to a host that is not configured[^]*No request was sent there/),
  ]);
  expect(stranger.requests.filter(({ headers }) => headers.authorization)).toEqual([]);
  expect(stranger.requests).toEqual([]);
  expect(readdirSync(path.join(folder, 'out'))).toEqual([]);
});

describe('accounts and tokens', () => {
  test('wrong password', async () => {
    const folder = temporaryFolder();
    const { exitCode, stdout } = await runCli(['run', ...REQUEST, ...placesIn(folder)], {
      environment: { ...ACCOUNT, ADG_PASSWORD: 'wrong' },
    });
    expect([exitCode, stdout]).toEqual([
      3,
      expect.stringMatching(/No token: POST http:\/\/127\.0\.0\.1:\d+\/auth\/[^]*401 invalid_grant/),
    ]);
  });

  test('an account without the role', async () => {
    const folder = temporaryFolder();
    const { exitCode, stdout } = await runCli(['run', ...REQUEST, ...placesIn(folder)], {
      environment: { ...ACCOUNT, ADG_USER: 'nobody' },
    });
    expect([exitCode, stdout]).toEqual([3, expect.stringMatching(/not allowed for this account[^]*role download/)]);
  });

  test('a token that expires in mid-run', async () => {
    let now = Date.now();
    const sandbox = await withSandbox({ clock: () => now });
    const rdb = await createTestServer((request, response) => {
      now += 3_600_000;
      void fetch(`${sandbox.siteUrl}${request.url}`, {
        headers: { authorization: request.headers.authorization ?? '' },
        redirect: 'manual',
      }).then(async (answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
      });
    });
    const folder = temporaryFolder();
    const env = environmentFile(folder, { site_url: sandbox.siteUrl, rdb_root_uri: `${rdb.origin}/rdb.svc` });
    const { exitCode, stdout } = await runCli(['run', '--env', env, ...REQUEST, ...placesIn(folder)], {
      environment: ACCOUNT,
    });
    expect([exitCode, stdout]).toEqual([3, expect.stringMatching(/led to a login page[^]*missing, expired/)]);
  });
});

describe('places that cannot be written', () => {
  test('a file in the way of the download folder', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'out'), 'a file');
    const { exitCode, stderr } = await runCli(['run', ...REQUEST, ...placesIn(folder)]);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/out cannot be written: [a-z ,]+[(]E[A-Z]+[)]/)]);
  });

  test('a read-only file system', async ({ skip }) => {
    const folder = temporaryFolder();
    skip(!mounts(folder, 'ro'), 'a read-only file system cannot be mounted here');
    const { exitCode, stderr } = await runCli(['run', ...REQUEST, ...placesIn(folder)]);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/cannot be written: [a-z ,-]+[(]E[A-Z]+[)][^]*--out/),
    ]);
  });

  test('a full disk: nothing under a final name that is not whole', async ({ skip }) => {
    const folder = temporaryFolder();
    const out = path.join(folder, 'out');
    mkdirSync(out);
    skip(!mounts(out, 'size=1m'), 'a small file system cannot be mounted here');
    const { exitCode, stdout } = await runCli(['tutorial', ...placesIn(folder)]);
    expect([exitCode, stdout]).toEqual([
      2,
      expect.stringMatching(/No space left at .*out[^]*Run the same command again/),
    ]);
    expectOnlyWholeFiles(folder);
  });
});

/** What has a final name is what the report calls verified: no more, no less. */
function expectOnlyWholeFiles(folder: string): { run: string; files: { name: string }[]; verified: string[] } {
  const [run = ''] = reportNames(path.join(folder, 'reports'));
  const { files } = JSON.parse(readFileSync(path.join(folder, 'reports', run, 'run.json'), 'utf8')) as {
    files: { name: string; status: string }[];
  };
  const verified = files.filter(({ status }) => status === 'verified').map(({ name }) => name);
  const final = readdirSync(path.join(folder, 'out')).filter((name) => name.endsWith('.zip'));
  expect(final.sort()).toEqual(verified.sort());
  return { run, files, verified };
}

test('Ctrl-C in the middle of the downloads: exit code 130, only whole files under final names', async () => {
  const sandbox = await withSandbox({ sizes: 'documented' });
  const folder = temporaryFolder();
  const { exitCode, stdout } = await runCli(['tutorial', '--site-url', sandbox.siteUrl, ...placesIn(folder)], {
    started: (child) => {
      child.stdout?.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('Download')) setTimeout(() => child.kill('SIGINT'), 1500);
      });
    },
  });
  expect([exitCode, stdout]).toEqual([130, expect.stringMatching(/Stopped by SIGINT[^]*Run the same command again/)]);
  const { run, files, verified } = expectOnlyWholeFiles(folder);
  expect(verified.length).toBeLessThan(files.length);
  expect(existsSync(path.join(folder, 'reports', run, 'index.html'))).toBe(true);
});
